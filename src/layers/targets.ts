/** Names that a program binds the values of call expressions to: `conv1` of `self.conv1 = nn.Conv2d(…)`. */
import type { Expression, Statement } from "../python/ast.js";
import { targetName } from "../python/targetName.js";
import type { Span } from "../python/values.js";
import { allBlocks } from "../python/walk.js";

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
  for (const [key, one] of entriesOf(value)) add(key, one, names);
  const name = targetName(target);
  if (name !== null) add(name, value, names);
}

/** `h1` of `weights = {"h1": …}` and of `weights = dict(h1=…)`, in dictionaries within dictionaries too. */
function entriesOf(value: Expression): readonly (readonly [string, Expression])[] {
  if (value.kind === "Dict") {
    return value.keys.flatMap((key, index) => {
      const one = value.values[index]!;
      const isText = key?.kind === "Constant" && typeof key.value === "string";
      return [...(isText ? [[String(key.value), one] as const] : []), ...entriesOf(one)];
    });
  }
  if (value.kind !== "Call" || value.func.kind !== "Name" || value.func.id !== "dict") return [];
  return value.keywords.flatMap(({ name, value: one }) =>
    name === null ? [] : [[name, one] as const, ...entriesOf(one)],
  );
}

function add(name: string, value: Expression, names: Map<number, Binding>): void {
  const isCalledAgain = value.kind === "Call" && value.func.kind === "Call";
  names.set(value.start, { name, end: value.end, isCalledAgain });
}
