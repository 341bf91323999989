/** Definitions of a document that its own run did not reach: they are called with arguments nobody knows. */
import type { Block, ClassDefinition, FunctionDefinition, Statement } from "../python/ast.js";
import type { Evaluation, Evaluator, Loaded } from "../python/evaluator.js";
import {
  type Keywords,
  PyClass,
  PyFunction,
  PyList,
  type Span,
  Unknown,
  type Value,
} from "../python/values.js";
import { innerBlocks } from "../python/walk.js";

type Definition = ClassDefinition | FunctionDefinition;

/** No more definitions than this are tried: a file of generated code has thousands. */
const MAX_TRIED = 400;
/** Operations spent on all of them together: about a second. */
const MAX_STEPS = 3_000_000;

/** What calling a definition did. */
export interface Outcome {
  /** The calls in the document at which something was made. */
  readonly places: readonly Span[];
  /** Operations it took. */
  readonly steps: number;
}

/** A definition to be called: its index in the text, and the call as it would be written. */
export interface Assumed {
  readonly index: number;
  readonly node: Definition;
  readonly text: string;
}

/**
 * Calls each definition in which nothing was made yet: functions that need no arguments first (they say the
 * sizes), then classes, then the rest. A missing argument is a named unknown, so that sizes become symbols:
 * `nn.Linear(n_embd, 4*n_embd)`. `isWanted` tells those that are worth it.
 */
export function callUnreached(
  evaluator: Evaluator,
  loaded: Loaded,
  placesBefore: readonly Span[],
  call: (assumed: Assumed, make: () => Evaluation) => Outcome,
  isWanted: (node: Definition) => boolean = () => true,
): void {
  const places = [...placesBefore];
  const found = definitionsIn(loaded.program.statements).slice(0, MAX_TRIED);
  const rows = found.flatMap((node, index) => {
    if (!isWanted(node)) return [];
    const value = evaluator.lookUp(loaded.module, node.name);
    const asked = value === undefined ? null : argumentsOf(evaluator, value);
    return value === undefined || asked === null ? [] : [{ node, index, value, asked }];
  });
  const rank = ({ value, asked }: (typeof rows)[number]): number =>
    value instanceof PyClass ? 1 : asked.size === 0 ? 0 : 2;
  let spent = 0;
  for (const { node, index, value, asked } of rows.sort((a, b) => rank(a) - rank(b))) {
    if (spent > MAX_STEPS) return;
    if (places.some(({ start, end }) => start >= node.start && end <= node.end)) continue;
    const text = `${node.name}(${[...asked.keys()].join(", ")})`;
    const outcome = call({ index, node, text }, () => evaluator.call(value, [], asked));
    places.push(...outcome.places);
    spent += outcome.steps;
  }
}

/** Classes and functions at the top of a module, those under `if` and `try` included. */
export function definitionsIn(statements: readonly Statement[]): Definition[] {
  return statements.flatMap((node) => {
    if (node.kind === "ClassDef" || node.kind === "FunctionDef") return [node];
    return innerBlocks(node).flatMap(({ statements: inner }: Block) => definitionsIn(inner));
  });
}

/** A named unknown for each argument that must be given; null for what is no class or function of Python. */
function argumentsOf({ machine }: Evaluator, value: Value): Keywords | null {
  if (value instanceof PyFunction) return required(value, 0);
  if (!(value instanceof PyClass)) return null;
  // A stub whose constructor takes whatever it is given says itself what it needs.
  const listed = machine.findAttribute(value, "_required_arguments");
  if (listed instanceof PyList) return unknowns(listed.items.map(String));
  const init = value.lookup("__init__");
  return init instanceof PyFunction ? required(init, 1) : new Map();
}

function required(func: PyFunction, skipped: number): Keywords {
  const { positional, keywordOnly } = func.code.parameters;
  const asked = [...positional.slice(skipped), ...keywordOnly].filter((one) => one.default === null);
  return unknowns(asked.map(({ name }) => name));
}

const unknowns = (names: readonly string[]): Keywords =>
  new Map(names.map((name) => [name, Unknown.named(name, `the argument ${name} is not given in this file`)]));
