/** Several drawings on one axis: schemes side by side, or default, current and recommended. */
import { describe, mean, std } from "../init/distributions";
import { onlyValue, outline } from "./bins";
import { densityCurve, span } from "./density";
import { figure, plural } from "./figures";
import type { Draw, PayloadOf } from "./payload";
import { brush, type ChartOptions, clips, frame, type Json, mostMarks, type Spec } from "./spec";
import { subject } from "./words";

/** Dashes beside colours, so that no meaning rests on colour alone. */
const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 4],
  [12, 4],
  [1, 3],
  [6, 2, 1, 2],
];
/** A line this many times higher than the next would flatten all others; higher ones are cut, and said so. */
const HIGHEST = 4;
/** More areas than this over each other are only mud. */
const MOST_FILLED = 3;

/** How do the schemes differ? */
export function schemesSpec(payload: PayloadOf<"schemes">, options: ChartOptions): Spec {
  return overlay(
    `How wide does each scheme spread ${subject(payload.layer)}?`,
    schemesAnswer(payload),
    payload.draws,
    options,
  );
}

/** Widest and narrowest scheme in figures. */
export function schemesAnswer({ draws }: PayloadOf<"schemes">): string {
  const spread = draws.flatMap((draw) => {
    const { std } = moments(draw);
    return std === null ? [] : [{ label: draw.label, std }];
  });
  spread.sort((a, b) => a.std - b.std);
  const [narrow, wide] = [spread[0], spread.at(-1)];
  if (!narrow || !wide) return `${plural(draws.length, "drawing")}.`;
  if (wide.std === 0)
    return `None of ${plural(spread.length, "drawing")} spreads: all values of each are equal.`;
  if (narrow.std === wide.std) return `${plural(spread.length, "drawing")} of std ${figure(wide.std)}.`;
  return `From std ${figure(narrow.std)} (${narrow.label}) to ${figure(wide.std)} (${wide.label}).`;
}

/** How far is the default from what is recommended? */
export function rolesSpec(payload: PayloadOf<"roles">, options: ChartOptions): Spec {
  const question = `How far is ${subject(payload.layer)} from the recommended start?`;
  return overlay(question, rolesAnswer(payload), payload.draws, options);
}

/** Standard deviations as factors of the recommended one. */
export function rolesAnswer({ draws, layer }: PayloadOf<"roles">): string {
  const target = draws.find(({ role }) => role === "recommended");
  const others = draws.filter(({ role }) => role === "default" || role === "current");
  const parts = target ? others.flatMap((draw) => comparison(draw, target) ?? []) : [];
  const sentence = parts.length > 0 ? `${capital(parts.join(", "))}.` : "";
  return [sentence, layer?.why ?? ""].filter(Boolean).join(" ") || `${plural(draws.length, "drawing")}.`;
}

/** Mean and std of a drawing: the law's where it is known, else what was drawn. */
function moments({ distribution, result }: Draw): { mean: number | null; std: number | null } {
  return { mean: mean(distribution) ?? result.mean, std: std(distribution) ?? result.std };
}

/** How one drawing stands to the recommended; `null` where a figure is missing. */
function comparison(draw: Draw, target: Draw): string | null {
  const { role } = draw;
  const [is, should] = [moments(draw), moments(target)];
  if (is.std === null || should.std === null) return null;
  if (should.std > 0) {
    const factor = figure(is.std / should.std, 2);
    if (factor === "1") return `${role} std is the recommended ${figure(should.std)}`;
    return `${role} std is ${factor} times the recommended ${figure(should.std)}`;
  }
  const value = figure(should.mean);
  if (is.std > 0) return `${role} has std ${figure(is.std)} where every value should be ${value}`;
  return is.mean === should.mean
    ? `${role} is ${value}, as recommended`
    : `${role} is ${figure(is.mean)}, not ${value}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the legend calls a drawing. */
function legendText(draw: Draw): string {
  const { role, label, distribution } = draw;
  const name = role === "drawn" ? label : label ? `${role}: ${label}` : role;
  return `${name} · ${describe(distribution)} · std ${figure(moments(draw).std)}`;
}

function overlay(question: string, answer: string, draws: readonly Draw[], options: ChartOptions): Spec {
  const { theme } = options;
  const names = unique(draws.map(legendText));
  const most = mostMarks(options) / draws.length;
  const top = highest(draws, most);
  // Only a line that the axis cuts off needs clipping.
  const clip =
    clips(options) || draws.some((draw) => onlyValue(draw.result) !== null || peak(draw, most) > top);
  const scaleOf = (range: readonly Json[]): Spec => ({ domain: names, range: range.slice(0, names.length) });
  const colours = names.map((_, i) => theme.series[i % theme.series.length]!);
  const legend = { columns: 1, symbolType: "stroke", labelLimit: options.width - 50 };
  const domain = options.zoom ?? atomsDomain(draws);
  const shared = {
    x: {
      field: "value",
      type: "quantitative",
      title: "value",
      axis: { format: ".3~g", tickCount: 7 },
      scale: {
        zero: false,
        nice: false,
        ...(domain ? { domain: [...domain] } : { padding: 10 }),
      },
    },
    y: {
      field: "density",
      type: "quantitative",
      title: "density",
      axis: draws.every((draw) => onlyValue(draw.result) !== null) ? null : { tickCount: 4 },
      stack: null,
      scale: { domain: [0, top], nice: false, zero: true },
    },
    color: { field: "name", type: "nominal", scale: scaleOf(colours), legend },
  };
  const points = (of: (draw: Draw) => { value: number; density: number }[]): Json => ({
    values: draws.flatMap((draw, i) => of(draw).map((point) => ({ ...point, name: names[i]! }))),
  });
  return {
    ...frame(question, answer, options),
    width: options.width,
    height: options.height,
    layer: [
      {
        name: "bars",
        params: brush(options),
        data: points((draw) =>
          draws.length <= MOST_FILLED && onlyValue(draw.result) === null ? exactOrDrawn(draw, most) : [],
        ),
        mark: { type: "area", opacity: 0.14, clip, aria: false },
        encoding: shared,
      },
      {
        data: points((draw) => exactOrDrawn(draw, most)),
        mark: { type: "line", strokeWidth: 2.5, clip, aria: false },
        encoding: {
          ...shared,
          strokeDash: { field: "name", type: "nominal", scale: scaleOf(DASHES), legend },
        },
      },
    ],
  };
}

/** The exact density; a spike for equal values; what was drawn where the law has no density. */
function exactOrDrawn({ distribution, result }: Draw, most: number): { value: number; density: number }[] {
  const [low, high] = span(distribution, result.histogram);
  const only = onlyValue(result);
  if (only === null) return [...(densityCurve(distribution, low, high) ?? outline(result.histogram, most))];
  return [
    { value: only, density: 0 },
    { value: only, density: SPIKE },
  ];
}

/** Higher than any axis: all the mass at one value. */
const SPIKE = 1e15;

/** Where every drawing is of equal values: an axis with room around them. */
function atomsDomain(draws: readonly Draw[]): readonly [number, number] | null {
  const values = draws.map((draw) => onlyValue(draw.result));
  if (values.some((value) => value === null)) return null;
  const low = Math.min(...(values as number[]));
  const high = Math.max(...(values as number[]));
  const room = (high - low) / 4 || Math.abs(high) || 1;
  return [low - room, high + room];
}

function peak(draw: Draw, most: number): number {
  if (onlyValue(draw.result) !== null) return 0;
  return Math.max(0, ...exactOrDrawn(draw, most).map(({ density }) => density));
}

/** The vertical axis ends a little above the second highest line, where the highest would flatten the rest. */
function highest(draws: readonly Draw[], most: number): number {
  const peaks = draws
    .map((draw) => peak(draw, most))
    .filter((each) => each > 0)
    .sort((a, b) => b - a);
  const [first = 1, second = first] = peaks;
  return Math.min(first, second * HIGHEST) * 1.08;
}

/** Two drawings of one name would fall into one line. */
function unique(names: readonly string[]): string[] {
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}
