import { type Grid, makeGrid } from "./grid.js";
import type { CheckedRequest } from "./request.js";
import { type Standard, toValue } from "./standard.js";
import { WordStream } from "./words.js";
import { fillNormal, nextNormal } from "./ziggurat.js";

/**
 * Values are drawn in blocks of fixed size, each from a substream of its own, so that any number of
 * workers makes the same values: value i is in block ⌊i / BLOCK⌋.
 */
export const BLOCK = 65_536;
/** Values made at a time, between making and counting: 32 kB. */
const CHUNK = 4096;

/** What one pass over some blocks leaves. Values themselves only where asked for. */
export interface Tally {
  /** Values in each fine cell. */
  readonly cells: Float64Array;
  /** Σz and Σz² of each block in standard units: added up in order of blocks, whoever made them. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly min: number;
  readonly max: number;
  /** The first values of the tensor, as far as they are in these blocks. */
  readonly values: Float64Array;
}

/** How many blocks `count` values make. */
export function blockCount(count: number): number {
  return Math.ceil(count / BLOCK);
}

/**
 * Draws the blocks from `first` up to `end`, counting as it goes. Yields after each block how many
 * values are done, so that the caller can report, attend to others, or stop.
 */
export function* drawBlocks(
  request: CheckedRequest,
  standard: Standard,
  first: number,
  end: number,
): Generator<number, Tally> {
  const grid = makeGrid(standard, request.bins);
  const stream = new WordStream(request.seed);
  const start = first * BLOCK;
  const stop = Math.min(end * BLOCK, request.count);
  const tally = new Counter(grid, end - first);
  const values = new Float64Array(Math.max(0, Math.min(request.values, stop) - start));
  const chunk = new Float64Array(CHUNK);
  for (let block = first; block < end; block++) {
    stream.enter(block);
    const from = block * BLOCK;
    const to = Math.min(from + BLOCK, stop);
    for (let at = from; at < to; at += CHUNK) {
      const length = Math.min(CHUNK, to - at);
      fillStandard(standard, stream, chunk, length);
      tally.add(chunk, length, block - first);
      const kept = Math.min(length, start + values.length - at);
      for (let i = 0; i < kept; i++) values[at - start + i] = toValue(standard, chunk[i]!);
    }
    yield to - start;
  }
  return tally.finish(values);
}

/** Counts, sums and extremes of values in standard units. */
class Counter {
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

  finish(values: Float64Array): Tally {
    const last = this.#grid.cells;
    this.#cells[last - 1]! += this.#cells[last]!;
    const cells = this.#cells.slice(0, last);
    return {
      cells,
      sums: this.#sums,
      squares: this.#squares,
      min: this.#min,
      max: this.#max,
      values,
    };
  }
}

/** Fills the first `length` places of `out` with values in standard units. */
function fillStandard(standard: Standard, stream: WordStream, out: Float64Array, length: number): void {
  if (standard.kind === "uniform") stream.fillUniform(out, length);
  else if (standard.low === Number.NEGATIVE_INFINITY && standard.high === Number.POSITIVE_INFINITY) {
    fillNormal(stream, out, length);
  } else fillTruncated(standard, stream, out, length);
}

/** The normal values that fall within the bounds: exact, and fast where most do. */
function fillTruncated({ low, high }: Standard, stream: WordStream, out: Float64Array, length: number): void {
  for (let i = 0; i < length; ) {
    out[i] = nextNormal(stream);
    if (out[i]! >= low && out[i]! <= high) i++;
  }
}

/** The tallies of neighbouring ranges of blocks as one. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const cells = new Float64Array(tallies[0]!.cells.length);
  for (const tally of tallies) for (let i = 0; i < cells.length; i++) cells[i]! += tally.cells[i]!;
  return {
    cells,
    sums: concatenate(tallies.map(({ sums }) => sums)),
    squares: concatenate(tallies.map(({ squares }) => squares)),
    values: concatenate(tallies.map(({ values }) => values)),
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
