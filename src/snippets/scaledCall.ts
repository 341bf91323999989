import { parseModule } from "../python/parse/parse.js";
import type { Expression, Statement } from "../python/syntax/ast.js";
import { allBlocks, childExpressions } from "../python/syntax/walk.js";

/**
 * The value of the assignment that is a call times or over mere numbers, `randn(784, 64) * 0.01`, where the
 * call begins at `offset`; `null` where something else has a part in it.
 */
export function scaledCall(
  text: string,
  offset: number,
): { readonly start: number; readonly end: number } | null {
  const value = assignedAt(parseModule(text).module.body.statements, offset);
  return value && value.kind === "BinOp" && isScaled(value, offset) ? value : null;
}

function assignedAt(statements: readonly Statement[], offset: number): Expression | null {
  for (const node of statements) {
    if (offset < node.start || offset >= node.end) continue;
    if (node.kind === "Assign") return node.targets.length === 1 ? node.value : null;
    for (const block of allBlocks(node)) {
      const found = assignedAt(block.statements, offset);
      if (found) return found;
    }
  }
  return null;
}

function isScaled(node: Expression, offset: number): boolean {
  if (node.kind === "Call") return node.start === offset;
  if (node.kind !== "BinOp" || (node.op !== "*" && node.op !== "/")) return false;
  const isRight = offset >= node.right.start;
  if (isRight && node.op === "/") return false;
  return isScaled(isRight ? node.right : node.left, offset) && isNumber(isRight ? node.left : node.right);
}

/** Arithmetic of numbers, and square roots of anything: no array has a part in it. */
function isNumber(node: Expression): boolean {
  switch (node.kind) {
    case "Constant":
      return true;
    case "BinOp":
    case "UnaryOp":
      return childExpressions(node).every(isNumber);
    case "Call":
      return node.func.kind === "Attribute"
        ? node.func.attr === "sqrt"
        : node.func.kind === "Name" && node.func.id === "sqrt";
    default:
      return false;
  }
}
