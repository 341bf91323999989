import { UsageError } from "./usage.js";

/** What the letters after a number stand for: powers of ten. */
const LETTERS: ReadonlyMap<string, number> = new Map([
  ["", 0],
  ["k", 3],
  ["m", 6],
  ["b", 9],
  ["g", 9],
  ["t", 12],
]);

/** A number of things from `2048`, `2_048`, `38.6M`, `1.5 B`. That it makes sense is checked where it is used. */
export function readAmount(name: string, text: string): number {
  const [, figures = "", letter = ""] = /^([-+]?[\d._,]+(?:e[-+]?\d+)?)\s*([a-z]?)$/i.exec(text.trim()) ?? [];
  const power = LETTERS.get(letter.toLowerCase());
  const plain = figures.replace(/[_,]/g, "");
  // Written with an exponent, 38.6 million is exact; 38.6 · 10⁶ need not be.
  const value = power === 0 ? Number(plain) : Number(`${plain}e${power}`);
  if (plain === "" || Number.isNaN(value)) {
    throw new UsageError(`${name} takes a count such as 2048 or 38.6M, not "${text}"`);
  }
  return value;
}
