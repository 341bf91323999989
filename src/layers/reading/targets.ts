/** Names that a program binds the values of call expressions to: `conv1` of `self.conv1 = nn.Conv2d(…)`. */
import type { Expression, Statement } from "../../python/syntax/ast.js";
import { targetName } from "../../python/syntax/targetName.js";
import { allBlocks } from "../../python/syntax/walk.js";
import type { Span } from "../../python/values.js";
import { WEIGHT } from "../bareWeights.js";

/** Dictionaries of weights, whose keys alone need not say what they are: `weights = {"h1": …, "out": …}`. */
const OF_WEIGHTS = /^(w|weights?|b|bias(es)?|kernels?)$/i;

/** What a value is bound to, and whether it is what a call's own result was called with: `nn.Dense(64)(x)`. */
interface Binding {
  readonly name: string;
  readonly end: number;
  readonly isCalledAgain: boolean;
}

/**
 * The name that the value of a call is bound to, if it is. In `x = nn.Dense(64)(x)` that is what the layer
 * gives, not the layer.
 */
export function boundTo(statements: readonly Statement[]): (call: Span) => string | undefined {
  const names = new Map<number, Binding>();
  collect(statements, names);
  return ({ start, end }) => {
    const found = names.get(start);
    return found?.isCalledAgain && found.end !== end ? undefined : found?.name;
  };
}

function collect(statements: readonly Statement[], names: Map<number, Binding>): void {
  for (const node of statements) {
    if (node.kind === "Assign") for (const target of node.targets) bind(target, node.value, names);
    if (node.kind === "AnnAssign" && node.value !== null) bind(node.target, node.value, names);
    for (const { statements: inner } of allBlocks(node)) collect(inner, names);
  }
}

function bind(target: Expression, value: Expression, names: Map<number, Binding>): void {
  if (target.kind === "Tuple" && value.kind === "Tuple" && target.elements.length === value.elements.length) {
    target.elements.forEach((one, index) => {
      bind(one, value.elements[index]!, names);
    });
    return;
  }
  const name = targetName(target);
  const prefix = name !== null && OF_WEIGHTS.test(name) ? `${name}.` : "";
  for (const [key, one] of entriesOf(value, prefix)) add(key, one, names);
  if (name !== null) add(name, value, names);
}

/**
 * `w1` of `weights = {"w1": …}` and of `weights = dict(w1=…)`, `weights.h1` of a key that does not say it is a
 * weight; in dictionaries within dictionaries too.
 */
function entriesOf(value: Expression, prefix: string): readonly (readonly [string, Expression])[] {
  return itemsOf(value).flatMap(([key, one]) => [
    [WEIGHT.test(key) ? key : `${prefix}${key}`, one] as const,
    ...entriesOf(one, prefix === "" ? "" : `${prefix}${key}.`),
  ]);
}

function itemsOf(value: Expression): readonly (readonly [string, Expression])[] {
  if (value.kind === "Dict") {
    return value.keys.flatMap((key, index) =>
      key?.kind === "Constant" && typeof key.value === "string" ? [[key.value, value.values[index]!]] : [],
    );
  }
  if (value.kind !== "Call" || value.func.kind !== "Name" || value.func.id !== "dict") return [];
  return value.keywords.flatMap(({ name, value: one }) => (name === null ? [] : [[name, one]]));
}

function add(name: string, value: Expression, names: Map<number, Binding>): void {
  const isCalledAgain = value.kind === "Call" && value.func.kind === "Call";
  names.set(value.start, { name, end: value.end, isCalledAgain });
  const inner = givenBack(value);
  if (inner !== null) add(name, inner, names);
}

/** Functions that give back the layer they are given: `self.conv = weight_norm(nn.Conv1d(…))`. */
const GIVES_BACK: ReadonlySet<string> = new Set(
  "weight_norm spectral_norm orthogonal compile script".split(" "),
);

function givenBack(value: Expression): Expression | null {
  if (value.kind !== "Call") return null;
  const { func, args } = value;
  const name = func.kind === "Attribute" ? func.attr : func.kind === "Name" ? func.id : "";
  return GIVES_BACK.has(name) && args[0]?.kind === "Call" ? args[0] : null;
}
