/** Plain data that says the same as before stays the same object, so that whoever follows can tell. */

/** Whether two values of plain data are equal. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isEqual(item, other[index]))
    );
  }
  const [first, second] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = Object.keys(first);
  return (
    !Array.isArray(other) &&
    keys.length === Object.keys(second).length &&
    keys.every((key) => Object.hasOwn(second, key) && isEqual(first[key], second[key]))
  );
}

/** What hangs on an object alone, worked out once while the object lasts. */
export function lasting<Key extends object, Result>(find: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { result: find(key) };
      known.set(key, found);
    }
    return found.result;
  };
}

/** Items of a list, each the object of an earlier list where that has an equal one of the same key. */
export function keptItems<T>(
  before: ReadonlyMap<string, T>,
  after: readonly T[],
  keyOf: (item: T) => string,
): T[] {
  return after.map((item) => {
    const known = before.get(keyOf(item));
    return known !== undefined && isEqual(known, item) ? known : item;
  });
}

/** What to put where into a list to get another: from the `from`-th item on `removed` go and `items` come. */
export interface Splice<T> {
  readonly from: number;
  readonly removed: number;
  readonly items: readonly T[];
}

/** The shortest splice that turns one list into another. */
export function spliceBetween<T>(before: readonly T[], after: readonly T[]): Splice<T> {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && isEqual(before[from], after[from])) from++;
  let kept = 0;
  while (kept < most - from && isEqual(before.at(-1 - kept), after.at(-1 - kept))) kept++;
  return { from, removed: before.length - from - kept, items: after.slice(from, after.length - kept) };
}

/** The other list; what both have stays the same objects, down to the whole list. */
export function spliced<T>(before: readonly T[], { from, removed, items }: Splice<T>): readonly T[] {
  if (removed === 0 && items.length === 0) return before;
  return [...before.slice(0, from), ...items, ...before.slice(from + removed)];
}
