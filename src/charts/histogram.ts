/** What values does this weight start with? One drawing against its exact density, limits marked. */
import { describe } from "../init/distributions";
import type { Distribution } from "../types";
import { bins, onlyValue } from "./bins";
import { densityCurve, span } from "./density";
import { figure, plural } from "./figures";
import type { Draw, PayloadOf } from "./payload";
import { brush, type ChartOptions, clips, frame, type Json, mostMarks, type Spec } from "./spec";
import { subject } from "./words";

/** The histogram chart of the first drawing of a payload. */
export function histogramSpec(payload: PayloadOf<"histogram">, options: ChartOptions): Spec {
  const draw = payload.draws[0]!;
  const question =
    draw.role === "actual"
      ? `What values does ${subject(payload.layer)} hold now?`
      : `What values will ${subject(payload.layer)} start with?`;
  const base = frame(question, histogramAnswer(draw), options);
  const only = onlyValue(draw.result);
  const layers =
    only === null
      ? continuous(draw, bins(draw.result.histogram, mostMarks(options)), options)
      : single(only, options);
  return { ...base, width: options.width, height: options.height, layer: layers };
}

/** One sentence of figures: what was asked for, what came out. */
export function histogramAnswer({ distribution, label, result }: Draw): string {
  const name = label ? `${sentence(label)}, ` : "";
  const only = onlyValue(result);
  if (only !== null) {
    const all = result.count === 1 ? "the one value is" : `all ${plural(result.count, "value")} are`;
    return sentence(`${label ? `${label}: ` : ""}${all} ${figure(only)}.`);
  }
  if (result.count === 0) return `${name}${describe(distribution)}: no value to draw.`;
  const exact = distribution.std === undefined ? "" : ` (exact ${figure(distribution.std)})`;
  return `${name}${describe(distribution)}: ${plural(result.count, "value")}, std ${figure(result.std)}${exact}.`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function continuous(draw: Draw, rows: ReturnType<typeof bins>, options: ChartOptions): Json[] {
  const { theme } = options;
  const [low, high] = span(draw.distribution, draw.result.histogram);
  const curve = densityCurve(draw.distribution, low, high);
  const x = {
    field: "from",
    bin: "binned",
    type: "quantitative",
    title: curve ? "value (bars: drawn, line: exact density)" : "value",
    axis: valueAxis(),
    scale: xScale(options),
  };
  const bars = {
    name: "bars",
    params: brush(options),
    data: { values: rows.map((row) => ({ ...row })) },
    mark: { type: "bar", color: theme.series[0]!, binSpacing: 1, clip: clips(options), aria: false },
    encoding: {
      x,
      x2: { field: "to" },
      y: { field: "density", type: "quantitative", title: "density", axis: { tickCount: 4 } },
      tooltip: [
        { field: "from", type: "quantitative", title: "from", format: ".4~g" },
        { field: "to", type: "quantitative", title: "to", format: ".4~g" },
        { field: "count", type: "quantitative", title: "values", format: "," },
        { field: "density", type: "quantitative", title: "density", format: ".4~g" },
      ],
    },
  };
  return [bars, ...(curve ? exactCurve(curve, options) : []), ...limitMarks(draw.distribution, options)];
}

/** The exact density, with a halo in the ground's colour so that it reads over the bars. */
function exactCurve(curve: readonly { value: number; density: number }[], options: ChartOptions): Json[] {
  const { theme } = options;
  const data = { values: curve.map((point) => ({ ...point })) };
  const encoding = {
    x: { field: "value", type: "quantitative" },
    y: { field: "density", type: "quantitative" },
  };
  const line = (color: string, strokeWidth: number): Json => ({
    data,
    mark: { type: "line", color, strokeWidth, clip: clips(options), aria: false, tooltip: null },
    encoding,
  });
  return [line(theme.background, 5), line(theme.foreground, 2)];
}

/** Dashed rules where the distribution ends or, where it has no end, one std from its mean. */
export function limitMarks(distribution: Distribution, options: ChartOptions): Json[] {
  const { theme } = options;
  const marks = limits(distribution).map((mark) => ({ ...mark }));
  if (marks.length === 0) return [];
  const x = { field: "value", type: "quantitative" };
  return [
    {
      data: { values: marks },
      mark: {
        type: "rule",
        color: theme.foreground,
        strokeDash: [4, 3],
        strokeWidth: 1.2,
        clip: clips(options),
        aria: false,
      },
      encoding: { x },
    },
    {
      data: { values: marks },
      mark: { type: "text", color: theme.foreground, baseline: "bottom", dy: -6, y: 0, aria: false },
      encoding: { x, text: { field: "text", type: "nominal" } },
    },
  ];
}

/** The figures marked on the axis: bounds, else the mean ± one std. */
export function limits(d: Distribution): { value: number; text: string }[] {
  switch (d.kind) {
    case "uniform":
    case "truncated_normal":
      return [
        { value: d.low, text: figure(d.low) },
        { value: d.high, text: figure(d.high) },
      ];
    case "normal":
      if (!(d.std > 0)) return [];
      return [
        { value: d.mean - d.std, text: `${figure(d.mean - d.std)}` },
        { value: d.mean + d.std, text: `${figure(d.mean + d.std)} = mean + std` },
      ];
    default:
      return [];
  }
}

/** All values equal: one line, and words for it. */
function single(value: number, options: ChartOptions): Json[] {
  const { theme } = options;
  const reach = Math.abs(value) || 1;
  const data = { values: [{ value, share: 1, text: `every value is ${figure(value)}` }] };
  const x = {
    field: "value",
    type: "quantitative",
    title: "value",
    axis: valueAxis(),
    scale: { domain: [value - reach, value + reach], zero: false, nice: false },
  };
  return [
    {
      name: "bars",
      data,
      mark: { type: "bar", color: theme.series[0]!, width: 6, aria: false },
      encoding: {
        x,
        y: {
          field: "share",
          type: "quantitative",
          title: "share of values",
          axis: { format: "%", tickCount: 2 },
          scale: { domain: [0, 1], zero: true },
        },
      },
    },
    {
      data,
      mark: { type: "text", color: theme.foreground, align: "left", dx: 10, y: 12, aria: false },
      encoding: { x, text: { field: "text", type: "nominal" } },
    },
  ];
}

function valueAxis(): Spec {
  return { format: ".3~g", tickCount: 7 };
}

function xScale({ zoom }: ChartOptions): Spec {
  return { zero: false, nice: false, ...(zoom ? { domain: [...zoom] } : {}), padding: zoom ? 0 : 12 };
}
