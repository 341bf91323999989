import type { Expression, Statement } from "../syntax/ast.js";
import { block } from "./blocks.js";
import { expression, namedExpression } from "./expressions.js";
import { definitionParameters, typeParameters } from "./parameters.js";
import type { Parser } from "./parser.js";
import { type Arguments, callArguments } from "./primaries.js";

/** A function or class with its decorators. */
export function definition(p: Parser): Statement {
  const decorators: Expression[] = [];
  while (p.accept("@")) {
    decorators.push(namedExpression(p));
    if (!p.accept("newline")) p.unexpected("this does not continue the decorator before it");
  }
  if (p.is("class")) return classDefinition(p, decorators);
  if (p.is("def") || p.is("async")) return functionDefinition(p, decorators);
  return p.unexpected("a function or class must follow a decorator");
}

function functionDefinition(p: Parser, decorators: Expression[]): Statement {
  const { start } = p;
  const isAsync = p.accept("async");
  p.expect("def");
  const nameStart = p.start;
  const name = p.name();
  const header = {
    typeParameters: typeParameters(p),
    parameters: definitionParameters(p),
    returns: p.accept("->") ? expression(p) : null,
  };
  const body = block(p);
  return p.place({
    kind: "FunctionDef",
    start,
    end: p.end,
    name,
    nameStart,
    isAsync,
    decorators,
    ...header,
    body,
  });
}

const NO_ARGUMENTS: Arguments = { args: [], keywords: [] };

function classDefinition(p: Parser, decorators: Expression[]): Statement {
  const { start } = p;
  p.expect("class");
  const nameStart = p.start;
  const name = p.name();
  const parameters = typeParameters(p);
  const { args: bases, keywords } = p.is("(") ? callArguments(p) : NO_ARGUMENTS;
  const body = block(p);
  return p.place({
    kind: "ClassDef",
    start,
    end: p.end,
    name,
    nameStart,
    decorators,
    typeParameters: parameters,
    bases,
    keywords,
    body,
  });
}
