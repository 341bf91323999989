/** Calls that make the parts of one network, and not the same network once more. */
import type { Expression, Statement } from "../../python/syntax/ast.js";
import { eachExpression, eachStatement } from "../../python/syntax/walk.js";

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether a call stands in a constructor, or is itself an item of a list. */
export function makesPart(statements: readonly Statement[], call: Stretch): boolean {
  const isCall = ({ start, end }: Expression): boolean => start === call.start && end === call.end;
  let isPart = false;
  eachStatement(statements, (node) => {
    if (call.start < node.start || node.end < call.end) return;
    if (node.kind === "FunctionDef" && node.name === "__init__") isPart = true;
    eachExpression(node, (one) => {
      if (one.kind === "List" && one.elements.some(isCall)) isPart = true;
      if (one.kind === "ListComp" && isCall(one.element)) isPart = true;
    });
  });
  return isPart;
}
