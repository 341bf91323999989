/** How long are the embedding's vectors? Their lengths against the chi law of independent normal entries. */
import { bins } from "./bins";
import { figure, whole } from "./figures";
import type { PayloadOf } from "./payload";
import { brush, type ChartOptions, clips, frame, type Json, mostMarks, type Spec } from "./spec";
import { subject } from "./words";

type Embedding = PayloadOf<"embedding">;

/** The chart of vector lengths. */
export function embeddingSpec(payload: Embedding, options: ChartOptions): Spec {
  const { theme } = options;
  const length = expectedLength(payload);
  const expected: Json[] =
    length === null
      ? []
      : [
          {
            data: { values: [{ length, text: `σ√d = ${figure(length)}` }] },
            mark: { type: "rule", color: theme.foreground, strokeWidth: 2, strokeDash: [4, 3], aria: false },
            encoding: { x: { field: "length", type: "quantitative" } },
          },
          {
            data: { values: [{ length, text: `σ√d = ${figure(length)}` }] },
            mark: { type: "text", color: theme.foreground, baseline: "bottom", dy: -4, y: 0, aria: false },
            encoding: {
              x: { field: "length", type: "quantitative" },
              text: { field: "text", type: "nominal" },
            },
          },
        ];
  return {
    ...frame(`How long are the vectors of ${subject(payload.layer)}?`, embeddingAnswer(payload), options),
    width: options.width,
    height: options.height,
    layer: [
      {
        name: "bars",
        params: brush(options),
        data: { values: bins(payload.histogram, mostMarks(options)).map((row) => ({ ...row })) },
        mark: { type: "bar", color: theme.series[0]!, binSpacing: 1, clip: clips(options), aria: false },
        encoding: {
          x: {
            field: "from",
            bin: "binned",
            type: "quantitative",
            title: "length of a vector",
            axis: { format: ".3~g", tickCount: 7 },
            scale: {
              zero: false,
              nice: false,
              padding: 10,
              ...(options.zoom ? { domain: [...options.zoom] } : {}),
            },
          },
          x2: { field: "to" },
          y: {
            field: "count",
            type: "quantitative",
            title: "vectors",
            axis: { format: ",d", tickCount: 4, tickMinStep: 1 },
          },
          tooltip: [
            { field: "from", type: "quantitative", title: "from", format: ".4~g" },
            { field: "to", type: "quantitative", title: "to", format: ".4~g" },
            { field: "count", type: "quantitative", title: "vectors", format: "," },
          ],
        },
      },
      ...expected,
    ],
  };
}

/** The length that independent entries give: σ√d. */
export function embeddingAnswer(payload: Embedding): string {
  const [count, dimension] = payload.shape;
  const length = expectedLength(payload);
  const expected =
    length === null ? "" : ` Entries of std ${figure(payload.std)} give a length near ${figure(length)}.`;
  const { low, high } = payload.histogram;
  return `${whole(count)} vectors of ${whole(dimension)} entries, from ${figure(low)} to ${figure(high)} long.${expected}`;
}

function expectedLength({ std, shape }: Embedding): number | null {
  return std === null ? null : std * Math.sqrt(shape[1]);
}
