/** Definitions of a document that its own run did not reach: they are called with arguments nobody knows. */
import type { Block, ClassDefinition, Expression, FunctionDefinition, Statement } from "../python/ast.js";
import type { Evaluation, Evaluator, Loaded } from "../python/evaluator.js";
import {
  PyClass,
  PyFunction,
  PyInstance,
  PyList,
  type PyModule,
  type Span,
  types,
  Unknown,
  type Value,
} from "../python/values.js";
import { innerBlocks } from "../python/walk.js";
import { isConfigurationName } from "../source/configurations.js";
import { isStub } from "./spans.js";
import { usersFirst } from "./usersFirst.js";

type Definition = ClassDefinition | FunctionDefinition;

/** No more definitions than this are tried: a file of generated code has thousands. */
const MAX_TRIED = 400;
/** Operations spent on all of them together: about a second. */
const MAX_STEPS = 3_000_000;

/** What calling a definition did. */
export interface Outcome {
  /** The calls in the document at which something was made whose sizes are numbers or symbols. */
  readonly places: readonly Span[];
  /** Operations it took. */
  readonly steps: number;
}

/** A definition to be called, and its index in the text. */
export interface Assumed {
  readonly index: number;
  readonly node: Definition;
}

/** What calling it gave, and the call as it would be written. */
export interface AssumedCall {
  readonly evaluation: Evaluation;
  readonly text: string;
}

/**
 * Calls each definition in which nothing was made yet: functions that need no arguments first (they say the
 * sizes), then classes, then the rest; what uses another definition before that other, because it also says
 * how its parts are initialised in the end. A missing argument that must be a configuration is the default
 * one; any other is a named unknown, so that sizes become symbols: `nn.Linear(n_embd, 4*n_embd)`. `isWanted`
 * tells those that are worth it.
 */
export function callUnreached(
  evaluator: Evaluator,
  loaded: Loaded,
  placesBefore: readonly Span[],
  call: (assumed: Assumed, make: () => AssumedCall) => Outcome,
  isWanted: (node: Definition) => boolean = () => true,
): void {
  const places = [...placesBefore];
  const found = outerDefinitions(loaded.program.statements);
  const rows = usersFirst(found, loaded.program.text).flatMap((index) => {
    const node = found[index]!;
    if (!isWanted(node)) return [];
    const value = evaluator.lookUp(loaded.module, node.name);
    const asked = value === undefined ? null : argumentsOf(written(value, node, loaded.module.file));
    return value === undefined || asked === null ? [] : [{ node, index, value, asked }];
  });
  const rank = ({ value, asked }: (typeof rows)[number]): number =>
    value instanceof PyClass ? 1 : asked.length === 0 ? 0 : 2;
  let spent = 0;
  for (const { node, index, value, asked } of rows.sort((a, b) => rank(a) - rank(b))) {
    if (spent > MAX_STEPS) return;
    if (places.some(({ start, end }) => start >= node.start && end <= node.end)) continue;
    const outcome = call({ index, node }, () => {
      const given = asked.map((one) => argument(evaluator, loaded, node, one));
      const keywords = new Map(given.map(({ name, value }) => [name, value]));
      const text = `${node.name}(${given.map((one) => one.text).join(", ")})`;
      const evaluation = evaluator.call(value, [], keywords);
      useOnce(evaluator, evaluation.value);
      return { evaluation, text };
    });
    places.push(...outcome.places);
    spent += outcome.steps;
  }
}

/** Classes and functions at the top of a module, those under `if` and `try` included, as many as are tried. */
export const outerDefinitions = (statements: readonly Statement[]): Definition[] =>
  definitions(statements).slice(0, MAX_TRIED);

function definitions(statements: readonly Statement[]): Definition[] {
  return statements.flatMap((node) => {
    if (node.kind === "ClassDef" || node.kind === "FunctionDef") return [node];
    return innerBlocks(node).flatMap(({ statements: inner }: Block) => definitions(inner));
  });
}

/** An argument that must be given. */
interface Asked {
  readonly name: string;
  /** What it must be, as the function that takes it says. */
  readonly annotation: { readonly func: PyFunction; readonly node: Expression } | null;
}

/** A decorator may put a class of its own, with `*args`, in the place of the one that is written: that one. */
function written(value: Value, { start }: Definition, file: string | null): Value {
  if (!(value instanceof PyClass)) return value;
  return value.mro.find(({ definition: own }) => own?.file === file && own?.start === start) ?? value;
}

/** The arguments that must be given; null for what is no class or function of Python. */
function argumentsOf(value: Value): readonly Asked[] | null {
  if (value instanceof PyFunction) return required(value, 0);
  if (!(value instanceof PyClass)) return null;
  // A stub whose constructor takes whatever it is given says itself what it needs.
  const listed = value.lookup("_required_arguments");
  if (listed instanceof PyList) return listed.items.map((name) => ({ name: String(name), annotation: null }));
  const init = value.lookup("__init__");
  return init instanceof PyFunction ? required(init, 1) : [];
}

function required(func: PyFunction, skipped: number): readonly Asked[] {
  const { positional, keywordOnly } = func.code.parameters;
  return [...positional.slice(skipped), ...keywordOnly]
    .filter((one) => one.default === null)
    .map(({ name, annotation }) => ({ name, annotation: annotation && { func, node: annotation } }));
}

/** What a class that no framework knows calls the method that applies its weights. */
const USES = ["forward", "__call__", "predict", "feedforward", "loss"];

/** Applies an object of such a class to inputs nobody knows: that tells what follows its weights. */
function useOnce(evaluator: Evaluator, made: Value): void {
  if (!(made instanceof PyInstance) || !isOwn(made.cls)) return;
  const method = USES.map((name) => made.cls.lookup(name)).find((one) => one instanceof PyFunction);
  if (!(method instanceof PyFunction)) return;
  const asked = required(method, 1).map(({ name }) => argumentOf(name));
  evaluator.call(method, [made, ...asked.map(({ value }) => value)]);
}

interface Argument {
  readonly name: string;
  readonly value: Value;
  /** As it would be written in the call. */
  readonly text: string;
}

/** A configuration as it is where nobody sets anything, `Config()` for what must be a `Config`; else an unknown. */
function argument(evaluator: Evaluator, loaded: Loaded, user: Definition, asked: Asked): Argument {
  const { name } = asked;
  const found = asked.annotation
    ? annotated(evaluator, loaded.module, asked.annotation)
    : onlyConfiguration(evaluator, loaded, user, name);
  if (found) return { name, value: found, text: `${found.cls.name}()` };
  return argumentOf(name);
}

/** One that nobody knows. */
const argumentOf = (name: string): Argument => ({
  name,
  value: Unknown.named(name, `the argument ${name} is not given in this file`),
  text: name,
});

function annotated(
  evaluator: Evaluator,
  module: PyModule,
  { func, node }: NonNullable<Asked["annotation"]>,
): PyInstance | null {
  const written = evaluator.annotation(func, node);
  return built(evaluator, typeof written === "string" ? evaluator.lookUp(module, written) : written);
}

const SHORT_FOR_ONE = /^(config|cfg|conf|args|h?params|hps|options|opts?|settings)$|_(config|cfg|args)$/i;

export const isNamedConfiguration = (node: Statement): boolean =>
  node.kind === "ClassDef" && isConfigurationName(node.name);

/** Whether what calling a definition makes may hang on a configuration that it does not name. */
export function mayTakeConfiguration(node: Definition): boolean {
  if (node.kind === "FunctionDef") {
    const { positionalOnly, positional, keywordOnly } = node.parameters;
    return [...positionalOnly, ...positional, ...keywordOnly].some(({ name }) => SHORT_FOR_ONE.test(name));
  }
  const init = node.body.statements.find((one) => one.kind === "FunctionDef" && one.name === "__init__");
  return init === undefined || mayTakeConfiguration(init as FunctionDefinition);
}

/** The one class of configurations in sight that has every attribute which the code reads of the argument. */
function onlyConfiguration(
  evaluator: Evaluator,
  { module, program }: Loaded,
  user: Definition,
  name: string,
): PyInstance | null {
  if (!SHORT_FOR_ONE.test(name)) return null;
  const text = program.text.slice(user.start, user.end);
  const read = [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))].map(([, attribute]) => attribute!);
  if (read.length === 0) return null;
  const fitting = namesOfClasses(program.statements)
    .filter((one) => isConfigurationName(one) && one !== user.name)
    .map((one) => built(evaluator, evaluator.lookUp(module, one)))
    .filter((one) => one !== null && read.every((attribute) => hasAttribute(one, attribute)));
  return fitting.length === 1 ? fitting[0]! : null;
}

const hasAttribute = ({ attributes, cls }: PyInstance, name: string): boolean =>
  attributes?.has(name) === true || cls.lookup(name) !== undefined;

/** Of classes defined at the top of a module and of what it imports from others. */
const namesOfClasses = (statements: readonly Statement[]): string[] =>
  statements.flatMap((node) => {
    if (node.kind === "ClassDef") return [node.name];
    return node.kind === "ImportFrom" ? node.names.map((one) => one.asName ?? one.name) : [];
  });

function built(evaluator: Evaluator, cls: Value | undefined): PyInstance | null {
  if (!(cls instanceof PyClass) || !isConfiguration(cls)) return null;
  const { value, error, complete } = evaluator.call(cls);
  if (error !== null || !complete || !(value instanceof PyInstance)) return null;
  withoutPlaceholders(value);
  return value;
}

/** `vocab_size: int = -1` says that the size is set later: until then it is a symbol. */
function withoutPlaceholders({ attributes }: PyInstance): void {
  for (const [name, value] of attributes ?? []) {
    if (typeof value === "number" && value < 0)
      attributes?.set(name, Unknown.named(name, `${name} is ${value}, which is no size`));
  }
}

/** Whether objects of a class only hold values: it is a program's own, and they cannot be called. */
const isConfiguration = (cls: PyClass): boolean => cls.lookup("__call__") === undefined && isOwn(cls);

/** Whether a class is a program's own in all its bases. */
const isOwn = (cls: PyClass): boolean =>
  cls.unknownBase === null &&
  cls.mro.every((one) => one === types.object || (one.definition !== null && !isStub(one.definition)));
