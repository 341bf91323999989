import type { ImportAlias, Statement } from "../syntax/ast.js";
import type { Parser } from "./parser.js";

/** `import a.b as c, d`, after its keyword. */
export function importNames(p: Parser, start: number): Statement {
  const names: ImportAlias[] = [];
  do names.push(alias(p, dottedName));
  while (p.accept(","));
  return p.place({ kind: "Import", start, end: p.end, names });
}

/** `from ..a import b as c` or `from a import *`, after its keyword. */
export function importFrom(p: Parser, start: number): Statement {
  let level = 0;
  while (p.is(".") || p.is("...")) {
    level += p.is(".") ? 1 : 3;
    p.advance();
  }
  const module = level > 0 && p.is("import") ? null : dottedName(p);
  p.expect("import");
  const names = importedNames(p);
  return p.place({ kind: "ImportFrom", start, end: p.end, module, level, names });
}

function importedNames(p: Parser): ImportAlias[] {
  const { start } = p;
  if (p.accept("*")) return [p.place({ name: "*", asName: null, start, end: p.end })];
  const inParentheses = p.accept("(");
  const names: ImportAlias[] = [];
  do {
    if (inParentheses && names.length > 0 && p.is(")")) break;
    names.push(alias(p, (parser) => parser.name()));
  } while (p.accept(","));
  if (inParentheses) p.expect(")");
  return names;
}

function alias(p: Parser, readName: (p: Parser) => string): ImportAlias {
  const { start } = p;
  const name = readName(p);
  const asName = p.accept("as") ? p.name() : null;
  return p.place({ name, asName, start, end: p.end });
}

function dottedName(p: Parser): string {
  let name = p.name();
  while (p.accept(".")) name += `.${p.name()}`;
  return name;
}
