import type { Expression, Keyword } from "../syntax/ast.js";
import { generator, isComprehension } from "./displays.js";
import { expression, namedExpression, starNamedExpression } from "./expressions.js";
import type { Parser } from "./parser.js";

export interface Arguments {
  readonly args: Expression[];
  readonly keywords: Keyword[];
}

/** A call of `func`, from its opening parenthesis. */
export function call(p: Parser, func: Expression, start: number): Expression {
  const { args, keywords } = callArguments(p);
  return p.place({ kind: "Call", start, end: p.end, func, args, keywords });
}

/** Arguments with their parentheses, of a call or of a class statement. */
export function callArguments(p: Parser): Arguments {
  const open = p.start;
  p.expect("(");
  const found: Arguments = { args: [], keywords: [] };
  while (!p.is(")")) {
    argument(p, found, open);
    // A generator that is the only argument has taken the closing parenthesis for its own.
    if (found.args[0]?.kind === "GeneratorExp" && found.args[0].start === open) return found;
    if (!p.is(")") && !p.accept(",")) p.unexpected("a comma or a closing parenthesis is missing here");
  }
  p.expect(")");
  return found;
}

function argument(p: Parser, { args, keywords }: Arguments, open: number): void {
  const { start } = p;
  if (p.accept("**")) {
    const value = expression(p);
    keywords.push(p.place({ name: null, start, end: p.end, value }));
  } else if (p.is("name") && p.peek(1) === "=") {
    const name = p.name();
    p.expect("=");
    const value = expression(p);
    keywords.push(p.place({ name, start, end: p.end, value }));
  } else if (p.accept("*")) {
    if (keywords.some(({ name }) => name === null))
      p.unexpected("an argument list cannot be unpacked after '**'");
    const value = expression(p);
    args.push(p.place({ kind: "Starred", start, end: p.end, value }));
  } else {
    const value = namedExpression(p);
    if (isComprehension(p)) {
      if (args.length > 0 || keywords.length > 0)
        p.unexpected("a generator beside other arguments needs parentheses");
      args.push(generator(p, open, value));
      return;
    }
    if (keywords.length > 0) p.fail("a positional argument cannot follow a keyword argument", value);
    args.push(value);
  }
}

/** A subscript of `value`, from its opening bracket. */
export function subscript(p: Parser, value: Expression, start: number): Expression {
  p.expect("[");
  const indexStart = p.start;
  let index = slice(p);
  if (p.is(",") || index.kind === "Starred") {
    const elements = [index];
    while (p.accept(",") && !p.is("]")) elements.push(slice(p));
    index = p.place({ kind: "Tuple", start: indexStart, end: p.end, elements });
  }
  if (!p.accept("]")) p.unexpected("a comma or a closing bracket is missing here");
  return p.place({ kind: "Subscript", start, end: p.end, value, index });
}

function slice(p: Parser): Expression {
  const { start } = p;
  const lower = p.is(":") ? null : starNamedExpression(p);
  if (lower !== null && !p.is(":")) return lower;
  p.expect(":");
  const upper = sliceBound(p);
  const step = p.accept(":") ? sliceBound(p) : null;
  return p.place({ kind: "Slice", start, end: p.end, lower, upper, step });
}

const sliceBound = (p: Parser): Expression | null =>
  p.is(":") || p.is("]") || p.is(",") ? null : expression(p);
