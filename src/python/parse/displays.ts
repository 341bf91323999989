import type { ComprehensionClause, Expression } from "../syntax/ast.js";
import { bitwise, disjunction, expression, starNamedExpression, yieldExpression } from "./expressions.js";
import type { Parser } from "./parser.js";
import { starTargets } from "./targets.js";
import type { TokenKind } from "./tokens.js";

const EXPRESSION_STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...("([{+-*~".split("") as TokenKind[]),
  ...([
    "name",
    "number",
    "string",
    "unknown",
    "None",
    "True",
    "False",
    "...",
    "not",
    "lambda",
    "await",
  ] as const),
]);

/** Whether the token at hand may begin an expression or a starred one. */
export const isStartOfExpression = (p: Parser): boolean => EXPRESSION_STARTS.has(p.kind);

/** Whether a comprehension's `for` or `async for` follows. */
export const isComprehension = (p: Parser): boolean => p.is("for") || (p.is("async") && p.peek(1) === "for");

/** What stands in brackets: a group, tuple, list, set, dict or comprehension. */
export function bracketed(p: Parser): Expression {
  if (p.is("(")) return parenthesised(p);
  return p.is("[") ? list(p) : braces(p);
}

function parenthesised(p: Parser): Expression {
  const { start } = p;
  p.expect("(");
  if (p.is("yield")) {
    const value = yieldExpression(p);
    p.expect(")");
    return value;
  }
  if (p.accept(")")) return p.place({ kind: "Tuple", start, end: p.end, elements: [] });
  const first = starNamedExpression(p);
  if (isComprehension(p)) return generator(p, start, first);
  if (p.is(",")) {
    const elements = restOfElements(p, first, ")");
    return p.place({ kind: "Tuple", start, end: p.end, elements });
  }
  if (first.kind === "Starred") p.fail("a starred expression cannot stand alone in parentheses", first);
  closing(p, ")");
  return first;
}

/** The rest of `(element for …)` after its element; `start` is where the parenthesis opened. */
export function generator(p: Parser, start: number, element: Expression): Expression {
  const clauses = comprehensionClauses(p, element);
  closing(p, ")");
  return p.place({ kind: "GeneratorExp", start, end: p.end, element, value: null, clauses });
}

function list(p: Parser): Expression {
  const { start } = p;
  p.expect("[");
  if (p.accept("]")) return p.place({ kind: "List", start, end: p.end, elements: [] });
  const first = starNamedExpression(p);
  if (isComprehension(p)) {
    const clauses = comprehensionClauses(p, first);
    closing(p, "]");
    return p.place({ kind: "ListComp", start, end: p.end, element: first, value: null, clauses });
  }
  const elements = restOfElements(p, first, "]");
  return p.place({ kind: "List", start, end: p.end, elements });
}

function restOfElements(p: Parser, first: Expression, closer: ")" | "]" | "}"): Expression[] {
  const elements = [first];
  while (p.accept(",") && !p.is(closer)) elements.push(starNamedExpression(p));
  closing(p, closer);
  return elements;
}

function closing(p: Parser, closer: ")" | "]" | "}"): void {
  if (!p.accept(closer)) p.unexpected("a comma or an operator is missing here");
}

function braces(p: Parser): Expression {
  const { start } = p;
  p.expect("{");
  if (p.accept("}")) return p.place({ kind: "Dict", start, end: p.end, keys: [], values: [] });
  if (p.is("**")) return dict(p, start, null);
  const first = starNamedExpression(p);
  if (p.is(":")) return dict(p, start, first);
  if (isComprehension(p)) {
    const clauses = comprehensionClauses(p, first);
    closing(p, "}");
    return p.place({ kind: "SetComp", start, end: p.end, element: first, value: null, clauses });
  }
  const elements = restOfElements(p, first, "}");
  return p.place({ kind: "Set", start, end: p.end, elements });
}

/** The rest of a dict after its first key, or at its first `**`. */
function dict(p: Parser, start: number, firstKey: Expression | null): Expression {
  const keys: (Expression | null)[] = [];
  const values: Expression[] = [];
  let key = firstKey;
  for (;;) {
    if (key === null) {
      p.expect("**");
      values.push(bitwise(p, 1));
    } else {
      p.expect(":");
      values.push(expression(p));
    }
    keys.push(key);
    if (key !== null && keys.length === 1 && isComprehension(p))
      return dictComprehension(p, start, key, values[0]!);
    if (!p.accept(",") || p.is("}")) break;
    key = p.is("**") ? null : expression(p);
  }
  closing(p, "}");
  return p.place({ kind: "Dict", start, end: p.end, keys, values });
}

function dictComprehension(p: Parser, start: number, element: Expression, value: Expression): Expression {
  const clauses = comprehensionClauses(p, element);
  closing(p, "}");
  return p.place({ kind: "DictComp", start, end: p.end, element, value, clauses });
}

function comprehensionClauses(p: Parser, element: Expression): ComprehensionClause[] {
  if (element.kind === "Starred") p.fail("a comprehension cannot unpack its element", element);
  const clauses: ComprehensionClause[] = [];
  while (isComprehension(p)) {
    const isAsync = p.accept("async");
    p.expect("for");
    const target = starTargets(p);
    p.expect("in");
    const iterable = disjunction(p);
    const conditions: Expression[] = [];
    while (p.accept("if")) conditions.push(disjunction(p));
    clauses.push({ target, iterable, conditions, isAsync });
  }
  return clauses;
}
