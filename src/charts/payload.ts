/**
 * What a chart in a saved notebook carries: data only, versioned. The renderer and the panel draw nothing
 * else, so everything is checked here, once, against limits that keep a hostile payload harmless.
 * `docs/payload.schema.json` is generated from this description.
 */
import * as v from "valibot";

export const PAYLOAD_VERSION = 1;
export const PAYLOAD_MIME = "application/vnd.init-lens.v1+json";

/** More text than the largest honest chart needs (a 64 × 64 matrix is about 90 kB). */
export const MAX_PAYLOAD_BYTES = 2_000_000;
const MAX_TEXT = 300;
const MAX_BINS = 4_096;
const MAX_DRAWS = 8;
const MAX_ROWS = 2_000;
const MAX_CELLS = 4_096;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const orNull = <const T extends v.GenericSchema>(schema: T) => v.nullable(schema);
const known = { std: v.exactOptional(number), source: v.exactOptional(text), formula: v.exactOptional(text) };

const distribution = v.variant("kind", [
  v.object({ kind: v.literal("uniform"), low: number, high: number, ...known }),
  v.object({ kind: v.literal("normal"), mean: number, ...known, std: number }),
  v.object({
    kind: v.literal("truncated_normal"),
    mean: number,
    scale: number,
    low: number,
    high: number,
    ...known,
  }),
  v.object({ kind: v.literal("constant"), value: number, ...known }),
  v.object({ kind: v.literal("orthogonal"), gain: number, ...known }),
  v.object({ kind: v.literal("identity"), gain: number, ...known }),
  v.object({ kind: v.literal("unknown"), ...known }),
]);

const histogram = v.object({
  low: number,
  high: number,
  counts: v.pipe(v.array(count), v.maxLength(MAX_BINS), v.readonly()),
});

/** What the sampler answers; `null` where a figure does not exist (no value drawn, nothing to test). */
const result = v.object({
  count,
  mean: orNull(number),
  std: orNull(number),
  min: orNull(number),
  max: orNull(number),
  histogram,
  kolmogorovSmirnov: v.optional(orNull(v.object({ statistic: number, pValue: number })), null),
  method: text,
  milliseconds: v.exactOptional(number),
});

/** Everything that decides a drawing, so that asking again gives the same values. */
export const requestSchema = v.object({
  scheme: orNull(text),
  framework: orNull(text),
  mode: v.optional(orNull(text), null),
  activation: v.optional(orNull(text), null),
  gain: v.optional(orNull(number), null),
  shape: v.pipe(v.array(count), v.maxLength(16), v.readonly()),
  seed: text,
  bins: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_BINS)),
});

/** `actual` is a live weight handed over by the user's own Python; the others are drawn by Init Lens. */
const draw = v.object({
  role: v.picklist(["drawn", "default", "current", "recommended", "actual"]),
  label: text,
  distribution,
  result,
});

export const layerSchema = v.object({
  class: text,
  name: text,
  framework: orNull(text),
  parameter: orNull(text),
  shape: v.pipe(v.array(orNull(v.union([count, text]))), v.maxLength(16), v.readonly()),
  fanIn: orNull(v.union([number, text])),
  fanOut: orNull(v.union([number, text])),
  activation: v.optional(orNull(text), null),
  /** Where the call stands, so that a choice can be applied to the source. */
  site: v.optional(
    orNull(v.object({ file: text, line: count, column: count, cell: v.optional(orNull(count), null) })),
    null,
  ),
  /** Why the recommendation is what it is: one sentence. */
  why: v.optional(orNull(text), null),
});

const common = {
  version: v.literal(PAYLOAD_VERSION),
  layer: v.optional(orNull(layerSchema), null),
  request: v.optional(orNull(requestSchema), null),
};
const draws = v.pipe(v.array(draw), v.minLength(1), v.maxLength(MAX_DRAWS), v.readonly());
const side = v.pipe(v.tuple([count, count]), v.readonly());
const scale = orNull(v.pipe(number, v.minValue(0)));
const numbers = v.pipe(v.array(number), v.maxLength(MAX_CELLS), v.readonly());

const payload = v.variant("chart", [
  /** One drawing against its exact density. */
  v.object({ chart: v.literal("histogram"), ...common, draws }),
  /** Several schemes on one axis. */
  v.object({ chart: v.literal("schemes"), ...common, draws }),
  /** Default against current against recommended, told apart by `role`. */
  v.object({ chart: v.literal("roles"), ...common, draws }),
  /** A whole model: one row a parameter, standard deviations. */
  v.object({
    chart: v.literal("model"),
    ...common,
    rows: v.pipe(
      v.array(
        v.object({
          name: text,
          default: scale,
          current: scale,
          recommended: scale,
          histogram: v.optional(orNull(histogram), null),
        }),
      ),
      v.minLength(1),
      v.maxLength(MAX_ROWS),
      v.readonly(),
    ),
  }),
  /** The top left corner of a weight matrix, row by row; `shape` is the whole. */
  v.object({
    chart: v.literal("matrix"),
    ...common,
    shape: side,
    columns: v.pipe(count, v.minValue(1)),
    values: v.pipe(numbers, v.minLength(1), v.readonly()),
  }),
  /** Singular values of a matrix with independent entries of standard deviation `std`. */
  v.object({
    chart: v.literal("singular"),
    ...common,
    shape: side,
    std: scale,
    values: v.pipe(numbers, v.minLength(1), v.readonly()),
  }),
  /** One value a unit; `groups` names runs of units, such as an LSTM's gates. */
  v.object({
    chart: v.literal("bias"),
    ...common,
    groups: v.pipe(v.array(v.object({ name: text, length: count })), v.maxLength(16), v.readonly()),
    values: v.pipe(numbers, v.minLength(1), v.readonly()),
  }),
  /** Lengths of the rows of an embedding with independent entries of standard deviation `std`. */
  v.object({ chart: v.literal("embedding"), ...common, shape: side, std: scale, histogram }),
  /** Standard deviations of activations forward and of gradients backward, relative to the input's. */
  v.object({
    chart: v.literal("signal"),
    ...common,
    layers: v.pipe(
      v.array(v.object({ name: text, forwardStd: scale, backwardStd: scale })),
      v.minLength(1),
      v.maxLength(MAX_ROWS),
      v.readonly(),
    ),
  }),
]);

export const payloadSchema = payload;
/** The parts that the published schema names. */
export const payloadParts = {
  distribution,
  histogram,
  result,
  request: requestSchema,
  draw,
  layer: layerSchema,
};
export type Payload = v.InferOutput<typeof payload>;
/** The same as its makers may write it: without what is `null`, with more than is kept. */
export type PayloadInput = DeepReadonly<v.InferInput<typeof payload>>;
export type ChartKind = Payload["chart"];
export type PayloadOf<K extends ChartKind> = Extract<Payload, { chart: K }>;
export type Draw = v.InferOutput<typeof draw>;
export type DrawRequest = v.InferOutput<typeof requestSchema>;
export type DrawResult = v.InferOutput<typeof result>;
export type Histogram = v.InferOutput<typeof histogram>;
export type LayerFacts = v.InferOutput<typeof layerSchema>;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A payload from its parts: keeps what the format knows. Throws where a part breaks the format. */
export function makePayload(input: PayloadInput): Payload {
  // Infinite bounds have no JSON; the largest number cuts off as little.
  const plain: unknown = JSON.parse(
    JSON.stringify(input, (_, value) =>
      value === Number.POSITIVE_INFINITY
        ? Number.MAX_VALUE
        : value === Number.NEGATIVE_INFINITY
          ? -Number.MAX_VALUE
          : value,
    ),
  );
  const parsed = parsePayload(plain);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

/** Checks a value of unknown origin; the reason is a sentence a person can read. */
export function parsePayload(value: unknown): Parsed<Payload> {
  if (typeof value !== "object" || value === null) return refuse("it holds no data");
  const version = (value as { version?: unknown }).version;
  if (version !== PAYLOAD_VERSION) {
    if (typeof version !== "number") return refuse("it does not say which version it is");
    return refuse(`it is of version ${version}, and this Init Lens reads version ${PAYLOAD_VERSION}`);
  }
  const parsed = v.safeParse(payload, value, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue) ?? "it";
  return refuse(
    `${path.slice(0, 80)} should be ${issue.expected ?? "something else"}, not ${issue.received.slice(0, 40)}`,
  );
}

/** The same from text, refusing what is too large before it is read. */
export function parsePayloadText(source: string): Parsed<Payload> {
  if (source.length > MAX_PAYLOAD_BYTES) return refuse(tooLarge(source.length));
  try {
    return parsePayload(JSON.parse(source));
  } catch {
    return refuse("its data is not valid JSON");
  }
}

/** Why data of this many bytes is not read. */
export function tooLarge(bytes: number): string {
  return `its data is too large: ${(bytes / 1e6).toFixed(1)} MB, where ${MAX_PAYLOAD_BYTES / 1e6} MB is the limit`;
}

function refuse(reason: string): { ok: false; reason: string } {
  return { ok: false, reason: `This chart cannot be shown: ${reason}.` };
}
