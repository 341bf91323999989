/** Whether statements write to weights, by the names of what they call. */
import type { Expression, Statement } from "../../python/syntax/ast.js";
import { allBlocks, childExpressions, statementExpressions } from "../../python/syntax/walk.js";

/** They call a function whose name ends in `_`, as all that fill a tensor in place do. */
export const changesWeights = (statements: readonly Statement[]): boolean => callSome(statements, isInPlace);

const isInPlace = (func: Expression): boolean => func.kind === "Attribute" && /[a-z]_$/.test(func.attr);

/** Whether they, or the functions defined in them, call something of which that holds. */
export function callSome(statements: readonly Statement[], holds: (func: Expression) => boolean): boolean {
  const inside = (one: Expression): boolean =>
    (one.kind === "Call" && holds(one.func)) || childExpressions(one).some(inside);
  return statements.some((node) => {
    return (
      statementExpressions(node).some(inside) ||
      allBlocks(node).some((block) => callSome(block.statements, holds))
    );
  });
}
