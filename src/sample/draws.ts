import { type Grid, makeGrid } from "./grid.js";
import type { CheckedRequest } from "./request.js";
import { sphereDraw } from "./sphere.js";
import type { Standard } from "./standard.js";
import { type Draw, truncatedDraw } from "./truncated.js";
import { WordStream } from "./words.js";
import { fillNormal } from "./ziggurat.js";

/**
 * Values are drawn in blocks of fixed size, each from a substream of its own, so that any number of
 * workers makes the same values: value i is in block ⌊i / BLOCK⌋.
 */
export const BLOCK = 65_536;
/** Values made at a time, between making and counting: 32 kB. */
const CHUNK = 4096;

/** What one pass over some blocks leaves, in standard units. */
export interface Tally {
  /** Values in each fine cell. */
  readonly cells: Float64Array;
  /** Σz and Σz² of each block: added up in order of blocks, whoever made them. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly min: number;
  readonly max: number;
  /** The first values of the tensor, as far as they are kept and in these blocks. */
  readonly kept: Float64Array;
}

/** Up to this many values all are kept, to be sorted for an exact Kolmogorov–Smirnov distance (1 MB). */
const SORTED_LIMIT = 131_072;

/** How many of the first values to keep, for the caller or for the statistics. */
export function keptCount({ count, values }: CheckedRequest): number {
  return count <= SORTED_LIMIT ? count : values;
}

/** How many blocks `count` values make. */
export function blockCount(count: number): number {
  return Math.ceil(count / BLOCK);
}

/** Draws the blocks from `first` up to `end`, counting as it goes. Yields the fraction of them done. */
export function* drawBlocks(
  request: CheckedRequest,
  standard: Standard,
  first: number,
  end: number,
): Generator<number, Tally> {
  const stream = new WordStream(request.seed);
  const fill = filler(standard);
  const start = first * BLOCK;
  const stop = Math.min(end * BLOCK, request.count);
  const counter = new Counter(makeGrid(standard, request.bins), end - first);
  const kept = new Float64Array(Math.max(0, Math.min(keptCount(request), stop) - start));
  const chunk = new Float64Array(CHUNK);
  for (let block = first; block < end; block++) {
    stream.enter(block);
    const from = block * BLOCK;
    const to = Math.min(from + BLOCK, stop);
    for (let at = from; at < to; at += CHUNK) {
      const length = Math.min(CHUNK, to - at);
      fill(stream, chunk, length);
      counter.add(chunk, length, block - first);
      const keep = Math.min(length, start + kept.length - at);
      if (keep > 0) kept.set(chunk.subarray(0, keep), at - start);
    }
    yield (to - start) / (stop - start);
  }
  return counter.finish(kept);
}

/** Counts, sums and extremes of values in standard units, some blocks of them. */
export class Counter {
  readonly #grid: Grid;
  /** One place more than cells: rounding may put a value right at the end of the last. */
  readonly #cells: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(grid: Grid, blocks: number) {
    this.#grid = grid;
    this.#cells = new Float64Array(grid.cells + 1);
    this.#sums = new Float64Array(blocks);
    this.#squares = new Float64Array(blocks);
  }

  /** One pass over the first `length` values of `chunk`. */
  add(chunk: Float64Array, length: number, block: number): void {
    const { low, density } = this.#grid;
    const cells = this.#cells;
    let sum = 0;
    let square = 0;
    let min = this.#min;
    let max = this.#max;
    for (let i = 0; i < length; i++) {
      const z = chunk[i]!;
      sum += z;
      square += z * z;
      if (z < min) min = z;
      if (z > max) max = z;
      cells[((z - low) * density) | 0]! += 1;
    }
    this.#sums[block]! += sum;
    this.#squares[block]! += square;
    this.#min = min;
    this.#max = max;
  }

  finish(kept: Float64Array): Tally {
    const last = this.#grid.cells;
    this.#cells[last - 1]! += this.#cells[last]!;
    const cells = this.#cells.slice(0, last);
    return {
      cells,
      sums: this.#sums,
      squares: this.#squares,
      min: this.#min,
      max: this.#max,
      kept,
    };
  }
}

/** Fills the first `length` places of `out` with values in standard units. */
type Fill = (stream: WordStream, out: Float64Array, length: number) => void;

function filler({ kind, low, high }: Standard): Fill {
  switch (kind) {
    case "uniform":
      return (stream, out, length) => stream.fillUniform(out, length);
    case "normal":
      return low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY
        ? fillNormal
        : fillOneByOne(truncatedDraw(low, high));
    case "sphere":
      return fillOneByOne(sphereDraw(Math.round(high ** 2)));
  }
}

function fillOneByOne(draw: Draw): Fill {
  return (stream, out, length) => {
    for (let i = 0; i < length; i++) out[i] = draw(stream);
  };
}

/** The tallies of neighbouring ranges of blocks as one. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const cells = new Float64Array(tallies[0]!.cells.length);
  for (const tally of tallies) for (let i = 0; i < cells.length; i++) cells[i]! += tally.cells[i]!;
  return {
    cells,
    sums: concatenate(tallies.map(({ sums }) => sums)),
    squares: concatenate(tallies.map(({ squares }) => squares)),
    kept: concatenate(tallies.map(({ kept }) => kept)),
    min: Math.min(...tallies.map(({ min }) => min)),
    max: Math.max(...tallies.map(({ max }) => max)),
  };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
