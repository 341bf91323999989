/** Every kind of chart in one table: its Vega-Lite specification, its answer in words, and its figures. */
import { biasAnswer, biasFacts, biasSpec } from "./bias";
import { onlyValue } from "./bins";
import { rolesAnswer, rolesSpec, schemesAnswer, schemesSpec } from "./compare";
import { embeddingAnswer, embeddingSpec } from "./embedding";
import { drawTable, type FactTable, layerTable } from "./facts";
import { histogramAnswer, histogramSpec } from "./histogram";
import { matrixAnswer, matrixSpec } from "./matrix";
import { modelAnswer, modelFacts, modelSpec } from "./model";
import type { ChartKind, Payload, PayloadOf } from "./payload";
import { signalAnswer, signalFacts, signalSpec } from "./signal";
import { singularAnswer, singularFacts, singularSpec } from "./singular";
import type { ChartOptions, Spec } from "./spec";
import { LIGHT } from "./theme";

interface Chart<K extends ChartKind> {
  spec(payload: PayloadOf<K>, options: ChartOptions): Spec;
  answer(payload: PayloadOf<K>): string;
  /** The tables that say in text what it shows. */
  facts(payload: PayloadOf<K>): readonly FactTable[];
  /** Whether a part of the horizontal axis can be looked at more closely. */
  zooms(payload: PayloadOf<K>): boolean;
}

const drawn = ({ draws }: PayloadOf<"histogram" | "schemes" | "roles">) => [drawTable(draws)];
const none = () => [];
const always = () => true;
const never = () => false;
/** All values equal make a chart with nothing to look into. */
const spreads = ({ draws }: PayloadOf<"histogram">) => onlyValue(draws[0]!.result) === null;

const CHARTS: { readonly [K in ChartKind]: Chart<K> } = {
  histogram: {
    spec: histogramSpec,
    answer: ({ draws }) => histogramAnswer(draws[0]!),
    facts: drawn,
    zooms: spreads,
  },
  schemes: { spec: schemesSpec, answer: schemesAnswer, facts: drawn, zooms: always },
  roles: { spec: rolesSpec, answer: rolesAnswer, facts: drawn, zooms: always },
  model: { spec: modelSpec, answer: modelAnswer, facts: modelFacts, zooms: never },
  matrix: { spec: matrixSpec, answer: matrixAnswer, facts: none, zooms: never },
  singular: { spec: singularSpec, answer: singularAnswer, facts: singularFacts, zooms: always },
  bias: { spec: biasSpec, answer: biasAnswer, facts: biasFacts, zooms: never },
  embedding: { spec: embeddingSpec, answer: embeddingAnswer, facts: none, zooms: always },
  signal: { spec: signalSpec, answer: signalAnswer, facts: signalFacts, zooms: never },
};

/** The sizes and colours of static pictures. */
export const STATIC: ChartOptions = { theme: LIGHT, width: 560, height: 180, interactive: false };

/** The Vega-Lite specification of a payload: valid as version 5 and as version 6. */
export function chartSpec(payload: Payload, options: ChartOptions): Spec {
  return chartOf(payload).spec(payload, options);
}

/** The chart's answer in one sentence of figures. */
export function chartAnswer(payload: Payload): string {
  return chartOf(payload).answer(payload);
}

/** The tables that say in text what the chart shows, and of which layer. */
export function chartFacts(payload: Payload): readonly FactTable[] {
  return [...chartOf(payload).facts(payload), ...(payload.layer ? [layerTable(payload.layer)] : [])];
}

/** Whether the chart can show a part of its horizontal axis. */
export function chartZooms(payload: Payload): boolean {
  return chartOf(payload).zooms(payload);
}

/** The table is keyed by the payload's own kind, which the compiler cannot follow through the lookup. */
function chartOf<K extends ChartKind>(payload: PayloadOf<K>): Chart<K> {
  return CHARTS[payload.chart as K] as Chart<K>;
}
