import type { Expression, Parameter, Parameters, TypeParameter } from "../syntax/ast.js";
import { expression, starExpression } from "./expressions.js";
import type { Parser } from "./parser.js";

/** The parameters of a `def`, with their parentheses. */
export function definitionParameters(p: Parser): Parameters {
  p.expect("(");
  const parameters = parameterList(p, ")", true);
  p.expect(")");
  return parameters;
}

/** The parameters of a lambda, up to its colon. */
export const lambdaParameters = (p: Parser): Parameters => parameterList(p, ":", false);

function parameterList(p: Parser, closer: ")" | ":", annotated: boolean): Parameters {
  let positionalOnly: Parameter[] = [];
  let positional: Parameter[] = [];
  const keywordOnly: Parameter[] = [];
  let star: Parameter | null = null;
  let doubleStar: Parameter | null = null;
  let afterStar = false;
  while (!p.is(closer)) {
    if (doubleStar !== null) p.unexpected("no parameter can follow '**'");
    if (p.is("/")) {
      if (afterStar || positionalOnly.length > 0 || positional.length === 0) {
        p.unexpected("'/' must follow a parameter, once, before any '*'");
      }
      p.advance();
      positionalOnly = positional;
      positional = [];
    } else if (p.is("*")) {
      if (afterStar) p.unexpected("only one '*' is allowed among parameters");
      p.advance();
      afterStar = true;
      if (!p.is(",") && !p.is(closer)) star = parameter(p, annotated ? "starred" : "none");
    } else if (p.accept("**")) doubleStar = parameter(p, annotated ? "plain" : "none");
    else {
      const each = withDefault(p, parameter(p, annotated ? "plain" : "none"));
      const list = afterStar ? keywordOnly : positional;
      if (!afterStar && each.default === null) checkNoDefaultBefore(p, each, positionalOnly, positional);
      list.push(each);
    }
    if (!p.is(closer) && !p.accept(",")) p.unexpected("a comma is missing between parameters");
  }
  if (afterStar && star === null && keywordOnly.length === 0) {
    p.unexpected("named parameters must follow a bare '*'");
  }
  return { positionalOnly, positional, star, keywordOnly, doubleStar };
}

function checkNoDefaultBefore(p: Parser, each: Parameter, ...lists: Parameter[][]): void {
  if (lists.some((list) => list.at(-1)?.default)) {
    p.fail("a parameter without a default cannot follow one with a default", each);
  }
}

function parameter(p: Parser, annotation: "plain" | "starred" | "none"): Parameter {
  const { start } = p;
  const name = p.name();
  const type =
    annotation !== "none" && p.accept(":")
      ? (annotation === "starred" ? starExpression : expression)(p)
      : null;
  return p.place({ name, annotation: type, default: null, start, end: p.end });
}

/** The same parameter with the default that follows it; its own place does not cover the default. */
function withDefault(p: Parser, each: Parameter): Parameter {
  return p.accept("=") ? p.place({ ...each, default: expression(p) }) : each;
}

/** `[T, *Ts, **P]` after the name of a definition, or nothing. */
export function typeParameters(p: Parser): TypeParameter[] {
  const found: TypeParameter[] = [];
  if (!p.accept("[")) return found;
  do {
    if (p.is("]") && found.length > 0) break;
    found.push(typeParameter(p));
  } while (p.accept(","));
  p.expect("]");
  return found;
}

function typeParameter(p: Parser): TypeParameter {
  const { start } = p;
  const kind = p.accept("*") ? "TypeVarTuple" : p.accept("**") ? "ParamSpec" : "TypeVar";
  const name = p.name();
  const bound: Expression | null = kind === "TypeVar" && p.accept(":") ? expression(p) : null;
  const fallback = p.accept("=") ? (kind === "TypeVarTuple" ? starExpression : expression)(p) : null;
  return p.place({ kind, name, bound, default: fallback, start, end: p.end });
}
