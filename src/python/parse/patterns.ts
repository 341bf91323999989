import type { Expression, Pattern } from "../syntax/ast.js";
import { bitwise } from "./expressions.js";
import type { Parser } from "./parser.js";

/** The pattern of a `case`; without brackets it may be a sequence. */
export function patterns(p: Parser): Pattern {
  const { start } = p;
  const first = starPattern(p);
  if (!p.is(",")) {
    if (first.kind === "MatchStar") p.fail("a starred pattern needs a comma after it", first);
    return first;
  }
  const found = [first];
  while (p.accept(",") && !p.is(":") && !p.is("if")) found.push(starPattern(p));
  return p.place({ kind: "MatchSequence", start, end: p.end, patterns: found });
}

function starPattern(p: Parser): Pattern {
  if (!p.is("*")) return pattern(p);
  const { start } = p;
  p.advance();
  const name = captured(p);
  return p.place({ kind: "MatchStar", start, end: p.end, name });
}

/** A name that captures, or null for `_`, which does not. */
function captured(p: Parser): string | null {
  const name = p.name();
  return name === "_" ? null : name;
}

/** `a | b as name`. */
function pattern(p: Parser): Pattern {
  const { start } = p;
  p.enter();
  const inner = alternatives(p);
  p.leave();
  if (!p.accept("as")) return inner;
  const name = p.name();
  return p.place({ kind: "MatchAs", start, end: p.end, pattern: inner, name });
}

function alternatives(p: Parser): Pattern {
  const { start } = p;
  const first = closedPattern(p);
  if (!p.is("|")) return first;
  const found = [first];
  while (p.accept("|")) found.push(closedPattern(p));
  return p.place({ kind: "MatchOr", start, end: p.end, patterns: found });
}

function closedPattern(p: Parser): Pattern {
  switch (p.kind) {
    case "name":
      return namePattern(p);
    case "(":
    case "[":
      return sequencePattern(p);
    case "{":
      return mappingPattern(p);
    default:
      return valuePattern(p);
  }
}

/** A literal: number (with a sign, or complex), string, `None`, `True`, `False`. */
function valuePattern(p: Parser): Pattern {
  const { start } = p;
  const value = literal(p);
  return p.place({ kind: "MatchValue", start, end: p.end, value });
}

function literal(p: Parser): Expression {
  if (!["number", "string", "-", "None", "True", "False"].includes(p.kind))
    p.unexpected("a pattern is missing here");
  // Precedence 5 is that of `+`, so that `|` is left to the alternatives.
  return bitwise(p, 5);
}

/** A capture, `_`, a dotted value or a class pattern. */
function namePattern(p: Parser): Pattern {
  const { start } = p;
  if (p.peek(1) !== "." && p.peek(1) !== "(") {
    return p.place({ kind: "MatchAs", pattern: null, name: captured(p), start, end: p.end });
  }
  const value = dotted(p);
  if (p.is("(")) return classPattern(p, start, value);
  return p.place({ kind: "MatchValue", start, end: p.end, value });
}

function dotted(p: Parser): Expression {
  const { start } = p;
  const id = p.name();
  let value: Expression = p.place({ kind: "Name", start, end: p.end, id });
  while (p.accept(".")) {
    const attrStart = p.start;
    const attr = p.name();
    value = p.place({ kind: "Attribute" as const, start, end: p.end, value, attr, attrStart });
  }
  return value;
}

function classPattern(p: Parser, start: number, cls: Expression): Pattern {
  p.expect("(");
  const found: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  while (!p.is(")")) {
    if (p.is("name") && p.peek(1) === "=") {
      const name = p.name();
      p.expect("=");
      keywords.push({ name, pattern: pattern(p) });
    } else {
      if (keywords.length > 0) p.unexpected("a positional pattern cannot follow a keyword pattern");
      found.push(pattern(p));
    }
    if (!p.is(")")) p.expect(",");
  }
  p.expect(")");
  return p.place({ kind: "MatchClass", start, end: p.end, cls, patterns: found, keywords });
}

/** `[a, *b]`, `(a, b)`, or a single pattern in parentheses, which is just that pattern. */
function sequencePattern(p: Parser): Pattern {
  const { start } = p;
  const closer = p.is("(") ? ")" : "]";
  p.advance();
  const found: Pattern[] = [];
  let comma = false;
  while (!p.is(closer)) {
    found.push(starPattern(p));
    comma = p.accept(",");
    if (!comma && !p.is(closer)) p.unexpected("a comma is missing between patterns");
  }
  p.expect(closer);
  if (closer === ")" && found.length === 1 && !comma && found[0]!.kind !== "MatchStar") return found[0]!;
  return p.place({ kind: "MatchSequence", start, end: p.end, patterns: found });
}

function mappingPattern(p: Parser): Pattern {
  const { start } = p;
  p.expect("{");
  const keys: Expression[] = [];
  const found: Pattern[] = [];
  let rest: string | null = null;
  while (!p.is("}")) {
    if (p.accept("**")) rest = p.name();
    else {
      keys.push(p.is("name") ? dotted(p) : literal(p));
      p.expect(":");
      found.push(pattern(p));
    }
    if (!p.is("}")) p.expect(",");
  }
  p.expect("}");
  return p.place({ kind: "MatchMapping", start, end: p.end, keys, patterns: found, rest });
}
