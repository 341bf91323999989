/** Names that a program binds the values of call expressions to: `conv1` of `self.conv1 = nn.Conv2d(…)`. */
import type { Expression, Statement } from "../python/ast.js";
import { targetName } from "../python/targetName.js";
import { innerBlocks } from "../python/walk.js";

/** By the offset at which the value begins. */
export function boundTo(statements: readonly Statement[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  collect(statements, names);
  return names;
}

function collect(statements: readonly Statement[], names: Map<number, string>): void {
  for (const node of statements) {
    if (node.kind === "Assign") for (const target of node.targets) bind(target, node.value, names);
    if (node.kind === "AnnAssign" && node.value !== null) bind(node.target, node.value, names);
    for (const { statements: inner } of bodies(node)) collect(inner, names);
  }
}

const bodies = (node: Statement) =>
  node.kind === "FunctionDef" || node.kind === "ClassDef" ? [node.body] : innerBlocks(node);

function bind(target: Expression, value: Expression, names: Map<number, string>): void {
  if (target.kind === "Tuple" && value.kind === "Tuple" && target.elements.length === value.elements.length) {
    target.elements.forEach((one, index) => {
      bind(one, value.elements[index]!, names);
    });
    return;
  }
  const name = targetName(target);
  if (name !== null) names.set(value.start, name);
}
