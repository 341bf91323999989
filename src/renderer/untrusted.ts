/**
 * A Vega-Lite specification of unknown origin, made harmless before it is compiled: nothing that loads, links or
 * multiplies without bound gets through. What remains is still interpreted, never compiled to code (`budget.ts`
 * bounds its time).
 */
import type { Json, Spec } from "../charts/spec";

/** Altair refuses more than 5,000 rows itself; this many still draw in well under a second. */
const MAX_ROWS = 20_000;
const MAX_DEPTH = 60;
const MAX_VALUES = 400_000;
/** Views that `layer`, `concat` and `repeat` may make in all. */
const MAX_VIEWS = 64;
const MAX_PIXELS = 4_000;
/** Rows that a generator may make out of nothing. */
const MAX_GENERATED = 10_000;

export type Cleaned =
  | { readonly ok: true; readonly spec: Spec; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reason: string };

class Refusal extends Error {}

/** Names that reach a prototype, and the two that only embedding pages read. */
const DROPPED = new Set(["__proto__", "constructor", "prototype", "usermeta", "$schema"]);
/** Channels and properties that hold addresses. */
const ADDRESSES = new Set(["href", "url"]);
/** Counts that an honest chart keeps small; Vega would allocate or loop as often as they say. */
const COUNTS: ReadonlyMap<string, number> = new Map([
  ["tickCount", 1_000],
  ["maxbins", 1_000],
  ["steps", 2_000],
  ["minsteps", 2_000],
  ["maxsteps", 2_000],
  ["count", 1_000],
  ["order", 12],
  ["columns", 1_000],
  ["levels", 100],
  ["width", MAX_PIXELS],
  ["height", MAX_PIXELS],
]);
/** Transforms that make values larger than any in the data. */
const COMPUTES = new Set(["calculate", "aggregate", "joinaggregate", "window"]);
/** A number format wider than this would be padded to that width. */
const LONG_NUMBER = /\d{4,}/;

/** The specification without what could harm, or the reason why it is not drawn. */
export function cleanSpec(source: unknown): Cleaned {
  try {
    if (!isRecord(source)) throw new Refusal("it is not a chart specification");
    const cleaner = new Cleaner();
    const spec = cleaner.record(source, 0);
    cleaner.checkBins();
    const views = countViews(spec);
    if (views === 0) throw new Refusal("it has no mark to draw");
    if (views > MAX_VIEWS) throw new Refusal(`it has more than ${MAX_VIEWS} views`);
    return { ok: true, spec, warnings: [...cleaner.warnings] };
  } catch (error) {
    if (error instanceof Refusal)
      return { ok: false, reason: `This chart cannot be shown: ${error.message}.` };
    throw error;
  }
}

class Cleaner {
  readonly warnings = new Set<string>();
  private values = 0;
  private largest = 0;
  private smallestBin = Number.POSITIVE_INFINITY;
  private computed = false;
  private rows = 0;

  record(source: Record<string, unknown>, depth: number): Spec {
    this.noteBins(source);
    const clean: Record<string, Json> = {};
    for (const [key, value] of Object.entries(source)) {
      if (DROPPED.has(key)) continue;
      const kept = this.property(key, value, depth);
      if (kept !== undefined) clean[key] = kept;
    }
    return clean;
  }

  /** A property worth keeping; `undefined` for one that is left out. */
  private property(key: string, value: unknown, depth: number): Json | undefined {
    if (ADDRESSES.has(key)) {
      this.warnings.add(
        "Init Lens loads nothing from addresses and follows no links; those parts are left out.",
      );
      return undefined;
    }
    if (key === "mark" && (value === "image" || (isRecord(value) && value.type === "image"))) {
      throw new Refusal("it consists of images, which would be loaded from addresses");
    }
    if (key === "bind" && isRecord(value)) return this.binding(value, depth);
    if (
      (key === "format" || key === "numberFormat") &&
      typeof value === "string" &&
      LONG_NUMBER.test(value)
    ) {
      throw new Refusal("a number format pads to thousands of characters");
    }
    const most = COUNTS.get(key);
    if (most !== undefined && typeof value === "number" && !(value <= most)) {
      throw new Refusal(`${key} is ${value}, where ${most} is the most`);
    }
    if (key === "tickCount" && typeof value !== "number") return undefined;
    if (key === "nice" && typeof value === "object") return undefined;
    if (key === "values" && (Array.isArray(value) || typeof value === "string")) return this.rowsOf(value);
    if (key === "datasets" && isRecord(value)) return this.datasets(value);
    if (COMPUTES.has(key) && (Array.isArray(value) || key === "calculate")) this.computed = true;
    if (key === "sequence" && isRecord(value)) bounded(value);
    if (key === "keyvals" && isRecord(value)) bounded(value);
    if (key === "graticule") return true;
    return this.value(value, depth + 1);
  }

  private value(value: unknown, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Refusal(`it is nested more than ${MAX_DEPTH} levels deep`);
    if (++this.values > MAX_VALUES) throw new Refusal("it holds too many values");
    if (Array.isArray(value)) return value.map((item) => this.value(item, depth + 1));
    if (isRecord(value)) {
      smallSteps(value);
      return this.record(value, depth);
    }
    return value === null || ["string", "number", "boolean"].includes(typeof value) ? (value as Json) : null;
  }

  /** Only the inputs that hold no address and find no element of the page. */
  private binding(value: Record<string, unknown>, depth: number): Json | undefined {
    if (!["range", "select", "checkbox", "radio", "number", "text"].includes(String(value.input))) {
      return value.input === undefined && !("element" in value) ? this.value(value, depth + 1) : undefined;
    }
    const { element: _, ...rest } = value;
    return this.value(rest, depth + 1);
  }

  /** Data is data: its columns may be called anything, and hold whatever plain values they like. */
  private rowsOf(source: readonly unknown[] | string): Json {
    this.rows += typeof source === "string" ? source.split("\n").length : source.length;
    if (this.rows > MAX_ROWS) throw new Refusal(`it has more than ${MAX_ROWS} rows of data`);
    return typeof source === "string" ? source : source.map((row) => this.plain(row, 0));
  }

  private datasets(source: Record<string, unknown>): Spec {
    const sets = Object.entries(source).filter(([name]) => !DROPPED.has(name));
    return Object.fromEntries(
      sets.map(([name, rows]) => [
        name,
        Array.isArray(rows) || typeof rows === "string" ? this.rowsOf(rows) : [],
      ]),
    );
  }

  private plain(value: unknown, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Refusal(`it is nested more than ${MAX_DEPTH} levels deep`);
    if (++this.values > MAX_VALUES) throw new Refusal("it holds too many values");
    if (typeof value === "number") this.largest = Math.max(this.largest, Math.abs(value));
    if (typeof value === "string" && Number.isFinite(Number(value)))
      this.largest = Math.max(this.largest, Math.abs(Number(value)));
    if (Array.isArray(value)) return value.map((item) => this.plain(item, depth + 1));
    if (!isRecord(value)) return (value ?? null) as Json;
    const entries = Object.entries(value).filter(([name]) => !DROPPED.has(name));
    return Object.fromEntries(entries.map(([name, item]) => [name, this.plain(item, depth + 1)]));
  }

  /** Bins of a given width are as many as the data is wide. */
  private noteBins({ bin }: Record<string, unknown>): void {
    const step = isRecord(bin) ? bin.step : undefined;
    if (typeof step === "number") this.smallestBin = Math.min(this.smallestBin, Math.abs(step));
  }

  /** Throws where bins of a given width would be too many, or their number cannot be told. */
  checkBins(): void {
    if (this.smallestBin === Number.POSITIVE_INFINITY) return;
    if (!(this.largest / this.smallestBin <= MAX_GENERATED) || this.computed) {
      throw new Refusal("its bins are too narrow for its data");
    }
  }
}

/** Steps of transforms that loop from 0 to 1, or over an axis, in steps of this size. */
function smallSteps(value: Record<string, unknown>): void {
  const { step } = value;
  if (step === undefined) return;
  if (typeof step === "number" && "quantile" in value && !(step >= 0.001))
    throw new Refusal("its quantile step is too small");
  if (typeof step === "number" && !(Math.abs(step) > 1e-9)) throw new Refusal("a step is too small");
}

/** A range {start, stop, step} that stays small. */
function bounded({ start = 0, stop, step = 1 }: Record<string, unknown>): void {
  const length = (Number(stop) - Number(start)) / Number(step);
  if (!(Math.abs(length) <= MAX_GENERATED))
    throw new Refusal(`it makes more than ${MAX_GENERATED} rows out of nothing`);
}

/** How many charts a specification makes, `repeat` multiplied out. */
function countViews(spec: Json | undefined): number {
  if (!isRecord(spec)) return 0;
  const parts = ["layer", "concat", "hconcat", "vconcat"].flatMap((key) => {
    const list = spec[key];
    return Array.isArray(list) ? (list as Json[]) : [];
  });
  const inner =
    parts.reduce<number>((sum, part) => sum + countViews(part), 0) + countViews(spec.spec as Json);
  return (inner + ("mark" in spec ? 1 : 0)) * repeats(spec.repeat as Json);
}

function repeats(repeat: Json | undefined): number {
  if (Array.isArray(repeat)) return Math.max(1, repeat.length);
  if (!isRecord(repeat)) return 1;
  return Object.values(repeat).reduce<number>(
    (product, list) => product * (Array.isArray(list) ? list.length : 1),
    1,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
