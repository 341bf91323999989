/** What a fix that rewrites one call is made of. */
import type { Call, Expression, Keyword } from "../../python/syntax/ast.js";
import { eachWithin } from "../../python/syntax/walk.js";

/** A stretch of the module's text and what takes its place. */
export interface Rewrite {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The call at a finding, its text, and the parameters whose values it wrote last. */
export interface FixedCall {
  readonly call: Call;
  readonly textOf: (node: { readonly start: number; readonly end: number }) => string;
  /** What the finding says. */
  readonly message: string;
  readonly written: readonly string[];
  /** The activations that follow the layers it makes or writes; empty where one of them is not known. */
  readonly activations: readonly string[];
}

export interface Proposal {
  readonly title: string;
  readonly rewrite: Rewrite;
}

export const keyword = ({ keywords }: Call, name: string): Keyword | undefined =>
  keywords.find((one) => one.name === name);

export const isNumber = (node: Expression): node is Extract<Expression, { kind: "Constant" }> =>
  node.kind === "Constant" && typeof node.value === "number";

/** The only call within this one, itself included, of which that holds; null where there is none or more than one. */
export function onlyCall(call: Call, holds: (one: Call) => boolean): Call | null {
  const found: Call[] = [];
  eachWithin(call, (node) => {
    if (node.kind === "Call" && holds(node)) found.push(node);
  });
  return found.length === 1 ? found[0]! : null;
}

export const replace = ({ start, end }: Expression | Keyword, newText: string): Rewrite => ({
  start,
  end,
  newText,
});

/** Takes the square root of a quotient: `2 / fan` → `(2 / fan) ** 0.5`. */
export function rootOf(spread: Expression | undefined, textOf: FixedCall["textOf"]): Proposal | null {
  if (spread?.kind !== "BinOp" || spread.op !== "/") return null;
  return { title: "Take the square root", rewrite: replace(spread, `(${textOf(spread)}) ** 0.5`) };
}
