/** Every kind of chart in one table: its Vega-Lite specification, and its answer in words. */
import { biasAnswer, biasSpec } from "./bias";
import { onlyValue } from "./bins";
import { rolesAnswer, rolesSpec, schemesAnswer, schemesSpec } from "./compare";
import { embeddingAnswer, embeddingSpec } from "./embedding";
import { histogramAnswer, histogramSpec } from "./histogram";
import { matrixAnswer, matrixSpec } from "./matrix";
import { modelAnswer, modelSpec } from "./model";
import type { ChartKind, Payload, PayloadOf } from "./payload";
import { signalAnswer, signalSpec } from "./signal";
import { singularAnswer, singularSpec } from "./singular";
import type { ChartOptions, Spec } from "./spec";
import { LIGHT } from "./theme";

interface Chart<K extends ChartKind> {
  spec(payload: PayloadOf<K>, options: ChartOptions): Spec;
  answer(payload: PayloadOf<K>): string;
  /** Whether a part of the horizontal axis can be looked at more closely. */
  zooms(payload: PayloadOf<K>): boolean;
}

const always = () => true;
const never = () => false;
/** All values equal make a chart with nothing to look into. */
const spreads = ({ draws }: PayloadOf<"histogram">) => onlyValue(draws[0]!.result) === null;

const CHARTS: { readonly [K in ChartKind]: Chart<K> } = {
  histogram: { spec: histogramSpec, answer: ({ draws }) => histogramAnswer(draws[0]!), zooms: spreads },
  schemes: { spec: schemesSpec, answer: schemesAnswer, zooms: always },
  roles: { spec: rolesSpec, answer: rolesAnswer, zooms: always },
  model: { spec: modelSpec, answer: modelAnswer, zooms: never },
  matrix: { spec: matrixSpec, answer: matrixAnswer, zooms: never },
  singular: { spec: singularSpec, answer: singularAnswer, zooms: always },
  bias: { spec: biasSpec, answer: biasAnswer, zooms: never },
  embedding: { spec: embeddingSpec, answer: embeddingAnswer, zooms: always },
  signal: { spec: signalSpec, answer: signalAnswer, zooms: never },
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

/** Whether the chart can show a part of its horizontal axis. */
export function chartZooms(payload: Payload): boolean {
  return chartOf(payload).zooms(payload);
}

/** The table is keyed by the payload's own kind, which the compiler cannot follow through the lookup. */
function chartOf<K extends ChartKind>(payload: PayloadOf<K>): Chart<K> {
  return CHARTS[payload.chart as K] as Chart<K>;
}
