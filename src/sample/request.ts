import type { Distribution } from "../types.js";

/** `draws` draws every value; `multinomial` draws the histogram itself, at a cost that does not grow. */
export type SampleMethod = "draws" | "multinomial";

/** What to draw. Everything is checked once, by `checkRequest`. */
export interface SampleRequest {
  readonly distribution: Distribution;
  /** Sizes of the tensor; `[]` is a single value. */
  readonly shape: readonly number[];
  /** Any text or number; the same seed gives the same result everywhere. Default `0`. */
  readonly seed?: string | number;
  /** Bars of the histogram. Default 50. */
  readonly bins?: number;
  /** Default: `draws` up to `DRAWS_LIMIT` values or where values are asked for, else `multinomial`. */
  readonly method?: SampleMethod;
  /** How many of the first values to keep, in row-major order; `"all"` for every one. Default 0. */
  readonly values?: number | "all";
}

/** Bars of equal width between `low` and `high`; every value drawn is in one of them. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** Distance to the exact distribution, and how probable one at least as large is. */
export interface KolmogorovSmirnov {
  readonly statistic: number;
  readonly pValue: number;
}

/** What `sample --json` prints. `std` is that of the values drawn, over their number n (not n − 1). */
export interface SampleResult {
  readonly count: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly histogram: Histogram;
  /** `null` where the exact distribution of an entry is not known. */
  readonly kolmogorovSmirnov: KolmogorovSmirnov | null;
  readonly method: SampleMethod;
  readonly milliseconds: number;
  /** The first values, where asked for. */
  readonly values?: Float64Array;
  /** How the values were drawn, where that needs saying. */
  readonly note?: string;
}

/** A request with every choice made. */
export interface CheckedRequest {
  readonly distribution: Distribution;
  readonly shape: readonly number[];
  readonly count: number;
  readonly seed: string;
  readonly bins: number;
  readonly method: SampleMethod;
  readonly values: number;
}

/** A request that cannot be answered; the message says which figure, and what would do. */
export class SampleError extends Error {
  override readonly name = "SampleError";
}

/** Above this many values the histogram is drawn instead of the values: 4 million take about 50 ms. */
export const DRAWS_LIMIT = 4_000_000;
/** Counts are doubles: above 2⁵³ − 1 they are no longer exact. */
export const COUNT_LIMIT = Number.MAX_SAFE_INTEGER;
/** Values kept are doubles: this many take 64 MB. */
export const VALUES_LIMIT = 8_000_000;
/** More bars than pixels help nobody; and 16 fine cells a bar stay within a processor's cache. */
export const BINS_LIMIT = 4096;
const DEFAULT_BINS = 50;

/** Checks a request and fills in its defaults; throws `SampleError`. */
export function checkRequest(request: SampleRequest): CheckedRequest {
  const count = checkShape(request.shape);
  const values = checkValues(request.values ?? 0, count);
  const method = request.method ?? (values > 0 || count <= DRAWS_LIMIT ? "draws" : "multinomial");
  if (method !== "draws" && method !== "multinomial") {
    throw new SampleError(`unknown method "${String(method)}"; the methods are draws and multinomial`);
  }
  if (values > 0 && method === "multinomial") {
    throw new SampleError(
      "the method multinomial draws no single values; ask for them with the method draws",
    );
  }
  const bins = request.bins ?? DEFAULT_BINS;
  if (!Number.isInteger(bins) || bins < 1 || bins > BINS_LIMIT) {
    throw new SampleError(`bins must be a whole number from 1 to ${BINS_LIMIT}, not ${bins}`);
  }
  checkDistribution(request.distribution);
  const { distribution, shape } = request;
  return { distribution, shape, count, seed: String(request.seed ?? 0), bins, method, values };
}

/** The number of values of a shape. */
function checkShape(shape: readonly number[]): number {
  for (const size of shape) {
    if (!Number.isFinite(size) || !Number.isInteger(size) || size < 1) {
      throw new SampleError(`sizes are whole numbers from 1, not ${size}`);
    }
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > COUNT_LIMIT) {
    throw new SampleError(`${shape.join(" × ")} is ${count} values; at most ${COUNT_LIMIT} can be counted`);
  }
  return count;
}

function checkValues(values: number | "all", count: number): number {
  const wanted = values === "all" ? count : values;
  if (!Number.isInteger(wanted) || wanted < 0) {
    throw new SampleError(`values must be a whole number from 0, not ${wanted}`);
  }
  const kept = Math.min(wanted, count);
  if (kept > VALUES_LIMIT)
    throw new SampleError(`${kept} values are too many to keep; at most ${VALUES_LIMIT}`);
  return kept;
}

function checkDistribution(distribution: Distribution): void {
  switch (distribution.kind) {
    case "uniform":
      checkBounds(distribution);
      if (!Number.isFinite(distribution.high - distribution.low)) {
        throw new SampleError(`low ${distribution.low} and high ${distribution.high} are too far apart`);
      }
      break;
    case "normal":
      checkFinite("mean", distribution.mean);
      checkSpread("std", distribution.std);
      break;
    case "truncated_normal":
      checkFinite("mean", distribution.mean);
      checkSpread("scale", distribution.scale);
      checkOrder(distribution);
      break;
    case "constant":
      checkFinite("value", distribution.value);
      break;
    case "orthogonal":
    case "identity":
      checkFinite("gain", distribution.gain);
      break;
    case "unknown":
      throw new SampleError("the distribution is not known, so nothing can be drawn from it");
    default:
      throw new SampleError(`unknown distribution ${JSON.stringify(distribution)}`);
  }
}

function checkBounds({ low, high }: { low: number; high: number }): void {
  checkFinite("low", low);
  checkFinite("high", high);
  checkOrder({ low, high });
}

/** Infinite bounds are fine here: they do not truncate. */
function checkOrder({ low, high }: { low: number; high: number }): void {
  if (typeof low !== "number" || typeof high !== "number" || !(low <= high)) {
    throw new SampleError(`low must not be above high, but low is ${low} and high is ${high}`);
  }
}

function checkSpread(name: string, value: number): void {
  checkFinite(name, value);
  if (value < 0) throw new SampleError(`${name} must not be negative, but is ${value}`);
}

function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new SampleError(`${name} must be a finite number, not ${value}`);
}
