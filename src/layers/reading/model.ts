/** One expression evaluated at the end of a document's module → every parameter of what it builds. */
import type { Budgets } from "../../python/budgets.js";
import { ModuleText } from "../../python/documents/moduleText.js";
import { Evaluator, type Loaded, type ProgramCache } from "../../python/evaluator.js";
import type { Machine } from "../../python/machine.js";
import { isStub } from "../../python/modules/stubs.js";
import { parseModule } from "../../python/parse/parse.js";
import { type PyInstance, type Span, Unknown, type Value } from "../../python/values.js";
import type { Diagnostic, FileReader, ModelReport, Parameter, Site, SourceDocument } from "../../types.js";
import type { Moment, Operation } from "../flow/trace.js";
import { traceOf } from "../flow/trace.js";
import type { FoundParameter } from "../framework.js";
import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES, parametersOf } from "../frameworks.js";
import { initSteps } from "../tensors/steps.js";
import { madeBy } from "../torch/module/moduleState.js";
import { entries, isModule, walk } from "../torch/module/traversal.js";
import { type NamedWeight, weightsBelow } from "../torch/report/report.js";
import { dropCallsAfter, type ModuleCall, moduleCalls } from "../torch/runs/calls.js";
import { runModel } from "../torch/runs/runs.js";
import { declaredFor, declaredInputs, type InputShapes } from "./exampleInputs.js";
import { versionsIn } from "./versions.js";

export interface ModelOptions {
  readonly reader: FileReader;
  /** Directories imports resolve in, first those of the project. */
  readonly roots: readonly string[];
  readonly sitePackages: readonly string[];
  /** Milliseconds of any clock. */
  readonly now: () => number;
  /** Kept between readers so that files are parsed once. */
  readonly cache?: ProgramCache;
  readonly budgets?: Partial<Budgets>;
}

/** A report, or why the expression has no value: one line. */
export type ModelOutcome = ModelReport | { readonly error: string };

/** A call of a module: what the model calls it, and the first tensor of its result. */
export interface NamedCall {
  readonly name: string;
  /** Whether it holds no modules of its own. */
  readonly isInnermost: boolean;
  readonly result: Moment;
}

/** One run of a torch model, operation by operation. */
export interface ModelRun {
  readonly machine: Machine;
  readonly weights: readonly NamedWeight[];
  readonly operations: readonly Operation[];
  /** Results of modules, in the order their calls ended. */
  readonly calls: readonly NamedCall[];
  /** Where the model broke off; null where it ran to its end. */
  readonly failure: string | null;
  readonly isComplete: boolean;
}

/** A run, or why there is none; `needsInput` where only nobody says what the model is given. */
export type RunOutcome = ModelRun | { readonly error: string; readonly needsInput?: boolean };

function namedCalls(machine: Machine, model: PyInstance, calls: readonly ModuleCall[]): NamedCall[] {
  const names = new Map([...walk(machine, model)].map(({ module, name }) => [module, name]));
  return calls.flatMap(({ module, result }) => {
    const name = names.get(module);
    if (name === undefined || result === null) return [];
    return [{ name, isInnermost: entries(machine, module, "_modules").length === 0, result }];
  });
}

/** Reads models from one document. */
export class ModelReader {
  readonly #evaluator: Evaluator;
  readonly #text: ModuleText;
  #main: Loaded | null = null;

  constructor(document: SourceDocument, options: ModelOptions) {
    this.#evaluator = new Evaluator({
      versions: new Map([...VERSIONS, ...versionsIn(options.reader, options.roots, options.sitePackages)]),
      ...options,
      modules: FRAMEWORK_MODULES,
      hooks: FRAMEWORK_HOOKS,
    });
    this.#text = new ModuleText(document);
  }

  /** The parameters of what `call` builds; an error where it raises, does not parse or builds no module. */
  read(call: string, inputs: InputShapes | null = null): ModelOutcome {
    this.#main ??= this.#evaluator.loadMain(this.#text);
    const evaluated = this.#evaluator.evaluate(call, this.#main);
    if (evaluated.error !== null) return { error: evaluated.error };
    const failure = inputs === null ? null : runModel(this.#evaluator, evaluated.value, inputs);
    const found = parametersOf(this.#evaluator.machine, evaluated.value);
    if (found === null) return { error: notModel(evaluated.value) };
    const start: Site = { file: this.#text.file, line: 1, column: 1 };
    const missing = found.missing.map(
      (message): Diagnostic => ({ severity: "warning", message, site: start }),
    );
    return {
      call,
      parameters: found.parameters.map((parameter) => this.parameter(parameter, start)),
      complete: evaluated.complete && found.missing.length === 0,
      diagnostics: [...evaluated.diagnostics, ...missing, ...failed(failure, start)],
    };
  }

  /**
   * What a run of the model that `call` builds does to its inputs; an error as `read` has it. Where no inputs
   * are given, those that a comment declares for the model; a size that is only named there is `otherwise`.
   */
  run(call: string, inputs: InputShapes | null, otherwise: number): RunOutcome {
    this.#main ??= this.#evaluator.loadMain(this.#text);
    const { value, error, complete } = this.#evaluator.evaluate(call, this.#main);
    if (error !== null) return { error };
    const { machine } = this.#evaluator;
    if (!isModule(machine, value)) return { error: notTorchModel(value) };
    const declared = inputs ?? this.declaredInputs(value);
    if (declared === null) return { error: "no example input is declared", needsInput: true };
    const shapes = declared.map((shape) =>
      shape.map((size) => (typeof size === "number" ? size : otherwise)),
    );
    const trace = traceOf(machine);
    const before = trace.operations.length;
    const called = moduleCalls(machine).length;
    dropCallsAfter(machine, called);
    const failure = runModel(this.#evaluator, value, shapes);
    return {
      machine,
      weights: weightsBelow(machine, value),
      operations: trace.operations.slice(before),
      calls: namedCalls(machine, value, moduleCalls(machine).slice(called)),
      failure,
      isComplete: complete && !trace.isCut,
    };
  }

  private declaredInputs(model: PyInstance): InputShapes | null {
    const { text, file } = this.#text;
    const made = madeBy(model);
    const comments = declaredInputs(text, parseModule(text).module.body.statements);
    return declaredFor(comments, model.cls.name, made, file);
  }

  private parameter(found: FoundParameter, fallback: Site): Parameter {
    const { made, steps, ...plain } = found;
    const site = made.find((span) => !isStub(span));
    return {
      ...plain,
      steps: initSteps(steps, this.#text.file, (span) => this.site(span)),
      site: site === undefined ? fallback : this.site(site),
    };
  }

  /** The document knows its cells; other files have none. */
  private site(span: Span): Site {
    return span.file === this.#text.file ? this.#text.site(span) : this.#evaluator.site(span);
  }
}

/** What `importlib.metadata` says of the frameworks that stubs stand for. */
const VERSIONS: ReadonlyMap<string, string> = new Map([["torch", "2.13.0"]]);

const notTorchModel = (value: Value): string =>
  value instanceof Unknown ? notModel(value) : "the value is not a PyTorch model";

const notModel = (value: Value): string =>
  value instanceof Unknown ? `the value is not known: ${value.reason}` : "the value is not a model";

/** Says why the model does not run on the example input. */
const failed = (why: string | null, site: Site): Diagnostic[] =>
  why === null
    ? []
    : [{ severity: "warning", message: `On the example input the model fails: ${why}`, site }];
