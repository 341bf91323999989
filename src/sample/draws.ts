import { type Grid, makeGrid } from "./grid.js";
import { CHUNK, kernel } from "./kernel.js";
import type { CheckedRequest } from "./request.js";
import { sphereDraw } from "./sphere.js";
import type { Standard } from "./standard.js";
import { type Draw, isWide, truncatedDraw } from "./truncated.js";
import { WordStream } from "./words.js";

/**
 * Values are drawn in blocks of fixed size, each from a substream of its own, so that any number of
 * workers makes the same values: value i is in block ⌊i / BLOCK⌋.
 */
export const BLOCK = 65_536;

/** What one pass over some blocks leaves, in standard units. */
export interface Tally {
  /** Values in each fine cell. */
  readonly cells: Float64Array;
  /** Σt and Σt² of each block, where t = z − centre: added up in order of blocks, whoever made them. */
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
  const counter = new Counter(makeGrid(standard, request.bins), standard.centre, end - first);
  const kept = new Float64Array(Math.max(0, Math.min(keptCount(request), stop) - start));
  for (let block = first; block < end; block++) {
    stream.enter(block);
    const from = block * BLOCK;
    const to = Math.min(from + BLOCK, stop);
    for (let at = from; at < to; at += CHUNK) {
      const values = fill(stream, Math.min(CHUNK, to - at));
      counter.add(values);
      const keep = Math.min(values.length, start + kept.length - at);
      if (keep > 0) kept.set(values.subarray(0, keep), at - start);
    }
    counter.endBlock(block - first);
    yield (to - start) / (stop - start);
  }
  return counter.finish(kept);
}

/** Counts, sums and extremes of values in standard units, some blocks of them. */
export class Counter {
  readonly #grid: Grid;
  readonly #centre: number;
  readonly #cells: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  /** Whether the kernel holds some of a block's counts. */
  #counting = false;

  constructor(grid: Grid, centre: number, blocks: number) {
    this.#grid = grid;
    this.#centre = centre;
    this.#cells = new Float64Array(grid.cells);
    this.#sums = new Float64Array(blocks);
    this.#squares = new Float64Array(blocks);
  }

  /** One pass over at most CHUNK values. Nothing else may count before `endBlock`. */
  add(values: Float64Array): void {
    const shared = kernel();
    const { low, density, cells } = this.#grid;
    if (!this.#counting) shared.clear(cells);
    this.#counting = true;
    if (values.buffer !== shared.values.buffer) shared.values.set(values);
    shared.tally(values.length, low, density, this.#centre);
  }

  /** What was added since the last block ended is one block. */
  endBlock(block: number): void {
    const { cells, totals } = kernel();
    const last = this.#grid.cells;
    for (let i = 0; i < last; i++) this.#cells[i]! += cells[i]!;
    this.#cells[last - 1]! += cells[last]!;
    this.#sums[block] = totals[0]!;
    this.#squares[block] = totals[1]!;
    this.#min = Math.min(this.#min, totals[2]!);
    this.#max = Math.max(this.#max, totals[3]!);
    this.#counting = false;
  }

  finish(kept: Float64Array): Tally {
    return {
      cells: this.#cells,
      sums: this.#sums,
      squares: this.#squares,
      min: this.#min,
      max: this.#max,
      kept,
    };
  }
}

/** The next `length` values in standard units, at most CHUNK. */
type Fill = (stream: WordStream, length: number) => Float64Array;

function filler({ kind, low, high }: Standard): Fill {
  switch (kind) {
    case "uniform":
      return (stream, length) => stream.uniforms(length);
    case "normal":
      if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) {
        return (stream, length) => stream.normals(length);
      }
      return isWide(low, high)
        ? (stream, length) => stream.normalsWithin(length, low, high)
        : oneByOne(truncatedDraw(low, high));
    case "sphere":
      return oneByOne(sphereDraw(Math.round(high ** 2)));
  }
}

function oneByOne(draw: Draw): Fill {
  const values = new Float64Array(CHUNK);
  return (stream, length) => {
    for (let i = 0; i < length; i++) values[i] = draw(stream);
    return values.subarray(0, length);
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
