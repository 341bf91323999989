/** Does every unit start different? The corner of a weight matrix as a heat map, a row a unit: equal rows stand out. */
import { figure, shapeText } from "./figures";
import type { PayloadOf } from "./payload";
import { type ChartOptions, frame, type Spec } from "./spec";
import { mix } from "./theme";
import { subject } from "./words";

type Matrix = PayloadOf<"matrix">;
/** Steps a side of zero: enough to see structure, few enough that equal cells share one path in the SVG. */
const STEPS = 5;

/** Cells of a static picture, which must stay under 30 kB. */
const MAX_STATIC_CELLS = 2_048;

/** The heat map. */
export function matrixSpec(payload: Matrix, options: ChartOptions): Spec {
  const { columns } = payload;
  const values = options.interactive ? payload.values : payload.values.slice(0, wholeRows(columns));
  const rows = Math.ceil(values.length / columns);
  const cell = Math.max(
    2,
    Math.min(24, Math.floor((options.width - 140) / columns), Math.floor((options.height * 1.6) / rows)),
  );
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const cells = values.map((value, i) => ({ row: Math.floor(i / columns), column: i % columns, value }));
  const drawn = values.length < payload.values.length ? `unit (the first ${rows})` : "unit";
  const axis = { labels: false, ticks: false, domain: false };
  return {
    ...frame(`Does every unit of ${subject(payload.layer)} start different?`, matrixAnswer(payload), options),
    autosize: { type: "pad", contains: "padding" },
    width: cell * columns,
    height: cell * rows,
    data: { values: cells },
    mark: { type: "rect", aria: false },
    encoding: {
      x: { field: "column", type: "ordinal", title: "connection into the unit", axis },
      y: { field: "row", type: "ordinal", title: drawn, axis },
      color: {
        field: "value",
        type: "quantitative",
        scale: { type: "quantize", domain: [-largest, largest], zero: true, range: ramp(options) },
        legend: {
          orient: "right",
          direction: "vertical",
          format: ".2~g",
          gradientLength: Math.min(200, cell * rows),
          offset: 16,
        },
      },
      tooltip: [
        { field: "row", type: "ordinal", title: "unit" },
        { field: "column", type: "ordinal", title: "connection" },
        { field: "value", type: "quantitative", title: "value", format: ".4~g" },
      ],
    },
  };
}

/** How many different rows, a row a unit, there are: one means that symmetry is never broken. */
export function matrixAnswer({ values, columns, shape }: Matrix): string {
  const rows = Math.ceil(values.length / columns);
  const distinct = new Set(
    Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns).join(" ")),
  ).size;
  const part = rows < shape[0] || columns < shape[1] ? `First ${rows} × ${columns} of ` : "";
  const verdict =
    distinct === rows
      ? `all ${rows} units differ`
      : `only ${distinct} of ${rows} units ${distinct === 1 ? "is" : "are"} different: equal units stay equal under training`;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return `${part}${shapeText(shape)} values, largest ${figure(largest)}; ${verdict}.`;
}

/** Values in as many whole rows as a static picture may have. */
function wholeRows(columns: number): number {
  return columns * Math.max(1, Math.floor(MAX_STATIC_CELLS / columns));
}

/** From one hue through the ground to the other; both ends carry the contrast of marks. */
function ramp({ theme }: ChartOptions): string[] {
  const [negative = theme.foreground, positive = theme.foreground] = [theme.series[0], theme.series[1]];
  const parts = Array.from({ length: STEPS }, (_, i) => (i + 0.5) / (STEPS - 0.5));
  const side = (hue: string) => parts.map((part) => mix(theme.background, hue, Math.min(1, part)));
  return [...side(negative).reverse(), ...side(positive)];
}
