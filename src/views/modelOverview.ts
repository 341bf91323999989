/** From the layers of a file to the data of its overview: a row a layer. */
import type { Histogram, PayloadInput } from "../charts/payload.js";
import { std } from "../init/distributions.js";
import type { SampleRequest } from "../sample/request.js";
import type { Layer } from "../types.js";
import { mainParameter, sizeProblem } from "./layerText.js";

/** One layer's standard deviations, `null` where not known, and what to draw for its small histogram. */
export interface ModelRow {
  readonly name: string;
  readonly default: number | null;
  readonly current: number | null;
  readonly recommended: number | null;
  readonly request: SampleRequest | null;
}

/** More rows than a person reads; the rest of a generated file is left out, and the chart says how many. */
const MOST_ROWS = 400;
/** Bars of a small histogram. */
const BINS = 12;
/** A small histogram needs no more values than this to show its shape. */
const MOST_DRAWN = 20_000;

/** The layers of which at least one standard deviation is known, in the order of the source. */
export function modelRows(layers: readonly Layer[]): readonly ModelRow[] {
  const rows = layers.flatMap((layer): ModelRow[] => {
    const parameter = mainParameter(layer);
    if (!parameter || sizeProblem(parameter.shape) !== null) return [];
    const { current, shape } = parameter;
    const figures = {
      default: std(parameter.default),
      current: std(current),
      recommended: layer.recommended && std(layer.recommended.distribution),
    };
    if (Object.values(figures).every((figure) => figure === null)) return [];
    const count = shape.reduce<number>((product, dim) => product * (typeof dim === "number" ? dim : 1), 1);
    const drawable = figures.current !== null && current.kind !== "orthogonal" && current.kind !== "identity";
    const request = drawable
      ? { distribution: current, shape: [Math.min(count, MOST_DRAWN)], bins: BINS }
      : null;
    return [{ name: `${rowName(layer)}`, ...figures, request }];
  });
  return rows.slice(0, MOST_ROWS);
}

/** Names repeat across classes; the line tells them apart. */
function rowName({ name, class: className, site }: Layer): string {
  const own = name === "" ? className.slice(className.lastIndexOf(".") + 1) : name;
  const place = site.cell === undefined ? `line ${site.line}` : `cell ${site.cell + 1}, line ${site.line}`;
  return `${own} (${place})`;
}

/** The overview's data from its rows and their histograms, in the same order. */
export function modelPayload(rows: readonly ModelRow[], drawn: readonly (Histogram | null)[]): PayloadInput {
  return {
    version: 1,
    chart: "model",
    rows: rows.map(({ request: _, ...row }, index) => ({ ...row, histogram: drawn[index] ?? null })),
  };
}
