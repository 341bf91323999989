/** Does this matrix keep lengths? Its singular values against the law of random matrices. */
import { type FactTable, valuesTable } from "./facts";
import { figure, shapeText } from "./figures";
import type { PayloadOf } from "./payload";
import { brush, type ChartOptions, clips, frame, type Json, type Spec } from "./spec";
import { subject } from "./words";

type Singular = PayloadOf<"singular">;
const BINS = 32;
const POINTS = 121;

/** Histogram of the singular values, with the Marchenko–Pastur law where the entries are independent. */
export function singularSpec(payload: Singular, options: ChartOptions): Spec {
  const { theme } = options;
  const law = payload.std ? marchenkoPastur(payload.shape, payload.std) : null;
  const { high, equal } = range(payload.values);
  const domain = options.zoom ?? (equal ? [0, 2 * (high || 1)] : null);
  const x = {
    field: "from",
    bin: "binned",
    type: "quantitative",
    title: law ? "singular value (bars: drawn, line: Marchenko and Pastur's law)" : "singular value",
    axis: { format: ".3~g", tickCount: 7 },
    scale: { zero: false, nice: false, ...(domain ? { domain: [...domain] } : { padding: 10 }) },
  };
  const bars: Json = {
    name: "bars",
    params: brush(options),
    data: { values: valueBins(payload.values).map((row) => ({ ...row })) },
    mark: { type: "bar", color: theme.series[0]!, binSpacing: 1, clip: clips(options), aria: false },
    encoding: {
      x,
      x2: { field: "to" },
      y: {
        field: "density",
        type: "quantitative",
        title: equal ? "share of values" : "density",
        axis: { tickCount: 4 },
      },
      tooltip: [
        { field: "from", type: "quantitative", title: "from", format: ".4~g" },
        { field: "to", type: "quantitative", title: "to", format: ".4~g" },
        { field: "count", type: "quantitative", title: "singular values" },
      ],
    },
  };
  const line = (color: string, strokeWidth: number): Json => ({
    data: { values: (law ?? []).map((point) => ({ ...point })) },
    mark: { type: "line", color, strokeWidth, clip: clips(options), aria: false, tooltip: null },
    encoding: {
      x: { field: "value", type: "quantitative" },
      y: { field: "density", type: "quantitative" },
    },
  });
  return {
    ...frame(`Does ${subject(payload.layer)} keep lengths?`, singularAnswer(payload), options),
    width: options.width,
    height: options.height,
    layer: law ? [bars, line(theme.background, 5), line(theme.foreground, 2)] : [bars],
  };
}

/** Range and condition number; the edges of the law. */
export function singularAnswer({ values, shape, std }: Singular): string {
  const largest = Math.max(...values);
  const smallest = Math.min(...values);
  const all =
    largest === smallest
      ? `${shapeText(shape)}: every singular value is ${figure(largest)}, so every length is scaled alike.`
      : null;
  if (all) return all;
  const condition = smallest > 0 ? `, condition number ${figure(largest / smallest)}` : ", singular";
  const edges = std ? lawEdges(shape, std) : null;
  const law = edges ? ` Marchenko and Pastur: ${figure(edges[0])} to ${figure(edges[1])}.` : "";
  return `${shapeText(shape)}: singular values from ${figure(smallest)} to ${figure(largest)}${condition}.${law}`;
}

/** Smallest and largest singular value of a large random matrix: σ(√M ∓ √m), M the longer side. */
export function lawEdges([rows, columns]: readonly [number, number], sigma: number): [number, number] {
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
  return [sigma * (Math.sqrt(long) - Math.sqrt(short)), sigma * (Math.sqrt(long) + Math.sqrt(short))];
}

/**
 * The density of singular values of a matrix with independent entries of standard deviation `sigma`
 * (Marchenko and Pastur 1967), taken from eigenvalues λ = s²/(σ²M) to s.
 */
export function marchenkoPastur(
  shape: readonly [number, number],
  sigma: number,
): { value: number; density: number }[] {
  const [low, high] = lawEdges(shape, sigma);
  const long = Math.max(...shape);
  const ratio = Math.min(...shape) / long;
  if (!(high > low) || ratio === 0) return [];
  const unit = sigma * Math.sqrt(long);
  const [a, b] = [(1 - Math.sqrt(ratio)) ** 2, (1 + Math.sqrt(ratio)) ** 2];
  return Array.from({ length: POINTS }, (_, i) => {
    // Denser towards the edges, where the law is steep.
    const value = low + ((high - low) * (1 - Math.cos((Math.PI * i) / (POINTS - 1)))) / 2;
    const s = value / unit;
    const inside = Math.max(0, (b - s * s) * (s * s - a));
    const density = s > 0 ? Math.sqrt(inside) / (Math.PI * ratio * s) / unit : 2 / (Math.PI * unit);
    return { value, density };
  });
}

interface ValueBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly density: number;
}

/** Bins over the values; one narrow bin around them where all are equal, as for an orthogonal matrix. */
function valueBins(values: readonly number[]): ValueBin[] {
  const { low, high, equal } = range(values);
  const bins = equal ? 1 : BINS;
  const width = equal ? (high || 1) / 60 : (high - low) / BINS;
  const start = equal ? low - width / 2 : low;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - start) / width))]!++;
  return counts.map((count, i) => ({
    from: start + i * width,
    to: start + (i + 1) * width,
    count,
    density: equal ? count / values.length : count / values.length / width,
  }));
}

function range(values: readonly number[]) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return { low, high, equal: high - low <= 1e-6 * high };
}

/** Each singular value. */
export const singularFacts = ({ values }: Singular): FactTable[] => [
  valuesTable("Singular values, largest first", "singular value", values),
];
