import type { BinaryOperator, Expression, Statement } from "../syntax/ast.js";
import { isStartOfExpression } from "./displays.js";
import { expression, starExpressions, yieldExpression } from "./expressions.js";
import { importFrom, importNames } from "./imports.js";
import { typeParameters } from "./parameters.js";
import type { Parser } from "./parser.js";
import { checkSingleTarget, checkTarget } from "./targets.js";
import type { TokenKind } from "./tokens.js";

type Rule = (p: Parser, start: number) => Statement;

const AUGMENTED = new Map<TokenKind, BinaryOperator>(
  (["+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "|", "^", "&"] as const).map((op) => [
    `${op}=`,
    op,
  ]),
);

/** The simple statements that a keyword begins. */
const RULES: ReadonlyMap<TokenKind, Rule> = new Map<TokenKind, Rule>([
  ["pass", (p, start) => p.place({ kind: "Pass", start, end: p.end })],
  ["break", (p, start) => p.place({ kind: "Break", start, end: p.end })],
  ["continue", (p, start) => p.place({ kind: "Continue", start, end: p.end })],
  ["return", returnStatement],
  ["raise", raise],
  ["global", (p, start) => p.place({ kind: "Global", names: names(p), start, end: p.end })],
  ["nonlocal", (p, start) => p.place({ kind: "Nonlocal", names: names(p), start, end: p.end })],
  ["del", deleteStatement],
  ["assert", assertStatement],
  ["import", importNames],
  ["from", importFrom],
]);

export function simpleStatement(p: Parser): Statement {
  const { start } = p;
  const rule = RULES.get(p.kind);
  if (rule !== undefined) {
    p.advance();
    return rule(p, start);
  }
  if (p.isSoftKeyword("type") && p.peek(1) === "name" && (p.peek(2) === "=" || p.peek(2) === "[")) {
    return typeAlias(p);
  }
  return expressionStatement(p);
}

function names(p: Parser): string[] {
  const found = [p.name()];
  while (p.accept(",")) found.push(p.name());
  return found;
}

function returnStatement(p: Parser, start: number): Statement {
  const value = isStartOfExpression(p) ? starExpressions(p) : null;
  return p.place({ kind: "Return", start, end: p.end, value });
}

function raise(p: Parser, start: number): Statement {
  const exception = isStartOfExpression(p) ? expression(p) : null;
  const cause = exception !== null && p.accept("from") ? expression(p) : null;
  return p.place({ kind: "Raise", start, end: p.end, exception, cause });
}

function deleteStatement(p: Parser, start: number): Statement {
  const targets: Expression[] = [];
  do {
    const target = expression(p);
    checkTarget(p, target, true);
    targets.push(target);
  } while (p.accept(",") && isStartOfExpression(p));
  return p.place({ kind: "Delete", start, end: p.end, targets });
}

function assertStatement(p: Parser, start: number): Statement {
  const test = expression(p);
  const message = p.accept(",") ? expression(p) : null;
  return p.place({ kind: "Assert", start, end: p.end, test, message });
}

function typeAlias(p: Parser): Statement {
  const { start } = p;
  p.advance();
  const nameStart = p.start;
  const id = p.name();
  const name = p.place({ kind: "Name" as const, start: nameStart, end: p.end, id });
  const parameters = typeParameters(p);
  p.expect("=");
  const value = expression(p);
  return p.place({ kind: "TypeAlias", start, end: p.end, name, typeParameters: parameters, value });
}

/** An expression alone, or the target of some assignment. */
function expressionStatement(p: Parser): Statement {
  const { start } = p;
  const value = assignedValue(p);
  if (p.is("=")) return assignment(p, start, value);
  if (p.is(":")) return annotatedAssignment(p, start, value);
  const op = AUGMENTED.get(p.kind);
  if (op === undefined) return p.place({ kind: "Expr", start, end: p.end, value });
  checkSingleTarget(p, value);
  p.advance();
  const operand = assignedValue(p);
  return p.place({ kind: "AugAssign", start, end: p.end, target: value, op, value: operand });
}

const assignedValue = (p: Parser): Expression => (p.is("yield") ? yieldExpression(p) : starExpressions(p));

function assignment(p: Parser, start: number, first: Expression): Statement {
  const targets: Expression[] = [];
  let value = first;
  while (p.accept("=")) {
    checkTarget(p, value);
    targets.push(value);
    value = assignedValue(p);
  }
  return p.place({ kind: "Assign", start, end: p.end, targets, value });
}

function annotatedAssignment(p: Parser, start: number, target: Expression): Statement {
  const simple = target.kind === "Name" && target.end === p.end;
  checkSingleTarget(p, target);
  p.expect(":");
  const annotation = expression(p);
  const value = p.accept("=") ? assignedValue(p) : null;
  return p.place({ kind: "AnnAssign", start, end: p.end, target, annotation, value, simple });
}
