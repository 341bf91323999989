import type { WordStream } from "./words.js";

/**
 * Standard normal values by the ziggurat: Marsaglia and Tsang (2000), with layer and position taken
 * from different bits of a 64-bit number as Doornik (2005) asks, and Marsaglia's (1964) exact tail.
 * The density exp(−x²/2) is covered by LAYERS layers of equal area `area`; layer 0 has the tail.
 */
const LAYERS = 256;
const density = (x: number): number => Math.exp((-x * x) / 2);

/** ∫ exp(−x²/2) from `r` to ∞, by Laplace's continued fraction; 200 terms are exact from r = 2. */
function tailArea(r: number): number {
  let fraction = r;
  for (let k = 200; k >= 1; k--) fraction = r + k / fraction;
  return density(r) / fraction;
}

/** Right ends of the layers for a tail from `r`; the last is NaN where `r` is too small. */
function layerEnds(r: number): { area: number; ends: number[] } {
  const area = r * density(r) + tailArea(r);
  const ends = [area / density(r), r];
  while (ends.length < LAYERS) {
    const last = ends.at(-1)!;
    ends.push(Math.sqrt(-2 * Math.log(area / last + density(last))));
  }
  return { area, ends };
}

/** Where the tail must begin for the layers to end at the top of the density, by bisection. */
function solveTail(): number {
  let low = 3;
  let high = 4;
  for (let i = 0; i < 60; i++) {
    const r = (low + high) / 2;
    const { area, ends } = layerEnds(r);
    const last = ends.at(-1)!;
    // Too little area a layer leaves room under the top.
    if (area / last + density(last) < 1) high = r;
    else low = r;
  }
  return high;
}

/**
 * Engines of JavaScript disagree in the last digits of `exp` and `log`. Ends on a grid of 2⁻³² are the same
 * in all of them, so that a seed gives the same values everywhere; the layers' areas then differ by 10⁻¹⁰,
 * which no number of values that can be drawn would show.
 */
const onGrid = (end: number): number => Math.round(end * 2 ** 32) * 2 ** -32;

const ENDS = Float64Array.of(...layerEnds(solveTail()).ends.map(onGrid), 0);
/** Beyond this, the right end of the layer at the bottom, is the tail. */
export const TAIL = ENDS[1]!;
const HEIGHTS = ENDS.map(density);
/** Positions are 52-bit integers with sign: times WIDTHS they are x; nearer than INSIDE x is under the density. */
const WIDTHS = ENDS.map((end) => end * 2 ** -51);
const INSIDE = ENDS.map((end, i) => Math.floor(((ENDS[i + 1] ?? 0) / end) * 2 ** 51));

/** Fills the first `length` places of `out` with standard normal values. */
export function fillNormal(stream: WordStream, out: Float64Array, length: number): void {
  for (let i = 0; i < length; i++) out[i] = nextNormal(stream);
}

/** One standard normal value. */
export function nextNormal(stream: WordStream): number {
  for (;;) {
    const word = stream.next();
    // The low 8 bits choose the layer, the 24 above them and 28 of the next word the position.
    const layer = word & (LAYERS - 1);
    const position = (word >> 8) * 0x10000000 + (stream.next() >>> 4);
    const x = position * WIDTHS[layer]!;
    if (Math.abs(position) < INSIDE[layer]!) return x;
    if (layer === 0) return Math.sign(x) * normalTail(stream);
    if (underDensity(stream, layer, x)) return x;
  }
}

/** Whether a point at `x`, uniformly high within the layer, is under the density. */
function underDensity(stream: WordStream, layer: number, x: number): boolean {
  const [bottom, top] = [HEIGHTS[layer]!, HEIGHTS[layer + 1]!];
  return bottom + stream.uniform() * (top - bottom) < density(x);
}

/** A value beyond TAIL: Marsaglia (1964). */
function normalTail(stream: WordStream): number {
  for (;;) {
    const beyond = -Math.log1p(-stream.uniform()) / TAIL;
    if (-2 * Math.log1p(-stream.uniform()) >= beyond * beyond) return TAIL + beyond;
  }
}
