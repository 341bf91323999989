/** `; did you mean "he_normal"?` where one of the candidates is near, else an empty text. */
export function suggest(given: string, candidates: Iterable<string>): string {
  let best = "";
  // Further than a third of the word is no slip of the finger.
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const candidate of candidates) {
    const apart = distance(given.toLowerCase(), candidate.toLowerCase());
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best === "" ? "" : `; did you mean "${best}"?`;
}

/** Levenshtein distance: insertions, deletions and exchanges of one letter. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
