/** Which layers start off scale? One row a parameter: default, current and recommended std on a log axis. */

import { bins } from "./bins";
import type { FactTable } from "./facts";
import { figure, plural } from "./figures";
import { logTicks } from "./logTicks";
import type { PayloadOf } from "./payload";
import { type ChartOptions, frame, type Json, mostMarks, PADDING, type Spec } from "./spec";

type Model = PayloadOf<"model">;
const ROLES = ["default", "current", "recommended"] as const;
const SHAPES: readonly string[] = ["circle", "square", "diamond"];
/** Those drawn first are larger, so that all are seen where figures agree. */
const SIZES: readonly number[] = [170, 80, 36];
/** Bars of a small histogram. */
const SPARK_BINS = 12;
const ROW = 20;
const NAME_ROOM = 200;
const SPARK_ROOM = 90;
const SPACING = 16;
/** The share of a narrow picture that names may take. */
const NAME_SHARE = 0.36;
/** The points' own room: below it small histograms are left out, or the names of the roles stand in a column. */
const SPARKS_FROM = 150;
const ROLES_FROM = 240;
/** Beyond twice or half the recommended std, activations change by more than a factor of four in variance. */
const OFF_SCALE = 2;

/** The overview of a model. */
export function modelSpec(payload: Model, options: ChartOptions): Spec {
  // A row has a line, three points and a small histogram.
  const rows = payload.rows.slice(0, Math.floor(mostMarks(options) / 5));
  const base = frame("Which layers start off scale?", modelAnswer(payload), options);
  const nameRoom = Math.min(NAME_ROOM, Math.round(options.width * NAME_SHARE));
  const room = options.width - 2 * PADDING - nameRoom;
  const sparkRoom = SPARK_ROOM + SPACING;
  const sparks = room - sparkRoom >= SPARKS_FROM && rows.some((row) => row.histogram !== null);
  const width = Math.max(120, sparks ? room - sparkRoom : room);
  const height = Math.max(2, rows.length) * ROW;
  const layer = dotLayers(rows, payload.rows.length, { width, nameRoom }, options);
  const dots = { name: "bars", width, height, layer };
  return {
    ...base,
    autosize: { type: "pad", contains: "padding" },
    spacing: SPACING,
    hconcat: sparks ? [dots, sparkline(rows, height, options)] : [dots],
  };
}

/** How many rows are far from the recommendation. */
export function modelAnswer({ rows }: Model): string {
  const judged = rows.filter((row) => row.current !== null && row.recommended);
  const off = judged.filter((row) => {
    const ratio = row.current! / row.recommended!;
    return ratio > OFF_SCALE || ratio < 1 / OFF_SCALE;
  });
  const unknown = rows.length - judged.length;
  const rest = unknown > 0 ? ` ${plural(unknown, "row")} without both figures.` : "";
  return `${off.length} of ${plural(judged.length, "parameter")} ${off.length === 1 ? "starts" : "start"} more than ${OFF_SCALE} times above or below the recommended std.${rest}`;
}

function dotLayers(
  rows: Model["rows"],
  all: number,
  { width, nameRoom }: { readonly width: number; readonly nameRoom: number },
  { theme }: ChartOptions,
): Json[] {
  const points = rows.flatMap((row, i) =>
    ROLES.flatMap((role) => {
      const std = row[role];
      return std === null || std <= 0 ? [] : [{ row: rowName(row.name, i), std, role, text: figure(std) }];
    }),
  );
  const names = rows.map((row, i) => rowName(row.name, i));
  const y = {
    field: "row",
    type: "nominal",
    title: all > rows.length ? `the first ${rows.length} of ${all} parameters` : null,
    scale: { domain: names, padding: 0 },
    axis: { labelLimit: nameRoom - 14, grid: true, tickBand: "center", labelOverlap: false },
  };
  const x = {
    field: "std",
    type: "quantitative",
    title: "std (log axis)",
    scale: { type: "log", nice: false, padding: 12 },
    axis: { format: ".2~g", values: logTicks(points.map(({ std }) => std)), grid: true },
  };
  const scale = { domain: [...ROLES], range: theme.series.slice(0, 3) };
  const legend = { direction: "horizontal", symbolSize: 90, ...(width < ROLES_FROM ? { columns: 1 } : {}) };
  return [
    {
      data: { values: points },
      mark: { type: "rule", color: theme.muted, strokeWidth: 1, aria: false },
      encoding: {
        y,
        x: { aggregate: "min", field: "std", type: "quantitative" },
        x2: { aggregate: "max", field: "std" },
      },
    },
    {
      data: { values: points },
      mark: { type: "point", filled: true, opacity: 1, aria: false },
      encoding: {
        y,
        x,
        color: { field: "role", type: "nominal", scale, legend },
        size: { field: "role", type: "nominal", scale: { domain: [...ROLES], range: SIZES }, legend: null },
        shape: { field: "role", type: "nominal", scale: { domain: [...ROLES], range: SHAPES }, legend },
        tooltip: [
          { field: "row", type: "nominal", title: "parameter" },
          { field: "role", type: "nominal", title: "which" },
          { field: "text", type: "nominal", title: "std" },
        ],
      },
    },
  ];
}

/** Small histograms, each in its own row and on its own scale: the shape, not the size. */
function sparkline(rows: Model["rows"], height: number, { theme }: ChartOptions): Json {
  const values = rows.flatMap((row, i) => {
    const steps = row.histogram ? bins(row.histogram, SPARK_BINS) : [];
    const peak = Math.max(...steps.map((bin) => bin.density), 0);
    if (peak === 0) return [];
    return steps.map((bin, k) => ({
      from: k / steps.length,
      to: (k + 1) / steps.length,
      base: i + 0.92,
      top: i + 0.92 - (0.84 * bin.density) / peak,
    }));
  });
  const y = {
    type: "quantitative",
    scale: { domain: [rows.length, 0], nice: false, zero: false },
    axis: null,
  };
  return {
    width: SPARK_ROOM,
    height,
    data: { values },
    mark: { type: "bar", color: theme.series[0]!, binSpacing: 0, aria: false, tooltip: null },
    encoding: {
      x: {
        field: "from",
        bin: "binned",
        type: "quantitative",
        title: "drawn",
        axis: { labels: false, ticks: false, grid: false },
      },
      x2: { field: "to" },
      y: { field: "top", ...y },
      y2: { field: "base" },
    },
  };
}

/** Two parameters may share a name in a broken payload; rows must not fall together. */
function rowName(name: string, index: number): string {
  return name === "" ? `row ${index + 1}` : name;
}

/** One row a parameter. */
export const modelFacts = ({ rows }: Model): FactTable[] => [
  {
    caption: "Standard deviation of each parameter",
    columns: ["parameter", ...ROLES],
    rows: rows.map((row) => [row.name, ...ROLES.map((role) => figure(row[role]))]),
  },
];
