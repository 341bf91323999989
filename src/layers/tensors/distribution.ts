/** History of a tensor's memory → the distribution its elements have. */
import { clamp, scale, shift } from "../../init/arithmetic.js";
import { CHECKPOINT } from "../../init/describe.js";
import type { Arguments } from "../../init/frameworks/table.js";
import { drawTorch } from "../../init/frameworks/torch.js";
import { LOADED } from "../../init/loaded.js";
import * as make from "../../init/make.js";
import { normalQuantile } from "../../init/normal.js";
import { isRefusal } from "../../init/refusal.js";
import { polynomialText } from "../../python/symbols/polynomial.js";
import { formulaOf, sizeOf } from "../../python/symbols/symbolic.js";
import type { Dim, Distribution, Shape } from "../../types.js";
import { isUnknown, type Layout, type Size, type Step, type StepArgument } from "./tensor.js";

/** A size as the report says it: a number, text of a symbol, or null. */
export function dimOf(size: Size): Dim {
  if (typeof size === "number") return size;
  const polynomial = sizeOf(size);
  return polynomial === null ? null : polynomialText(polynomial);
}

export const shapeDims = (shape: readonly Size[]): Shape => shape.map(dimOf);

/** Arguments that are words: what nobody knows of them has no formula, and its variable's name is not the word. */
const WORDS = new Set(["mode", "nonlinearity"]);

/** Arguments as src/init takes them: symbols as text, what is not known as null. */
export function stepArguments(args: ReadonlyMap<string, StepArgument>): Arguments {
  return Object.fromEntries(
    [...args].map(([name, value]) => {
      if (!isUnknown(value)) return [name, value ?? undefined];
      return [name, WORDS.has(name) ? null : (formulaOf(value)?.text ?? null)];
    }),
  );
}

type Law = (before: Distribution, step: Step) => Distribution;

const number = (step: Step, name: string): number | null => {
  const value = step.args.get(name);
  return typeof value === "number" ? value : typeof value === "boolean" ? Number(value) : null;
};

const drawn: Law = (_, step) => {
  const draw = drawTorch(step.op, shapeDims(step.shape), stepArguments(step.args));
  return isRefusal(draw) ? make.unknown(draw.message) : draw;
};

/** Samples of a named family without a kind of their own here. */
const family: Law = (_, step) => make.unknown(step.op);

const multiplied: Law = (before, step) => scale(before, number(step, "other"), sourced(before, step, "×"));
const added: Law = (before, step) => shift(before, number(step, "other"), sourced(before, step, "+"));
const inverse = (value: number | null): number | null => (value === null || value === 0 ? null : 1 / value);

function sourced(before: Distribution, step: Step, sign: string): string {
  const value = step.args.get("other");
  const text =
    typeof value === "number" ? String(Number(value.toPrecision(6))) : isUnknown(value) ? "?" : String(value);
  return `${before.source ?? ""} ${sign} ${text}`.trim();
}

/** Inverse error function of a uniform is a normal cut where the uniform ends: erf⁻¹(u) = Φ⁻¹((u+1)/2)/√2. */
const inverseError: Law = (before) => {
  if (before.kind !== "uniform") return make.unknown(`erfinv_ of ${before.source ?? "something"}`);
  const low = inverseErrorFunction(before.low);
  const high = inverseErrorFunction(before.high);
  const scaled = Math.SQRT1_2;
  if (low === -Infinity && high === Infinity) return make.normal(0, scaled, before.source);
  return make.truncatedNormal(0, scaled, low, high, "a normal cut at both ends");
};

/** erf⁻¹(y) = Φ⁻¹((1 + y)/2) / √2. */
function inverseErrorFunction(y: number): number {
  return Math.abs(y) >= 1 ? Math.sign(y) * Infinity : normalQuantile((1 + y) / 2) * Math.SQRT1_2;
}

/** Values forced between bounds; cutting a normal beyond ten standard deviations changes nothing real. */
const clamped: Law = (before, step) => {
  const low = number(step, "min") ?? -Infinity;
  const high = number(step, "max") ?? Infinity;
  if (before.kind === "normal" || before.kind === "truncated_normal") {
    const spread = before.kind === "normal" ? before.std : before.scale;
    const far = (bound: number, side: number) => side * (bound - before.mean) > 6 * spread;
    const [least, most] = before.kind === "normal" ? [-Infinity, Infinity] : [before.low, before.high];
    const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
    const keepsLow = least >= low || near(least, low) || far(low, -1);
    const keepsHigh = most <= high || near(most, high) || far(high, 1);
    if (keepsLow && keepsHigh) {
      const ends = [Math.max(least, low), Math.min(most, high)] as const;
      return make.truncatedNormal(before.mean, spread, ends[0], ends[1], before.source);
    }
  }
  return clamp(before, low, high);
};

/** Whose values are what happened to be there. */
export const UNINITIALISED = "uninitialised memory";

/** What a file holds replaces what was drawn, and is no law; it fills memory that nothing else does. */
const loaded: Law = (before) => (before.source === UNINITIALISED ? make.unknown(CHECKPOINT) : before);

/** What each step of a history does to the law of the elements. */
const LAWS: ReadonlyMap<string, Law> = new Map<string, Law>([
  ["empty", () => make.unknown(UNINITIALISED)],
  ["zeros", () => make.constant(0, "zeros")],
  ["ones", () => make.constant(1, "ones")],
  ["full", (_, step) => constantOf(step, "fill_value", "full")],
  ["fill_", (_, step) => constantOf(step, "value", "fill_")],
  ["randn", () => make.normal(0, 1, "randn")],
  ["rand", () => make.uniform(0, 1, "rand")],
  ...["uniform_", "normal_", "trunc_normal_", "constant_", "ones_", "zeros_", "eye_", "dirac_"].map(
    (name): [string, Law] => [name, drawn],
  ),
  ...[
    "xavier_uniform_",
    "xavier_normal_",
    "kaiming_uniform_",
    "kaiming_normal_",
    "orthogonal_",
    "sparse_",
  ].map((name): [string, Law] => [name, drawn]),
  ...[
    "exponential_",
    "log_normal_",
    "cauchy_",
    "geometric_",
    "random_",
    "bernoulli_",
    "randint",
    "randperm",
  ].map((name): [string, Law] => [name, family]),
  ["copy", (before) => before],
  ["cat", (before) => before],
  ["index", (before) => before],
  ["positive", (before) => before],
  ["neg", (before) => scale(before, -1)],
  ["negative", (before) => scale(before, -1)],
  ["mul", multiplied],
  ["multiply", multiplied],
  ["rmul", multiplied],
  ...["div", "divide", "true_divide"].map((name): [string, Law] => [
    name,
    (before, step) => scale(before, inverse(number(step, "other")), sourced(before, step, "÷")),
  ]),
  ["add", added],
  ["radd", added],
  ...["sub", "subtract"].map((name): [string, Law] => [
    name,
    (before, step) => {
      const by = number(step, "other");
      return shift(before, by === null ? null : -by, sourced(before, step, "−"));
    },
  ]),
  ["rsub", (before, step) => shift(scale(before, -1), number(step, "other"))],
  ["erfinv", inverseError],
  ["clamp", clamped],
  ["cast", (before) => before],
  [LOADED, loaded],
]);

function constantOf(step: Step, name: string, source: string): Distribution {
  const value = number(step, name);
  return value === null ? make.unknown(source) : make.constant(value, source);
}

const unlawful: Law = (before, step) => {
  if (step.law !== undefined) return step.law;
  const reason = step.args.get("reason");
  if (typeof reason === "string") return make.unknown(reason);
  return make.unknown(before.source === undefined ? step.op : `${step.op} of ${before.source}`);
};

/** The law after all steps; `fill` says that all elements are known to be that number. */
export function distributionOf(history: Step | null, size: Size, fill: number | null): Distribution {
  const steps: Step[] = [];
  for (let step = history; step !== null; step = step.previous) steps.push(step);
  let whole: Distribution = make.unknown();
  let wholeShape: readonly Size[] = [];
  const parts: Part[] = [];
  for (const step of steps.reverse()) {
    const law = LAWS.get(step.op) ?? unlawful;
    if (step.part === null) {
      const before = parts.length === 0 ? whole : withParts(whole, parts, wholeShape, size);
      whole = law(before, step);
      wholeShape = step.shape;
      parts.length = 0;
    } else {
      parts.push({ where: step.part, shape: step.shape, law: law(whole, step) });
    }
  }
  if (parts.length > 0) whole = withParts(whole, parts, wholeShape, size);
  if (fill !== null && whole.kind !== "constant") return make.constant(fill, whole.source);
  return whole;
}

/** A part of the storage that was written on its own. */
interface Part {
  readonly where: Layout | "some";
  readonly shape: readonly Size[];
  readonly law: Distribution;
}

/** Where a part begins and ends, if it is one run of the storage. */
function runOf({ where, shape }: Part): readonly [number, number] | null {
  if (where === "some") return null;
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (typeof size !== "number" || (size > 1 && where.strides[axis] !== stride)) return null;
    stride *= size;
  }
  return [where.offset, where.offset + stride];
}

const sameLaw = (a: Distribution, b: Distribution): boolean =>
  JSON.stringify({ ...a, source: "" }) === JSON.stringify({ ...b, source: "" });

/**
 * Parts that together are everything and have one law have that law. A short run set to a constant (the
 * padding row of an embedding) leaves the law of the rest, and is told in the source.
 */
function withParts(
  whole: Distribution,
  parts: readonly Part[],
  shape: readonly Size[],
  size: Size,
): Distribution {
  const [first] = parts;
  if (parts.every(({ law }) => sameLaw(law, whole))) return whole;
  const runs = parts.map(runOf);
  if (parts.every(({ law }) => sameLaw(law, first!.law)) && coversAll(runs, size)) return first!.law;
  const [run] = runs;
  if (parts.length === 1 && run && first!.law.kind === "constant" && isRow(first!, shape)) {
    const row = Math.round(run[0] / Math.max(1, run[1] - run[0]));
    return { ...whole, source: `${whole.source ?? ""}, row ${row} is ${first!.law.value}` };
  }
  return make.unknown(`${whole.source ?? "something"}, then parts written on their own`);
}

/** From so many times as long as there are rows a row is seen in the law of all values. */
const LONG_ROW = 8;

/** One row of a matrix of many, written through an integer index; half of a vector is none. */
function isRow(part: Part, [rows, ...row]: readonly Size[]): boolean {
  return (
    typeof rows === "number" &&
    rows > 1 &&
    row.length === 1 &&
    !(typeof row[0] === "number" && row[0] > LONG_ROW * rows) &&
    part.shape.at(-1) === row[0] &&
    part.shape.length === 1
  );
}

function coversAll(runs: readonly (readonly [number, number] | null)[], size: Size): boolean {
  let end = 0;
  for (const run of runs.filter((one) => one !== null).sort((a, b) => a[0] - b[0])) {
    if (run[0] > end) return false;
    end = Math.max(end, run[1]);
  }
  return runs.every((run) => run !== null) && end === size;
}
