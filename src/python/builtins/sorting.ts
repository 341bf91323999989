/** Sorting by keys whose order may be unknown. */

import type { Engine } from "../engine.js";
import { Unknown, type Value } from "../values.js";

/** `sorted(items, key, reverse)`: stable; Unknown where some order is not known. */
export function sortItems(
  machine: Engine,
  items: readonly Value[],
  key: Value,
  reverse: Value,
): Value[] | Unknown {
  const keyed = items.map((item) => ({ item, key: key === null ? item : machine.call(key, [item]) }));
  const isReversed = machine.truth(reverse);
  if (isReversed instanceof Unknown) return isReversed;
  if (isReversed) keyed.reverse();
  let unknown: Unknown | null = null;
  const isLess = (left: Value, right: Value): boolean => {
    const answer = machine.truth(machine.compare("<", left, right));
    if (typeof answer === "boolean") return answer;
    unknown ??= answer;
    return false;
  };
  machine.spend(keyed.length);
  keyed.sort((a, b) => (isLess(a.key, b.key) ? -1 : isLess(b.key, a.key) ? 1 : 0));
  if (unknown !== null) return unknown;
  if (isReversed) keyed.reverse();
  return keyed.map(({ item }) => item);
}
