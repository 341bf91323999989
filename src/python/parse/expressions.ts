import type { BinaryOperator, CompareOperator, Expression, Name } from "../syntax/ast.js";
import { bracketed, isStartOfExpression } from "./displays.js";
import { number } from "./numbers.js";
import { lambdaParameters } from "./parameters.js";
import type { Parser } from "./parser.js";
import { call, subscript } from "./primaries.js";
import { strings } from "./strings.js";
import type { TokenKind } from "./tokens.js";

/**
 * Operators in a row make a tree as deep as the row is long, and whoever walks the tree needs stack for
 * it; CPython's own recursion limit is 1,000.
 */
const MAX_CHAIN = 1_000;

const BINARY_PRECEDENCE: ReadonlyMap<TokenKind, number> = new Map<BinaryOperator, number>([
  ["|", 1],
  ["^", 2],
  ["&", 3],
  ["<<", 4],
  [">>", 4],
  ["+", 5],
  ["-", 5],
  ["*", 6],
  ["@", 6],
  ["/", 6],
  ["//", 6],
  ["%", 6],
]);

const COMPARE_OPERATORS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "is",
]);

/** `a, *b` or a single expression: what may stand right of `=`, after `return`, between `for … in` and `:`. */
export function starExpressions(p: Parser): Expression {
  return tupleOf(p, starExpression);
}

/** As `starExpressions`, with `:=` allowed in each: a subject of `match`. */
export function starNamedExpressions(p: Parser): Expression {
  return tupleOf(p, starNamedExpression);
}

/** One or more elements; with a comma they are a tuple. */
export function tupleOf(p: Parser, element: (p: Parser) => Expression): Expression {
  const { start } = p;
  const first = element(p);
  if (!p.is(",")) return first;
  const elements = [first];
  while (p.accept(",") && isStartOfExpression(p)) elements.push(element(p));
  return p.place({ kind: "Tuple", start, end: p.end, elements });
}

export function starExpression(p: Parser): Expression {
  return p.is("*") ? starred(p) : expression(p);
}

export function starNamedExpression(p: Parser): Expression {
  return p.is("*") ? starred(p) : namedExpression(p);
}

function starred(p: Parser): Expression {
  const { start } = p;
  p.expect("*");
  const value = bitwise(p, 1);
  return p.place({ kind: "Starred", start, end: p.end, value });
}

/** `yield`, `yield x, y` or `yield from x`. */
export function yieldExpression(p: Parser): Expression {
  const { start } = p;
  p.expect("yield");
  if (p.accept("from")) {
    const value = expression(p);
    return p.place({ kind: "YieldFrom", start, end: p.end, value });
  }
  const value = isStartOfExpression(p) ? starExpressions(p) : null;
  return p.place({ kind: "Yield", start, end: p.end, value });
}

/** An expression that may be `name := value`. */
export function namedExpression(p: Parser): Expression {
  const { start } = p;
  const value = expression(p);
  if (!p.is(":=")) return value;
  if (value.kind !== "Name" || start !== value.start) p.unexpected("':=' can only bind a plain name");
  return walrus(p, value as Name);
}

function walrus(p: Parser, target: Name): Expression {
  p.expect(":=");
  const value = expression(p);
  return p.place({ kind: "NamedExpr", start: target.start, end: p.end, target, value });
}

/** `a if b else c`, a lambda, or anything that binds tighter. */
export function expression(p: Parser): Expression {
  p.enter();
  const result = p.is("lambda") ? lambda(p) : conditional(p);
  p.leave();
  return result;
}

function conditional(p: Parser): Expression {
  const { start } = p;
  const body = disjunction(p);
  if (!p.accept("if")) return body;
  const test = disjunction(p);
  if (!p.accept("else")) p.unexpected("'else' is missing after 'if' in this expression");
  const orElse = expression(p);
  return p.place({ kind: "IfExp", start, end: p.end, test, body, orElse });
}

function lambda(p: Parser): Expression {
  const { start } = p;
  p.expect("lambda");
  const parameters = lambdaParameters(p);
  p.expect(":");
  const body = expression(p);
  return p.place({ kind: "Lambda", start, end: p.end, parameters, body });
}

export function disjunction(p: Parser): Expression {
  return booleanOperation(p, "or", conjunction);
}

const conjunction = (p: Parser): Expression => booleanOperation(p, "and", inversion);

function booleanOperation(p: Parser, op: "and" | "or", operand: (p: Parser) => Expression): Expression {
  const { start } = p;
  const first = operand(p);
  if (!p.is(op)) return first;
  const values = [first];
  while (p.accept(op)) values.push(operand(p));
  return p.place({ kind: "BoolOp", start, end: p.end, op, values });
}

function inversion(p: Parser): Expression {
  if (!p.is("not")) return comparison(p);
  const { start } = p;
  p.enter();
  p.advance();
  const operand = inversion(p);
  p.leave();
  return p.place({ kind: "UnaryOp", start, end: p.end, op: "not", operand });
}

function comparison(p: Parser): Expression {
  const { start } = p;
  const left = bitwise(p, 1);
  let op = compareOperator(p);
  if (op === null) return left;
  const ops: CompareOperator[] = [];
  const comparators: Expression[] = [];
  while (op !== null) {
    ops.push(op);
    comparators.push(bitwise(p, 1));
    op = compareOperator(p);
  }
  return p.place({ kind: "Compare", start, end: p.end, left, ops, comparators });
}

function compareOperator(p: Parser): CompareOperator | null {
  const { kind } = p;
  if (kind === "not") {
    if (p.peek(1) !== "in") return null;
    p.at += 2;
    return "not in";
  }
  if (!COMPARE_OPERATORS.has(kind)) return null;
  p.advance();
  if (kind === "is" && p.accept("not")) return "is not";
  return kind as CompareOperator;
}

/** Operators from `|` (precedence 1) up to `%`, all of them left-associative. */
export function bitwise(p: Parser, minimum: number): Expression {
  const { start } = p;
  let left = unary(p);
  for (let links = 0; ; links++) {
    const precedence = BINARY_PRECEDENCE.get(p.kind);
    if (precedence === undefined || precedence < minimum) return left;
    if (links >= MAX_CHAIN) p.unexpected("this expression has too many operators");
    const op = p.kind as BinaryOperator;
    p.advance();
    const right = bitwise(p, precedence + 1);
    left = p.place({ kind: "BinOp", start, end: p.end, op, left, right });
  }
}

function unary(p: Parser): Expression {
  const op = p.kind;
  if (op !== "-" && op !== "+" && op !== "~") return power(p);
  const { start } = p;
  p.enter();
  p.advance();
  const operand = unary(p);
  p.leave();
  return p.place({ kind: "UnaryOp", start, end: p.end, op, operand });
}

function power(p: Parser): Expression {
  const { start } = p;
  const left = awaited(p);
  if (!p.is("**")) return left;
  p.enter();
  p.advance();
  const right = unary(p);
  p.leave();
  return p.place({ kind: "BinOp", start, end: p.end, op: "**", left, right });
}

function awaited(p: Parser): Expression {
  if (!p.is("await")) return primary(p);
  const { start } = p;
  p.advance();
  const value = primary(p);
  return p.place({ kind: "Await", start, end: p.end, value });
}

/** An atom with its attributes, calls and subscripts. */
export function primary(p: Parser): Expression {
  const { start } = p;
  let value = atom(p);
  for (let links = 0; ; links++) {
    if (links >= MAX_CHAIN) p.unexpected("this expression has too many links");
    if (p.is("(")) value = call(p, value, start);
    else if (p.is("[")) value = subscript(p, value, start);
    else if (p.accept(".")) {
      const attrStart = p.start;
      const attr = p.name();
      value = p.place({ kind: "Attribute", start, end: p.end, value, attr, attrStart });
    } else return value;
  }
}

function atom(p: Parser): Expression {
  const { start } = p;
  switch (p.kind) {
    case "name": {
      const id = p.name();
      return p.place({ kind: "Name", start, end: p.end, id });
    }
    case "number":
      return number(p);
    case "string":
      return strings(p);
    case "(":
    case "[":
    case "{":
      return bracketed(p);
    case "None":
      return constant(p, "None", null);
    case "True":
      return constant(p, "bool", true);
    case "False":
      return constant(p, "bool", false);
    case "...":
      return constant(p, "Ellipsis", null);
    case "unknown":
      p.advance();
      return p.place({ kind: "Error", start, end: p.end });
    default:
      return p.unexpected(missingExpression(p.kind));
  }
}

function missingExpression(kind: TokenKind): string {
  if (kind === "newline" || kind === "end") return "an expression is missing at the end of this line";
  return `an expression is missing before '${kind}'`;
}

function constant(p: Parser, type: "None" | "bool" | "Ellipsis", value: boolean | null): Expression {
  const { start } = p;
  p.advance();
  return p.place({ kind: "Constant", start, end: p.end, type, value });
}
