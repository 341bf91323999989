/** A layer's densities as a picture: what is drawn now (filled), and what is recommended (line). */
import { describe, formatNumber } from "../init/describe.js";
import { pdf, quantile, std } from "../init/distributions.js";
import type { Distribution, Layer } from "../types.js";
import { mainParameter, schemeName } from "./layerText.js";

/** Colours that stand out on the editor's background. */
export interface PictureColours {
  readonly current: string;
  readonly recommended: string;
  readonly axis: string;
  readonly text: string;
}

/** Pixels. */
interface Box {
  readonly width: number;
  readonly height: number;
}

/** As high as a line of text. */
const SPARKLINE: Box = { width: 56, height: 15 };
/** In a hover; the curves have the upper part, the figures the lower. */
const PICTURE: Box = { width: 380, height: 84 };
const LABELS = 34;
/** Probability left out at each end: tails are flat and would squeeze the middle. */
const TAIL = 0.002;

/** For the end of a line; `null` where neither density is known. */
export function sparkline(layer: Layer, colours: PictureColours): string | null {
  const curves = curvesOf(layer, SPARKLINE, colours);
  return curves && svg(SPARKLINE, curves.paths);
}

/** For a hover, with the ends of the axis and what the two curves are; `null` where neither density is known. */
export function densityPicture(layer: Layer, colours: PictureColours): string | null {
  const curves = curvesOf(layer, PICTURE, colours);
  if (!curves) return null;
  const [low, high] = curves.range;
  const { width, height } = PICTURE;
  const label = (x: number, anchor: string, text: string, y = height + 13, colour = colours.text) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" font-size="11" font-family="sans-serif">${escaped(text)}</text>`;
  const { recommended } = layer;
  const current = mainParameter(layer)?.current;
  const zero = (-low / (high - low)) * width;
  const labels = [
    label(0, "start", formatNumber(low, 3)),
    label(width, "end", formatNumber(high, 3)),
    zero > 60 && zero < width - 60 ? label(zero, "middle", "0") : "",
    current ? label(0, "start", `■ now ${describe(current)}`, height + 29, colours.current) : "",
    recommended
      ? label(
          width,
          "end",
          `— ${schemeName(recommended.scheme)} ${describe(recommended.distribution)}`,
          height + 29,
          colours.recommended,
        )
      : "",
  ];
  return svg({ width, height: height + LABELS }, [...curves.paths, ...labels].join(""));
}

function curvesOf(layer: Layer, box: Box, colours: PictureColours) {
  const wanted = layer.recommended?.distribution;
  const current = mainParameter(layer)?.current;
  const drawn = [current, wanted].map((one) => (one && hasDensity(one) ? one : null));
  const range = rangeOf(drawn.filter((one) => one !== null));
  if (!range) return null;
  const { width, height } = box;
  const [now, should] = drawn.map((one) => one && curve(one, range, box));
  const paths = [
    now ? `<path d="${now} V${height - 1} H0 Z" fill="${colours.current}" fill-opacity="0.45"/>` : "",
    should ? `<path d="${should}" fill="none" stroke="${colours.recommended}" stroke-width="1.3"/>` : "",
    `<path d="M0 ${height - 0.5} H${width}" stroke="${colours.axis}" stroke-width="1"/>`,
  ].join("");
  return { paths, range };
}

function svg({ width, height }: Box, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
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
function curve(distribution: Distribution, [low, high]: Range, { width, height }: Box): string {
  const xs = Array.from({ length: width + 1 }, (_, x) => low + ((high - low) * x) / width);
  const heights = xs.map((x) => pdf(distribution, x) ?? 0);
  const peak = Math.max(...heights.filter(Number.isFinite));
  const points = heights.map((density, x) => {
    const share = Number.isFinite(density) ? density / peak : 1;
    return `${x} ${(height - 1 - share * (height - 3)).toFixed(1)}`;
  });
  return `M${points.join(" L")}`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
