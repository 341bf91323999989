/** The order in which definitions are tried: what uses another one comes before it. */
import type { Definition } from "../../python/syntax/ast.js";
import { writtenNames } from "../../python/syntax/writtenNames.js";

/** Indices of the definitions, users before what they use, else as they stand in the text. */
export function usersFirst(definitions: readonly Definition[], text: string): readonly number[] {
  const indices = new Map<string, number[]>();
  for (const [index, { name }] of definitions.entries()) {
    indices.set(name, [...(indices.get(name) ?? []), index]);
  }
  const users = definitions.map((): number[] => []);
  for (const [user, node] of definitions.entries()) {
    for (const name of writtenNames(node, text)) {
      if (name !== node.name) for (const used of indices.get(name) ?? []) users[used]!.push(user);
    }
  }
  const order = new Set<number>();
  const visiting = new Set<number>();
  const visit = (index: number): void => {
    // Of definitions that use each other, the first in the text comes last.
    if (order.has(index) || visiting.has(index)) return;
    visiting.add(index);
    for (const user of users[index]!) visit(user);
    order.add(index);
  };
  for (const index of definitions.keys()) visit(index);
  return [...order];
}
