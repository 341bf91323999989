import type { Block, ExceptHandler, Expression, If, Statement } from "../syntax/ast.js";
import { block, EMPTY_BLOCK } from "./blocks.js";
import { definition } from "./definitions.js";
import { expression, namedExpression, starExpressions } from "./expressions.js";
import { isMatchStatement, matchStatement } from "./match.js";
import { type Parser, SyntaxFailure } from "./parser.js";
import { starTargets } from "./targets.js";
import { withStatement } from "./with.js";

/** The compound statement at hand, or null where there is none. */
export function compoundStatement(p: Parser): Statement | null {
  switch (p.kind) {
    case "def":
    case "class":
    case "@":
      return definition(p);
    case "if":
      return ifStatement(p);
    case "for":
      return forStatement(p, p.start, false);
    case "while":
      return whileStatement(p);
    case "with":
      return withStatement(p, p.start, false);
    case "try":
      return tryStatement(p);
    case "async":
      return asyncStatement(p);
    case "name":
      return isMatchStatement(p) ? matchStatement(p) : null;
    default:
      return null;
  }
}

function asyncStatement(p: Parser): Statement {
  const { start } = p;
  if (p.peek(1) === "def") return definition(p);
  p.advance();
  if (p.is("for")) return forStatement(p, start, true);
  if (p.is("with")) return withStatement(p, start, true);
  return p.unexpected("'def', 'for' or 'with' must follow 'async'");
}

function elseBlock(p: Parser): Block {
  return p.accept("else") ? block(p) : EMPTY_BLOCK;
}

/** Each `elif` is an `if` alone in the `else` of the one before; a long row of them is built from its end. */
function ifStatement(p: Parser): Statement {
  const branches: { start: number; test: Expression; body: Block }[] = [];
  do {
    const { start } = p;
    p.advance();
    const test = namedExpression(p);
    branches.push({ start, test, body: block(p) });
  } while (p.is("elif"));
  let orElse = elseBlock(p);
  const { end } = p;
  for (;;) {
    const branch: If = p.place({ kind: "If", ...branches.pop()!, orElse, end });
    if (branches.length === 0) return branch;
    orElse = { statements: [branch] };
  }
}

function forStatement(p: Parser, start: number, isAsync: boolean): Statement {
  p.expect("for");
  const target = starTargets(p);
  p.expect("in");
  const iterable = starExpressions(p);
  const body = block(p);
  const orElse = elseBlock(p);
  return p.place({ kind: "For", start, end: p.end, isAsync, target, iterable, body, orElse });
}

function whileStatement(p: Parser): Statement {
  const { start } = p;
  p.expect("while");
  const test = namedExpression(p);
  const body = block(p);
  const orElse = elseBlock(p);
  return p.place({ kind: "While", start, end: p.end, test, body, orElse });
}

function tryStatement(p: Parser): Statement {
  const { start } = p;
  p.expect("try");
  const body = block(p);
  const handlers: ExceptHandler[] = [];
  let isStar = false;
  while (p.is("except")) {
    const handlerStart = p.start;
    p.advance();
    if (p.accept("*")) isStar = true;
    handlers.push(exceptHandler(p, handlerStart));
  }
  const orElse = elseBlock(p);
  const hasFinally = p.accept("finally");
  const finalBody = hasFinally ? block(p) : EMPTY_BLOCK;
  if (handlers.length === 0 && !hasFinally) {
    p.problem(new SyntaxFailure("'except' or 'finally' is missing after this 'try'", start, start + 3));
  }
  return p.place({ kind: "Try", start, end: p.end, body, handlers, orElse, finalBody, isStar });
}

/** From after its keyword, which began at `start`. */
function exceptHandler(p: Parser, start: number): ExceptHandler {
  const type = p.is(":") ? null : exceptionTypes(p);
  const name = type !== null && p.accept("as") ? p.name() : null;
  const body = block(p);
  return p.place({ type, name, body, start, end: p.end });
}

/** One expression; since Python 3.14 also several without parentheses (PEP 758). */
function exceptionTypes(p: Parser): Expression {
  const { start } = p;
  const first = expression(p);
  if (!p.is(",")) return first;
  const elements = [first];
  while (p.accept(",") && !p.is(":")) elements.push(expression(p));
  return p.place({ kind: "Tuple", start, end: p.end, elements });
}
