import { randomBinomial } from "d3-random";
import type { Tally } from "./draws.js";
import { cellEdge, makeGrid } from "./grid.js";
import { type Law, standardLaw } from "./law.js";
import type { CheckedRequest } from "./request.js";
import type { Standard } from "./standard.js";
import { WordStream } from "./words.js";

/**
 * The counts of n independent values in fixed cells are multinomial: so they are drawn, cell by cell,
 * each binomial given the ones before it, at a cost that does not grow with n. What the values are
 * within their cells then follows: in a cell with few values each is drawn; of many only the sums are,
 * as normal variables (the sum of 32 values uniform to one part in a thousand), and where the cell is
 * the first or the last, its smallest or largest value.
 */
const FEW = 32;
/** Cells between two reports of progress: well below a millisecond. */
const STEP_CELLS = 512;

/** What is in one cell. */
interface Content {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** Draws the tally of `request.count` values. Yields the fraction done. */
export function* drawMultinomial(request: CheckedRequest, standard: Standard): Generator<number, Tally> {
  const law = standardLaw(standard);
  const stream = new WordStream(request.seed);
  const contents: Content[] = [];
  const cells = new Float64Array(makeGrid(standard, request.bins).cells);
  for (const { cell, content } of drawCounts(request, standard, law, stream)) {
    cells[cell] = content.count;
    contents.push(content);
    if (contents.length % STEP_CELLS === 0) yield cell / cells.length / 2;
  }
  const sums = new Sums(law, standard.centre, stream);
  for (const [index, content] of contents.entries()) {
    sums.add(content, index === 0, index === contents.length - 1);
    if (index % STEP_CELLS === 0) yield 0.5 + index / contents.length / 2;
  }
  return { cells, ...sums.tally() };
}

/** The cells that hold values, from the lowest. */
function* drawCounts(
  { count, bins }: CheckedRequest,
  standard: Standard,
  law: Law,
  stream: WordStream,
): Generator<{ cell: number; content: Content }> {
  const grid = makeGrid(standard, bins);
  const binomial = randomBinomial.source(() => stream.uniform());
  const end = cellEdge(grid, grid.cells);
  let left = count;
  for (let cell = 0; left > 0; cell++) {
    const [low, high] = [cellEdge(grid, cell), cellEdge(grid, cell + 1)];
    const share = cell === grid.cells - 1 ? 1 : law.between(low, high) / law.between(low, end);
    const drawn = binomial(left, Math.min(1, share))();
    left -= drawn;
    if (drawn > 0) yield { cell, content: { count: drawn, low, high } };
  }
}

/** Σ(z − centre), Σ(z − centre)², smallest and largest of values of which only the counts in cells are known so far. */
class Sums {
  readonly #law: Law;
  readonly #centre: number;
  readonly #stream: WordStream;
  #sum = 0;
  #square = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(law: Law, centre: number, stream: WordStream) {
    this.#law = law;
    this.#centre = centre;
    this.#stream = stream;
  }

  tally(): Omit<Tally, "cells"> {
    return {
      sums: Float64Array.of(this.#sum),
      squares: Float64Array.of(this.#square),
      min: this.#min,
      max: this.#max,
      kept: new Float64Array(0),
    };
  }

  /** Adds the values of a cell, which may be the first or the last that holds any. */
  add(content: Content, first: boolean, last: boolean): void {
    if (content.count <= FEW) this.#addEach(content);
    else if (first) this.add(this.#takeExtreme(content, "min"), false, last);
    else if (last) this.add(this.#takeExtreme(content, "max"), false, false);
    else this.#addSums(content);
  }

  #addEach({ count, low, high }: Content): void {
    for (let i = 0; i < count; i++) this.#addValue(this.#law.pick(this.#stream.uniform(), low, high));
  }

  #addValue(z: number): void {
    this.#sum += z - this.#centre;
    this.#square += (z - this.#centre) ** 2;
    this.#min = Math.min(this.#min, z);
    this.#max = Math.max(this.#max, z);
  }

  /** Draws the smallest or largest of the values in a cell; the others are then on its other side. */
  #takeExtreme({ count, low, high }: Content, which: "min" | "max"): Content {
    // The largest of n numbers in [0, 1) is U^(1/n); this is one minus it, with all its digits.
    const gap = -Math.expm1(Math.log1p(-this.#stream.uniform()) / count);
    const z = this.#law.pick(which === "min" ? gap : 1 - gap, low, high);
    this.#addValue(z);
    return { count: count - 1, low: which === "min" ? z : low, high: which === "min" ? high : z };
  }

  /**
   * With z = middle + t, |t| ≤ h, and a density linear in t: E t = h/3 · (difference of the halves),
   * Var t = h²/3 − (E t)², E t² = h²/3, Var t² = 4h⁴/45.
   */
  #addSums({ count, low, high }: Content): void {
    const h = (high - low) / 2;
    const middle = low + h;
    const [left, right] = [this.#law.between(low, middle), this.#law.between(middle, high)];
    const shift = (((2 * h) / 3) * (right - left)) / (right + left);
    const spread = Math.sqrt(count);
    const t = count * shift + spread * Math.sqrt((h * h) / 3 - shift * shift) * this.#stream.normal();
    const tt = (count * h * h) / 3 + spread * h * h * Math.sqrt(4 / 45) * this.#stream.normal();
    const from = middle - this.#centre;
    this.#sum += count * from + t;
    this.#square += count * from * from + 2 * from * t + tt;
  }
}
