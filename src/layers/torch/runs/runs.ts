/**
 * Runs models on example inputs, so that shapes and activations are known. Where nobody says what a model
 * is given, it runs on a tensor of which only the number of axes is taken from its first layer: that tells
 * which activation follows, and no size.
 */

import type { Budgets } from "../../../python/budgets.js";
import type { Evaluator } from "../../../python/evaluator.js";
import type { Machine } from "../../../python/machine.js";
import type { Parameter } from "../../../python/syntax/ast.js";
import {
  BoundMethod,
  evaluations,
  type Journaled,
  type PyClass,
  PyFunction,
  type PyInstance,
  type Span,
  Unknown,
  type Value,
} from "../../../python/values.js";
import { kindOf } from "../../flow/kinds.js";
import { traceOf } from "../../flow/trace.js";
import type { InputShapes } from "../../reading/exampleInputs.js";
import { makeTensor, Storage, UnknownSize } from "../../tensors/tensor.js";
import { lateAttributes, whileUnknown } from "../module/lateAttributes.js";
import { heldModules, modulesMade, perhapsHeldModules } from "../module/module.js";
import { madeBy } from "../module/moduleState.js";
import { methodsCallingParts } from "../module/ownMethods.js";
import { entries, isModule, walk } from "../module/traversal.js";
import { worldOf } from "../world.js";
import { dropCallsAfter, moduleCalls } from "./calls.js";
import { addMisfits, dropMisfitsAfter, type Misfit, misfitsOf } from "./misfits.js";

/** One model's run: a large one takes 100,000 steps. */
const RUN: Partial<Budgets> = { steps: 1_000_000, milliseconds: 10_000 };
/** Steps of all runs for one document. */
const MAX_STEPS = 4_000_000;
/** Models run in one document. */
const MAX_MODELS = 120;

export interface RunOptions {
  /** Whether a call expression is in the document. */
  readonly isOwn: (span: Span) => boolean;
  /** What is declared for a model, by its class's and its own call expressions; null where nothing is. */
  readonly declared: (model: PyInstance, made: readonly Span[]) => InputShapes | null;
}

/** What the runs of one part of a document took of what there is for all of them. */
export interface Spent {
  readonly steps: number;
  readonly models: number;
  /** Models were left out because there was nothing left for them. */
  readonly isCut: boolean;
}

const NOTHING_SPENT: Spent = { steps: 0, models: 0, isCut: false };

/** The runs of one evaluator's models, a few at a time as they are made. */
export class ModelRuns {
  /** Modules made before those to be run next. */
  #from = 0;
  /** In all parts so far. */
  #spent = NOTHING_SPENT;
  /** Classes of which another module holds one. */
  readonly #partClasses = new Set<PyClass>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: RunOptions,
  ) {}

  /** Runs the models made since the last time that the program did not run itself, and those with a declared input. */
  run(): Spent {
    const { machine, footprint } = this.evaluator;
    if (modulesMade(machine).length === this.#from) return NOTHING_SPENT;
    // Older modules hold what they held, where nothing older was changed.
    for (const { cls } of heldModules(machine, footprint.isSelfContained ? this.#from : 0))
      this.#partClasses.add(cls);
    const before = this.#spent;
    this.#spent = { ...before, isCut: false };
    const found = models(machine, this.#from);
    if (found.length > 0) {
      const called = new Set(moduleCalls(machine).map(({ module }) => module));
      const trace = traceOf(machine);
      keepingWeights(machine, () => {
        for (const { model, isPerhapsHeld } of found) {
          if (isPerhapsHeld && weightsOf(machine, model).some((weight) => trace.isUsed(weight))) continue;
          trace.isPart = this.#partClasses.has(model.cls);
          this.runOne(model, called);
        }
      });
      trace.isPart = false;
    }
    this.#from = modulesMade(machine).length;
    const { steps, models: count, isCut } = this.#spent;
    return { steps: steps - before.steps, models: count - before.models, isCut };
  }

  /** Counts the runs of a part that is not evaluated again; false where as many would not be run now. */
  repeat({ steps, models, isCut }: Spent): boolean {
    const after = { steps: this.#spent.steps + steps, models: this.#spent.models + models, isCut };
    const isSame = isCut ? models === 0 && isUsedUp(this.#spent) : models === 0 || !isUsedUp(after, 1);
    if (isSame) this.#spent = after;
    return isSame;
  }

  /** Forgets what the runs so far recorded: no later part of the document asks for it. */
  forget(): void {
    const { machine } = this.evaluator;
    traceOf(machine).clear();
    dropCallsAfter(machine, 0);
  }

  private runOne(model: PyInstance, called: ReadonlySet<PyInstance>): void {
    const { evaluator } = this;
    const { machine } = evaluator;
    const inputs = this.options.declared(model, madeBy(model));
    if (inputs === null && (called.has(model) || !holdsOwn(machine, model, this.options.isOwn))) return;
    const { steps, models: count } = this.#spent;
    if (isUsedUp(this.#spent)) {
      this.#spent = { ...this.#spent, isCut: true };
      return;
    }
    const more =
      inputs === null
        ? runOnAssumed(evaluator, model)
        : attempt(evaluator, model, argumentsOf(machine, model, inputs)).steps;
    this.#spent = { ...this.#spent, steps: steps + more, models: count + 1 };
  }
}

/** Whether no more models are run; `ago`: so many models before. */
const isUsedUp = ({ steps, models }: Spent, ago = 0): boolean =>
  steps > MAX_STEPS || models - ago >= MAX_MODELS;

interface Runnable {
  readonly model: PyInstance;
  /** Its run tells only what the runs of its holder do not. */
  readonly isPerhapsHeld: boolean;
}

/** Modules that no other module holds and that do something when called; those that one perhaps holds are last. */
function models(machine: Machine, from: number): Runnable[] {
  const held = heldModules(machine, from);
  const perhaps = perhapsHeldModules(machine, from);
  const all = modulesMade(machine)
    .slice(from)
    .filter(
      (module) =>
        !held.has(module) &&
        (requiredParameters(module) !== null || methodsCallingParts(machine, module).length > 0),
    )
    .map((model): Runnable => ({ model, isPerhapsHeld: perhaps.has(model) }));
  return [...all.filter((one) => !one.isPerhapsHeld), ...all.filter((one) => one.isPerhapsHeld)];
}

const weightsOf = (machine: Machine, model: PyInstance): readonly Value[] =>
  [...walk(machine, model)].flatMap(({ module }) =>
    entries(machine, module, "_parameters").map(({ value }) => value),
  );

/** Whether a call expression of the document made the model or a part of it. */
const holdsOwn = (machine: Machine, model: PyInstance, isOwn: (span: Span) => boolean): boolean =>
  [...walk(machine, model)].some(({ module }) => madeBy(module).some(isOwn));

/** What `forward` must be given; null where it is not written. */
function requiredParameters(model: PyInstance): readonly Parameter[] | null {
  // Looked up, not asked for: a property would run.
  const found = model.attributes?.get("forward") ?? model.cls.lookup("forward");
  const forward = found instanceof BoundMethod ? found.func : found;
  if (!(forward instanceof PyFunction) || forward === moduleForward(model)) return null;
  const { positionalOnly, positional } = forward.code.parameters;
  return [...positionalOnly, ...positional].slice(1).filter((one) => one.default === null);
}

/** The `forward` of `torch.nn.Module` itself, which only raises. */
const moduleForward = (model: PyInstance): Value | undefined =>
  model.cls.mro
    .find(({ name, module }) => name === "Module" && module === "torch.nn.modules.module")
    ?.attributes.get("forward");

interface Attempt {
  readonly steps: number;
  readonly isWhole: boolean;
  /** Layers whose output was seen to be used. */
  readonly reached: number;
}

function attempt(evaluator: Evaluator, model: PyInstance, args: readonly Value[]): Attempt {
  const { machine } = evaluator;
  const trace = traceOf(machine);
  const before = trace.operations.length;
  trace.takesUnknown = true;
  const { error } = evaluator.call(model, args, new Map(), RUN);
  trace.takesUnknown = false;
  const reached = new Set(
    trace.operations
      .slice(before)
      .filter((operation) => kindOf(operation) === "layer")
      .flatMap(({ operands: [, weight] }) => (weight && "moments" in weight ? weight.moments : [])),
  );
  return { steps: evaluator.steps, isWhole: error === null, reached: reached.size };
}

/** Without a declared input; where no `forward` is written each method that calls a part is one. */
function runOnAssumed(evaluator: Evaluator, model: PyInstance): number {
  const { attributes } = model;
  if (attributes === null || requiredParameters(model) !== null) return runUndeclared(evaluator, model);
  let steps = 0;
  for (const method of methodsCallingParts(evaluator.machine, model)) {
    attributes.set("forward", new BoundMethod(model, method));
    steps += runUndeclared(evaluator, model);
  }
  attributes.delete("forward");
  return steps;
}

/**
 * Tries one number of axes after the other, and keeps the run that got furthest; where none gets to the end, also
 * with what other methods set before. Returns the steps taken.
 */
function runUndeclared(evaluator: Evaluator, model: PyInstance): number {
  const { machine } = evaluator;
  const required = requiredParameters(model) ?? [];
  const start = {
    operations: traceOf(machine).operations.length,
    calls: moduleCalls(machine).length,
    misfits: misfitsOf(machine).length,
  };
  const forget = () => {
    traceOf(machine).dropAfter(start.operations);
    dropCallsAfter(machine, start.calls);
    dropMisfitsAfter(machine, start.misfits);
  };
  traceOf(machine).hasKnownSizes = false;
  const ends: (readonly Misfit[])[] = [];
  let steps = 0;
  let isFound = false;
  const tryAll = (): void => {
    let best: { readonly args: readonly Value[]; readonly reached: number } | null = null;
    for (const args of candidates(machine, model, required)) {
      forget();
      const { isWhole, reached, steps: more } = attempt(evaluator, model, args);
      steps += more;
      isFound = isWhole && reached > 0;
      ends.push(misfitsOf(machine).slice(start.misfits));
      if (isFound) return;
      if (best === null || reached > best.reached) best = { args, reached };
      if (steps > MAX_STEPS / 4) break;
    }
    if (best === null) return;
    forget();
    steps += attempt(evaluator, model, best.args).steps;
  };
  tryAll();
  const late = isFound ? [] : lateAttributes(evaluator, model);
  if (late.length > 0) whileUnknown(model, late, tryAll);
  traceOf(machine).hasKnownSizes = true;
  // Sizes that were not given are no shapes of the program's.
  dropCallsAfter(machine, start.calls);
  dropMisfitsAfter(machine, start.misfits);
  addMisfits(machine, whateverTheInput(ends));
  return steps;
}

/**
 * The misfit that every run ends with, whatever the number of axes, those aside that a layer refuses for its
 * axes alone. All sizes in it come from layers, because none was given.
 */
function whateverTheInput(ends: readonly (readonly Misfit[])[]): readonly Misfit[] {
  const told = ends.filter((misfits) => !misfits.some(({ isOfAxes }) => isOfAxes));
  const [first] = told[0] ?? [];
  if (first === undefined || first.sizes === null) return [];
  const { taken, given } = first.sizes;
  const isSame = (one: Misfit | undefined) =>
    one?.sizes?.taken === taken && one.sizes.given === given && one.made[0] === first.made[0];
  return told.every((misfits) => isSame(misfits[0])) ? [first] : [];
}

/** Numbers of axes that the class of a layer takes; the first layer's come first. */
const AXES: readonly (readonly [RegExp, number])[] = [
  [
    /^(Lazy)?(Conv|ConvTranspose|BatchNorm|InstanceNorm|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool)2d$/,
    4,
  ],
  [/^(Lazy)?(Conv|ConvTranspose|InstanceNorm|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool)1d$/, 3],
  [
    /^(Lazy)?(Conv|ConvTranspose|BatchNorm|InstanceNorm|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool)3d$/,
    5,
  ],
  [/^(RNN|LSTM|GRU|MultiheadAttention|Transformer\w*)$/, 3],
  [/^(Embedding|EmbeddingBag|Linear|LazyLinear|BatchNorm1d|\w+Cell)$/, 2],
];

function* candidates(
  machine: Machine,
  model: PyInstance,
  required: readonly Parameter[],
): Generator<readonly Value[]> {
  if (required.length === 0) {
    yield [];
    return;
  }
  const names = [...walk(machine, model)].flatMap(({ module }) => module.cls.mro.map(({ name }) => name));
  const first = names
    .map((name) => AXES.find(([pattern]) => pattern.test(name))?.[1])
    .find((axes) => axes !== undefined);
  const isIndexed = takesIndices(machine, model);
  const ranks = new Set([...(first === undefined ? [] : [first]), 2, 3, 4, 5]);
  for (const rank of ranks) yield required.map((one) => input(machine, rank, isIndexed, one));
  if (required.length > 1) {
    for (const others of [CONDITIONS, null]) {
      for (const rank of ranks) {
        if (rank === others) continue;
        yield required.map((one, i) => {
          const axes = i === 0 ? rank : others;
          return axes === null ? unknownInput(one) : input(machine, axes, isIndexed, one);
        });
      }
    }
  }
  if (required.length > 1) yield required.map(unknownInput);
}

/** Axes of what comes beside a model's input: a few features for each example. */
const CONDITIONS = 2;

function input(machine: Machine, rank: number, isIndexed: boolean, { name }: Parameter): Value {
  const axes = SCALARS.test(name) ? 1 : rank;
  const sizes = Array.from({ length: axes }, () => new UnknownSize("a size of the model's input"));
  return makeTensor(machine, worldOf(machine).Tensor, sizes, isIndexed ? "int64" : "float32", null, {
    op: "input",
  });
}

/** Names of inputs with one number for each example. */
const SCALARS = /^(t|ts|time|times|timesteps?|labels?|y|targets?|lengths?|\w+_lengths?|sigma|noise_levels?)$/;

const unknownInput = ({ name }: Parameter): Unknown => new Unknown(`the input ${name}`, null);

/** Tensors of the declared shapes. */
function argumentsOf(machine: Machine, model: PyInstance, shapes: InputShapes): Value[] {
  const dtype = takesIndices(machine, model) ? "int64" : "float32";
  return shapes.map((shape) =>
    makeTensor(machine, worldOf(machine).Tensor, shape, dtype, null, { op: "input" }),
  );
}

/** Whether the first layer looks its input up in a table. */
function takesIndices(machine: Machine, model: PyInstance): boolean {
  for (const { module } of walk(machine, model)) {
    const known = module.cls.mro.find(({ name }) => AXES.some(([pattern]) => pattern.test(name)));
    if (known !== undefined) return known.name.startsWith("Embedding");
  }
  return false;
}

/** Runs one model on tensors of these shapes; what went wrong, or null. Its weights stay as they are drawn. */
export function runModel(evaluator: Evaluator, model: Value, shapes: InputShapes): string | null {
  const { machine } = evaluator;
  if (!isModule(machine, model)) return null;
  let error: string | null = null;
  keepingWeights(machine, () => {
    error = evaluator.call(model, argumentsOf(machine, model, shapes)).error;
  });
  return error;
}

/** How a weight is drawn stays: a run is no part of the initialisation. */
function keepingWeights(machine: Machine, run: () => void): void {
  const before = new Map<Journaled<unknown>, unknown>();
  const began = ++evaluations.count;
  machine.statesBefore = before;
  run();
  machine.statesBefore = null;
  for (const [object, state] of before) {
    // Memory that a lazy layer gets in the run keeps what is drawn there.
    if (object instanceof Storage && object.born < began) object.restore(state as never);
  }
}
