import { type Execute, NORMAL } from "../calls/frame.js";
import { getAttribute, setAttribute } from "../operations/attributes.js";
import { getItem, setItem } from "../operations/items.js";
import { inplace } from "../operations/operators.js";
import type { AugmentedAssign, BinaryOperator, Expression } from "../syntax/ast.js";
import { expression } from "./expressions.js";
import { assignTo } from "./targets.js";
import type { Unit } from "./unit.js";

/** `target op= value`: the target's object and index are evaluated once. */
export function compileAugmented(node: AugmentedAssign, unit: Unit): Execute {
  const { target, op } = node;
  const value = expression(node.value, unit);
  const span = unit.span(node);
  if (target.kind === "Attribute") {
    const object = expression(target.value, unit);
    const name = unit.mangle(target.attr);
    return (frame) => {
      const self = object(frame);
      const old = getAttribute(frame.machine, self, name);
      const operand = value(frame);
      frame.site = span;
      setAttribute(frame.machine, self, name, inplace(frame.machine, op, old, operand));
      return NORMAL;
    };
  }
  if (target.kind === "Subscript") {
    const object = expression(target.value, unit);
    const index = expression(target.index, unit);
    return (frame) => {
      const self = object(frame);
      const at = index(frame);
      const old = getItem(frame.machine, self, at);
      const operand = value(frame);
      frame.site = span;
      setItem(frame.machine, self, at, inplace(frame.machine, op, old, operand));
      return NORMAL;
    };
  }
  return augmentName(target, op, value, unit);
}

function augmentName(
  target: Expression,
  op: BinaryOperator,
  value: ReturnType<typeof expression>,
  unit: Unit,
): Execute {
  const read = expression(target, unit);
  const assign = assignTo(target, unit);
  return (frame) => {
    const old = read(frame);
    assign(frame, inplace(frame.machine, op, old, value(frame)));
    return NORMAL;
  };
}
