import type { MatchCase, Statement } from "../syntax/ast.js";
import { block, colon } from "./blocks.js";
import { namedExpression, starNamedExpressions } from "./expressions.js";
import type { Parser } from "./parser.js";
import { patterns } from "./patterns.js";
import { recovering } from "./statements.js";

/** Whether a `match` statement begins here: its line ends in a colon and `case` begins the block under it. */
export function isMatchStatement(p: Parser): boolean {
  if (!p.isSoftKeyword("match")) return false;
  const { kinds, starts, ends } = p.tokens;
  let at = p.at + 1;
  while (kinds[at] !== "newline" && kinds[at] !== "end") at++;
  if (at === p.at + 2 || kinds[at - 1] !== ":" || kinds[at + 1] !== "indent" || kinds[at + 2] !== "name")
    return false;
  return p.chunk.text.slice(starts[at + 2], ends[at + 2]) === "case";
}

export function matchStatement(p: Parser): Statement {
  const { start } = p;
  p.advance();
  const subject = starNamedExpressions(p);
  colon(p);
  p.expect("newline");
  p.expect("indent");
  const cases: MatchCase[] = [];
  while (!p.accept("dedent")) recovering(p, () => cases.push(matchCase(p)));
  return p.place({ kind: "Match", start, end: p.end, subject, cases });
}

function matchCase(p: Parser): MatchCase {
  if (!p.isSoftKeyword("case")) p.unexpected("'case' is missing here");
  p.advance();
  const pattern = patterns(p);
  const guard = p.accept("if") ? namedExpression(p) : null;
  return { pattern, guard, body: block(p) };
}
