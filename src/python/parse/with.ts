import type { Expression, Statement, With } from "../syntax/ast.js";
import { block } from "./blocks.js";
import { expression } from "./expressions.js";
import { type Parser, SyntaxFailure } from "./parser.js";
import { starTarget } from "./targets.js";

type Items = With["items"];

/** A `with` statement, from its keyword. */
export function withStatement(p: Parser, start: number, isAsync: boolean): Statement {
  p.expect("with");
  const items = parenthesisedItems(p) ?? itemList(p);
  const body = block(p);
  return p.place({ kind: "With", start, end: p.end, isAsync, items, body });
}

/** `(a as b, c):`, or null where the parentheses belong to the first item's expression. */
function parenthesisedItems(p: Parser): Items | null {
  if (!p.is("(")) return null;
  const { at, depth } = p;
  try {
    p.advance();
    const items = [item(p)];
    while (p.accept(",") && !p.is(")")) items.push(item(p));
    if (p.accept(")") && p.is(":")) return items;
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure;
  }
  p.at = at;
  p.depth = depth;
  return null;
}

function itemList(p: Parser): Items {
  const items = [item(p)];
  while (p.accept(",")) items.push(item(p));
  return items;
}

function item(p: Parser): { context: Expression; target: Expression | null } {
  const context = expression(p);
  return { context, target: p.accept("as") ? starTarget(p) : null };
}
