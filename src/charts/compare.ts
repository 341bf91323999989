/** Several drawings on one axis: schemes side by side, or default, current and recommended. */
import { describe } from "../init/distributions";
import { outline } from "./bins";
import { densityCurve } from "./density";
import { figure } from "./figures";
import type { Draw, PayloadOf } from "./payload";
import { brush, type ChartOptions, frame, type Json, type Spec } from "./spec";
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
  const spread = draws.flatMap(({ label, result }) =>
    result.std === null ? [] : [{ label, std: result.std }],
  );
  spread.sort((a, b) => a.std - b.std);
  const [narrow, wide] = [spread[0], spread.at(-1)];
  if (!narrow || !wide || narrow === wide) return `${draws.length} drawings.`;
  return `From std ${figure(narrow.std)} (${narrow.label}) to ${figure(wide.std)} (${wide.label}).`;
}

/** How far is the default from what is recommended? */
export function rolesSpec(payload: PayloadOf<"roles">, options: ChartOptions): Spec {
  const question = `How far is ${subject(payload.layer)} from the recommended start?`;
  return overlay(question, rolesAnswer(payload), payload.draws, options);
}

/** Standard deviations as factors of the recommended one. */
export function rolesAnswer({ draws, layer }: PayloadOf<"roles">): string {
  const std = (role: Draw["role"]) => draws.find((draw) => draw.role === role)?.result.std ?? null;
  const target = std("recommended");
  const factor = (role: "default" | "current") => {
    const value = std(role);
    return value === null || !target
      ? []
      : [`${role} std is ${figure(value / target, 2)} times the recommended`];
  };
  const factors = [...factor("default"), ...factor("current")].join(", ");
  const sentence = factors ? `${factors[0]!.toUpperCase()}${factors.slice(1)} ${figure(target)}.` : "";
  return [sentence, layer?.why ?? ""].filter(Boolean).join(" ") || `${draws.length} drawings.`;
}

/** What the legend calls a drawing. */
function legendText({ role, label, distribution, result }: Draw): string {
  const name = role === "drawn" ? label : label ? `${role}: ${label}` : role;
  return `${name} · ${describe(distribution)} · std ${figure(result.std)}`;
}

function overlay(question: string, answer: string, draws: readonly Draw[], options: ChartOptions): Spec {
  const { theme } = options;
  const names = draws.map(legendText);
  const scaleOf = (range: readonly Json[]): Spec => ({ domain: names, range: range.slice(0, names.length) });
  const colours = names.map((_, i) => theme.series[i % theme.series.length]!);
  const legend = { columns: 1, symbolType: "stroke", labelLimit: options.width - 50 };
  const shared = {
    x: {
      field: "value",
      type: "quantitative",
      title: "value",
      axis: { format: ".3~g", tickCount: 7 },
      scale: {
        zero: false,
        nice: false,
        ...(options.zoom ? { domain: [...options.zoom] } : { padding: 10 }),
      },
    },
    y: {
      field: "density",
      type: "quantitative",
      title: "density",
      axis: { tickCount: 4 },
      stack: null,
      scale: height(draws),
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
        data: points((draw) => outline(draw.result.histogram)),
        mark: { type: "area", opacity: draws.length > 3 ? 0.08 : 0.14, clip: true, aria: false },
        encoding: shared,
      },
      {
        data: points(exactOrDrawn),
        mark: { type: "line", strokeWidth: 2.5, clip: true, aria: false },
        encoding: {
          ...shared,
          strokeDash: { field: "name", type: "nominal", scale: scaleOf(DASHES), legend },
        },
      },
    ],
  };
}

/** The exact density; a spike for a constant; what was drawn where the law has no density. */
function exactOrDrawn({ distribution, result }: Draw): { value: number; density: number }[] {
  const { low, high } = result.histogram;
  const curve = densityCurve(distribution, low, high);
  if (curve) return [...curve];
  const drawn = outline(result.histogram);
  if (drawn.length > 0) return drawn;
  return [
    { value: low, density: 0 },
    { value: low, density: Number.MAX_SAFE_INTEGER },
  ];
}

/** The vertical axis ends a little above the second highest line, where the highest would flatten the rest. */
function height(draws: readonly Draw[]): Spec {
  const peaks = draws
    .map((draw) => Math.max(0, ...outline(draw.result.histogram).map((point) => point.density)))
    .filter((peak) => peak > 0)
    .sort((a, b) => b - a);
  const [first = 1, second = first] = peaks;
  return { domain: [0, Math.min(first, second * HIGHEST) * 1.08], nice: false };
}
