/** No more results of one function are kept. */
const MOST_KEPT = 1000;

/**
 * The same function, which works out each result once: layers of a file share a few sizes, and a file is
 * analysed with every keystroke. `keyOf` writes everything that the result hangs on.
 */
export function remembered<Input, Result>(
  keyOf: (input: Input) => string,
  workOut: (input: Input) => Result,
): (input: Input) => Result {
  const known = new Map<string, Result>();
  return (input) => {
    const key = keyOf(input);
    const found = known.get(key);
    if (found !== undefined) return found;
    const result = workOut(input);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, result);
    return result;
  };
}
