import type { Expression } from "../syntax/ast.js";
import { isStartOfExpression } from "./displays.js";
import { bitwise } from "./expressions.js";
import type { Parser } from "./parser.js";

/** What users know the expressions by that nothing can be assigned to. */
const NOT_ASSIGNABLE: Partial<Record<Expression["kind"], string>> = {
  Call: "a call",
  Constant: "a literal",
  BinOp: "an expression",
  UnaryOp: "an expression",
  BoolOp: "an expression",
  Compare: "a comparison",
  IfExp: "a conditional expression",
  Lambda: "a lambda",
  Dict: "a dict",
  Set: "a set",
  JoinedStr: "an f-string",
  NamedExpr: "a named expression",
  Await: "an await expression",
  Yield: "a yield expression",
};

/** Fails unless `target` is something that can be assigned to, `del`eted where `deleting`. */
export function checkTarget(p: Parser, target: Expression, deleting = false): void {
  switch (target.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return;
    case "Tuple":
    case "List":
      for (const element of target.elements) checkTarget(p, element, deleting);
      return;
    case "Starred":
      if (!deleting) {
        checkTarget(p, target.value);
        return;
      }
  }
  const what = NOT_ASSIGNABLE[target.kind] ?? "this expression";
  p.fail(`cannot ${deleting ? "delete" : "assign to"} ${what}`, target);
}

/** Fails unless `target` is one name, attribute or subscript: what `+=` and `:` need. */
export function checkSingleTarget(p: Parser, target: Expression): void {
  if (target.kind !== "Name" && target.kind !== "Attribute" && target.kind !== "Subscript") {
    p.fail("only a single name, attribute or subscript can stand here", target);
  }
}

/** The targets between `for` and `in`. */
export function starTargets(p: Parser): Expression {
  const { start } = p;
  const first = starTarget(p);
  if (!p.is(",")) return first;
  const elements = [first];
  while (p.accept(",") && isStartOfExpression(p)) elements.push(starTarget(p));
  return p.place({ kind: "Tuple", start, end: p.end, elements });
}

/** One target, perhaps starred. It stops before `in`, which would otherwise be a comparison. */
export function starTarget(p: Parser): Expression {
  const { start } = p;
  const isStarred = p.accept("*");
  const value = bitwise(p, 1);
  checkTarget(p, value);
  return isStarred ? p.place({ kind: "Starred", start, end: p.end, value }) : value;
}
