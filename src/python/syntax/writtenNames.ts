import type { Statement } from "./ast.js";

/** A statement that an edit leaves alone stays the same node, so its names are found once. */
const known = new WeakMap<Statement, ReadonlySet<string>>();

/** Every name that a statement's source writes, in strings and comments too. */
export function writtenNames(node: Statement, text: string): ReadonlySet<string> {
  let names = known.get(node);
  if (names === undefined) {
    names = new Set(text.slice(node.start, node.end).match(/[\p{L}_][\p{L}\p{N}_]*/gu));
    known.set(node, names);
  }
  return names;
}
