import type { Evaluate } from "../calls/frame.js";
import { binary } from "../operations/operators.js";
import type { BinaryOperation, BinaryOperator } from "../syntax/ast.js";
import { expression } from "./expressions.js";
import type { Unit } from "./unit.js";

/** Small-int arithmetic without a call; undefined where the result may not be exact. */
const FAST: Partial<Record<BinaryOperator, (left: number, right: number) => number | undefined>> = {
  "+": (left, right) => safe(left + right),
  "-": (left, right) => safe(left - right),
  "*": (left, right) => (left !== 0 && right !== 0 ? safe(left * right) : 0),
  "//": (left, right) => (right > 0 && left >= 0 ? Math.floor(left / right) : undefined),
  "%": (left, right) => (right > 0 && left >= 0 ? left % right : undefined),
};

const safe = (value: number): number | undefined => (Number.isSafeInteger(value) ? value : undefined);

export function compileBinary(node: BinaryOperation, unit: Unit): Evaluate {
  const left = expression(node.left, unit);
  const right = expression(node.right, unit);
  const span = unit.span(node);
  const { op } = node;
  const fast = FAST[op];
  return (frame) => {
    const one = left(frame);
    const other = right(frame);
    if (fast !== undefined && typeof one === "number" && typeof other === "number") {
      const result = fast(one, other);
      if (result !== undefined) return result;
    }
    frame.site = span;
    return binary(frame.machine, op, one, other);
  };
}
