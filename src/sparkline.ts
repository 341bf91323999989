/** A layer's densities as a small picture for the end of a line: what is drawn, and what is recommended. */
import { pdf, quantile, std } from "./init/distributions.js";
import { mainParameter } from "./layerText.js";
import type { Distribution, Layer } from "./types.js";

/** Pixels; a line of text is about 18 high. */
const WIDTH = 56;
const HEIGHT = 15;
/** Points of a curve: one each pixel is as smooth as the screen. */
const POINTS = WIDTH;
/** Probability left out at each end: tails are flat and would squeeze the middle. */
const TAIL = 0.002;

/** Colours that stand out on the editor's background. */
export interface SparklineColours {
  readonly current: string;
  readonly recommended: string;
  readonly axis: string;
}

/** A standalone SVG, or `null` where neither density is known. */
export function sparkline({ recommended, ...layer }: Layer, colours: SparklineColours): string | null {
  const current = mainParameter({ ...layer, recommended })?.current;
  const drawn = [current, recommended?.distribution].map((one) => (one && hasDensity(one) ? one : null));
  const range = rangeOf(drawn.filter((one) => one !== null));
  if (!range) return null;
  const [now, wanted] = drawn.map((one) => one && curve(one, range));
  const paths = [
    now && `<path d="${now} V${HEIGHT - 1} H0 Z" fill="${colours.current}" fill-opacity="0.45"/>`,
    wanted && `<path d="${wanted}" fill="none" stroke="${colours.recommended}" stroke-width="1.3"/>`,
    `<path d="M0 ${HEIGHT - 0.5} H${WIDTH}" stroke="${colours.axis}" stroke-width="1"/>`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${paths.filter(Boolean).join("")}</svg>`;
}

function hasDensity(distribution: Distribution): boolean {
  const spread = std(distribution);
  return distribution.kind !== "identity" && spread !== null && spread > 0 && pdf(distribution, 0) !== null;
}

type Range = readonly [low: number, high: number];

function rangeOf(drawn: readonly Distribution[]): Range | null {
  const ends = drawn.flatMap((one) => [quantile(one, TAIL), quantile(one, 1 - TAIL)]);
  const known = ends.flatMap((end) => (end !== null && Number.isFinite(end) ? [end] : []));
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const margin = (high - low) * 0.06;
  return high > low ? [low - margin, high + margin] : null;
}

/** A density as an SVG path; its peak reaches the top, so that a narrow and a wide one can both be seen. */
function curve(distribution: Distribution, [low, high]: Range): string {
  const xs = Array.from({ length: POINTS + 1 }, (_, index) => low + ((high - low) * index) / POINTS);
  const heights = xs.map((x) => pdf(distribution, x) ?? 0);
  const peak = Math.max(...heights.filter(Number.isFinite));
  const points = heights.map((height, index) => {
    const share = Number.isFinite(height) ? height / peak : 1;
    const y = HEIGHT - 1 - share * (HEIGHT - 3);
    return `${((index * WIDTH) / POINTS).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join(" L")}`;
}
