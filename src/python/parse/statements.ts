import type { Statement } from "../syntax/ast.js";
import { compoundStatement } from "./compound.js";
import { type Parser, SyntaxFailure } from "./parser.js";
import { simpleStatement } from "./simple.js";

/** The statements from the token at hand to the end of their block. */
export function statements(p: Parser): readonly Statement[] {
  const found: Statement[] = [];
  while (!p.is("end") && !p.is("dedent")) {
    if (p.is("indent")) {
      p.problem(new SyntaxFailure("this line is indented for no reason", p.start, p.start));
      p.advance();
      found.push(...statements(p));
      p.accept("dedent");
    } else statement(p, found);
  }
  return found;
}

/** Reads one compound statement or a line of simple ones; what is broken becomes an error statement. */
function statement(p: Parser, found: Statement[]): void {
  const { start } = p;
  const before = found.length;
  const isWhole = recovering(p, () => {
    const compound = compoundStatement(p);
    if (compound === null) simpleStatements(p, found);
    else found.push(compound);
  });
  if (isWhole) return;
  // On a line of several statements only those from the broken one on are lost.
  const from = found.length > before ? found.at(-1)!.end : start;
  found.push(p.place({ kind: "ErrorStatement", start: from, end: Math.max(from, p.end) }));
}

/** Runs a rule; if it fails, notes the problem, steps over the statement and its block, and says false. */
export function recovering(p: Parser, rule: () => void): boolean {
  const first = p.at;
  p.depth = 0;
  try {
    rule();
    return true;
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure;
    p.problem(failure);
    skipStatement(p, first);
    return false;
  }
}

/** Simple statements on one line, with semicolons between them and the line's end after them. */
export function simpleStatements(p: Parser, found: Statement[]): void {
  do {
    const each = simpleStatement(p);
    // One that goes on in a way nobody understands is not half a statement.
    if (!p.is(";") && !p.is("newline")) p.unexpected(misplaced(p, each));
    found.push(each);
  } while (p.accept(";") && !p.is("newline"));
  p.expect("newline");
}

/** What to say of a token after a whole statement where the line should end. */
function misplaced(p: Parser, before: Statement): string {
  if (before.kind === "Expr" && before.value.kind === "Name") {
    const { id } = before.value;
    if (id === "print" || id === "exec") return `${id} is a function since Python 3: it needs parentheses`;
  }
  return p.is("=") ? "nothing can be assigned here" : "this does not continue the statement before it";
}

/** Steps over the rest of the line, and the block under it; a whole line read already stays behind. */
function skipStatement(p: Parser, first: number): void {
  const isBetweenLines = p.at > first && p.tokens.kinds[p.at - 1] === "newline";
  if (!isBetweenLines) {
    while (!p.is("newline") && !p.is("end")) p.advance();
    p.accept("newline");
  }
  if (p.is("indent")) p.at = p.tokens.ends[p.at]! + 1;
}
