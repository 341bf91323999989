/** Where do the biases start? One stem a unit, with the named runs (an LSTM's gates) marked. */
import { type FactTable, valuesTable } from "./facts";
import { figure, plural } from "./figures";
import type { PayloadOf } from "./payload";
import { type ChartOptions, frame, type Json, mostMarks, type Spec } from "./spec";
import { subject } from "./words";

type Bias = PayloadOf<"bias">;

/** The bias chart. */
export function biasSpec(payload: Bias, options: ChartOptions): Spec {
  const { theme } = options;
  const values = payload.values.slice(0, mostMarks(options)).map((value, unit) => ({ unit, value }));
  const x = {
    field: "unit",
    type: "quantitative",
    title: values.length < payload.values.length ? `unit (the first ${values.length})` : "unit",
    axis: { format: ",d", tickCount: 6, tickMinStep: 1 },
    scale: { domain: [-0.5, values.length - 0.5], nice: false, zero: false },
  };
  const y = { field: "value", type: "quantitative", title: "value", axis: { format: ".3~g", tickCount: 5 } };
  const tooltip = [
    { field: "unit", type: "quantitative", title: "unit" },
    { field: "value", type: "quantitative", title: "value", format: ".4~g" },
  ];
  return {
    ...frame(`Where does ${subject(payload.layer)} start?`, biasAnswer(payload), options),
    width: options.width,
    height: options.height,
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: "rule", color: theme.muted, aria: false },
        encoding: { y: { datum: 0 } },
      },
      {
        name: "bars",
        data: { values },
        mark: { type: "point", filled: true, size: 22, opacity: 1, color: theme.series[0]!, aria: false },
        encoding: { x, y, tooltip },
      },
      ...gates(payload, values.length, options),
    ],
  };
}

/** How many differ from zero, and each run's mean. */
export function biasAnswer({ values, groups }: Bias): string {
  const nonzero = values.filter((value) => value !== 0).length;
  if (nonzero === 0) return `Every one of ${plural(values.length, "value")} is 0.`;
  const parts = runs({ values, groups }).map(({ name, mean }) => `${name} ${figure(mean)}`);
  const means = parts.length > 0 ? ` Mean of ${parts.join(", ")}.` : "";
  return `${nonzero} of ${values.length} differ from 0, from ${figure(Math.min(...values))} to ${figure(Math.max(...values))}.${means}`;
}

function runs({ values, groups }: Pick<Bias, "values" | "groups">) {
  let start = 0;
  return groups.flatMap(({ name, length }) => {
    const run = values.slice(start, start + length);
    const from = start;
    start += length;
    return run.length > 0
      ? [{ name, from, mean: run.reduce((sum, value) => sum + value, 0) / run.length }]
      : [];
  });
}

function gates(payload: Bias, drawn: number, { theme }: ChartOptions): Json[] {
  const shown = runs(payload).filter(({ from }) => from < drawn);
  const marks = shown.map(({ name, from }) => ({ unit: from - 0.5, name }));
  if (marks.length === 0) return [];
  const x = { field: "unit", type: "quantitative" };
  return [
    {
      data: { values: marks },
      mark: { type: "rule", color: theme.grid, strokeDash: [4, 3], aria: false },
      encoding: { x },
    },
    {
      data: { values: marks },
      mark: {
        type: "text",
        color: theme.foreground,
        align: "left",
        baseline: "bottom",
        dx: 3,
        dy: -4,
        y: 0,
        aria: false,
      },
      encoding: { x, text: { field: "name", type: "nominal" } },
    },
  ];
}

/** Each unit's value. */
export const biasFacts = ({ values }: Bias): FactTable[] => [
  valuesTable("Value of each unit", "value", values),
];
