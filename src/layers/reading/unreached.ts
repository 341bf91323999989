/** Definitions of a document that its own run did not reach: they are called with arguments nobody knows. */

import type { Evaluation, Evaluator, Loaded } from "../../python/evaluator.js";
import type { Program } from "../../python/modules/topLevel.js";
import type { Block, Definition, Statement } from "../../python/syntax/ast.js";
import { innerBlocks, isDefinition } from "../../python/syntax/walk.js";
import {
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyTuple,
  type Span,
  type Value,
} from "../../python/values.js";
import { lasting } from "../../sameness.js";
import { FRAMEWORK_HOOKS } from "../frameworks.js";
import {
  type Argument,
  type Asked,
  argument,
  argumentOf,
  argumentsOf,
  isOwn,
  required,
  takesMore,
} from "./assumedArguments.js";
import { usersFirst } from "./usersFirst.js";

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

/** A definition to be called, its index in the text, and what it is in the module. */
export interface Assumed {
  readonly index: number;
  readonly node: Definition;
  readonly value: Value;
  readonly asked: readonly Asked[];
  /** Whether it takes any number of arguments, of which it gets none. */
  readonly lacksArguments: boolean;
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
 * tells those that are worth it; a place that `isVague` is made once more where all arguments have defaults.
 */
export function callUnreached(
  evaluator: Evaluator,
  loaded: Loaded,
  placesBefore: readonly Span[],
  call: (assumed: Assumed, make: () => AssumedCall) => Outcome,
  isWanted: (node: Definition) => boolean = () => true,
  isVague: (place: Span) => boolean = () => false,
): void {
  const places = [...placesBefore];
  let spent = 0;
  for (const assumed of callable(evaluator, loaded, isWanted)) {
    const { node, asked } = assumed;
    if (spent > MAX_STEPS) return;
    const saysMore = (place: Span): boolean => asked.length > 0 || !isVague(place);
    const isIn = ({ start, end }: Span): boolean => start >= node.start && end <= node.end;
    if (places.some((place) => isIn(place) && saysMore(place))) continue;
    const outcome = call(assumed, () => callAssumed(evaluator, loaded, assumed));
    places.push(...outcome.places);
    spent += outcome.steps;
  }
}

/** The definitions that can be called, in the order in which they are. */
export function callable(
  evaluator: Evaluator,
  loaded: Loaded,
  isWanted: (node: Definition) => boolean = () => true,
): readonly Assumed[] {
  const { module } = loaded;
  const { definitions: found, order } = triedOf(loaded.program);
  const rows = order.flatMap((index) => {
    const node = found[index]!;
    if (!isWanted(node)) return [];
    const value = evaluator.madeBy(loaded, node);
    const asked = value === undefined ? null : argumentsOf(written(value, node, module.file));
    return value === undefined || asked === null
      ? []
      : [{ node, index, value, asked, lacksArguments: takesMore(value) }];
  });
  const rank = ({ value, asked }: Assumed): number =>
    value instanceof PyClass ? 1 : asked.length === 0 ? 0 : 2;
  return rows.sort((a, b) => rank(a) - rank(b));
}

/** A decorator may put a class of its own, with `*args`, in the place of the one that is written: that one. */
function written(value: Value, { start }: Definition, file: string | null): Value {
  if (!(value instanceof PyClass)) return value;
  return value.mro.find(({ definition: own }) => own?.file === file && own?.start === start) ?? value;
}

/**
 * Calls a definition with what it must be given, and with `more`; uses what it makes where that can be used.
 */
export function callAssumed(
  evaluator: Evaluator,
  loaded: Loaded,
  { node, value, asked }: Assumed,
  more: readonly Argument[] = [],
): AssumedCall {
  const given = [...asked.map((one) => argument(evaluator, loaded, node, one)), ...more];
  const keywords = new Map(given.map(({ name, value }) => [name, value]));
  const text = `${node.name}(${given.flatMap(({ text }) => text ?? []).join(", ")})`;
  const evaluation = evaluator.call(value, [], keywords);
  useOnce(evaluator, evaluation.value);
  bindWeights(evaluator, loaded, node, evaluation.value);
  return { evaluation, text };
}

/** Functions whose results are weights by their names: `init_network_params`. */
const GIVES_WEIGHTS = /(^|_)(params?|parameters|weights?)(_|$)/i;

/** What such a function gives is bound as the program would bind it. */
function bindWeights(evaluator: Evaluator, { module }: Loaded, node: Definition, value: Value): void {
  if (node.kind !== "FunctionDef" || !GIVES_WEIGHTS.test(node.name) || module.file === null) return;
  if (!(value instanceof PyList || value instanceof PyTuple || value instanceof PyDict)) return;
  const span = { file: module.file, start: node.start, end: node.end };
  FRAMEWORK_HOOKS.onBind?.(evaluator.machine, value, "params", span);
}

/** The definitions of a program that are tried, and their indices in the order in which they are. */
export const triedOf = lasting((program: Program) => {
  const definitions = outerDefinitions(program.statements);
  return { definitions, order: usersFirst(definitions, program.text) };
});

/** Classes and functions at the top of a module, those under `if` and `try` included, as many as are tried. */
export const outerDefinitions = (statements: readonly Statement[]): Definition[] =>
  definitions(statements).slice(0, MAX_TRIED);

function definitions(statements: readonly Statement[]): Definition[] {
  return statements.flatMap((node) => {
    if (isDefinition(node)) return [node];
    return innerBlocks(node).flatMap(({ statements: inner }: Block) => definitions(inner));
  });
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
