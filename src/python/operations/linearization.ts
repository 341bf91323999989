import type { PyClass } from "../values.js";

/** C3: the class itself, then its bases' orders merged; null where Python raises TypeError. */
export function linearize(cls: PyClass, bases: readonly PyClass[]): PyClass[] | null {
  const order = [cls];
  const pending = [...bases.map((base) => [...base.mro]), [...bases]];
  for (;;) {
    const lists = pending.filter((list) => list.length > 0);
    if (lists.length === 0) return order;
    const next = lists
      .map((list) => list[0]!)
      .find((candidate) => !lists.some((list) => list.indexOf(candidate) > 0));
    if (next === undefined) return null;
    order.push(next);
    for (const list of lists) if (list[0] === next) list.shift();
  }
}
