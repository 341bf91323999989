/** Figures as tables of text: what a screen reader, or a doubting reader, gets instead of marks. */
import { describe } from "../init/distributions";
import { figure, plural, shapeText, whole } from "./figures";
import type { Draw, LayerFacts } from "./payload";

export interface FactTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The figures of values drawn. */
export function drawTable(draws: readonly Draw[]): FactTable {
  const figures: readonly [string, (draw: Draw) => string][] = [
    ["distribution", ({ distribution }) => describe(distribution)],
    ["made by", ({ distribution }) => distribution.source ?? ""],
    ["values", ({ result }) => whole(result.count)],
    ["mean", ({ result }) => figure(result.mean, 4)],
    ["std", ({ result }) => figure(result.std, 4)],
    ["exact std", ({ distribution }) => (distribution.std === undefined ? "" : figure(distribution.std, 4))],
    ["smallest", ({ result }) => figure(result.min, 4)],
    ["largest", ({ result }) => figure(result.max, 4)],
    [
      "Kolmogorov–Smirnov p",
      ({ result }) => (result.kolmogorovSmirnov ? figure(result.kolmogorovSmirnov.pValue, 2) : ""),
    ],
    ["method", ({ result }) => result.method],
  ];
  const rows = figures.map(([name, of]) => [name, ...draws.map(of)]);
  return {
    caption: "Figures of the values drawn",
    columns: ["", ...draws.map(({ role, label }) => (role === "drawn" ? label : `${role}: ${label}`))],
    rows: rows.filter(([, ...cells]) => cells.some((cell) => cell !== "")),
  };
}

/** What the layer is. */
export function layerTable(layer: LayerFacts): FactTable {
  const rows = [
    ["class", layer.class],
    ["parameter", layer.parameter ?? ""],
    ["shape", shapeText(layer.shape)],
    ["fan-in", dim(layer.fanIn)],
    ["fan-out", dim(layer.fanOut)],
    ["activation after it", layer.activation ?? "unknown"],
  ];
  return { caption: "The layer", columns: ["", "value"], rows: rows.filter(([, value]) => value !== "") };
}

/** Figures in full up to this many; a longer list is cut, and says so. */
const MAX_VALUES = 256;

/** One figure a unit. */
export function valuesTable(caption: string, column: string, values: readonly number[]): FactTable {
  const cut = values.length > MAX_VALUES ? ` (first ${MAX_VALUES} of ${plural(values.length, "value")})` : "";
  return {
    caption: caption + cut,
    columns: ["unit", column],
    rows: values.slice(0, MAX_VALUES).map((value, i) => [whole(i), figure(value, 4)]),
  };
}

function dim(value: number | string | null): string {
  return value === null ? "unknown" : typeof value === "number" ? figure(value) : value;
}
