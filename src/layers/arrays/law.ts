/** Laws as the array stubs hold them: a distribution, with the calls that drew it. */
import { scale as scaled, shift as shifted } from "../../init/arithmetic.js";
import { drawJax } from "../../init/frameworks/jax.js";
import { drawKeras } from "../../init/frameworks/keras.js";
import type { Argument, Arguments } from "../../init/frameworks/table.js";
import { drawTensorflow } from "../../init/frameworks/tensorflow.js";
import { drawTheano } from "../../init/frameworks/theano.js";
import * as make from "../../init/make.js";
import { type Draw, isRefusal } from "../../init/refusal.js";
import * as symbolic from "../../init/symbolic.js";
import { native } from "../../python/host.js";
import type { Machine } from "../../python/machine.js";
import { binaryFormula, type Formula, numberFormula } from "../../python/symbols/formula.js";
import { formulaOf } from "../../python/symbols/symbolic.js";
import {
  PyClass,
  PyDict,
  PyFloat,
  PyList,
  PyObject,
  PyTuple,
  type Span,
  types,
  Unknown,
  type Value,
} from "../../python/values.js";
import type { Distribution, Shape } from "../../types.js";
import { refuse } from "../observations.js";
import { dimOf, quantityOf } from "./sizes.js";

const LAW = new PyClass("law", [types.object], types.type, "_laws");
LAW.mro = [LAW, types.object];

/** A generator at one moment: its seed, and what it drew since in words. */
export interface SeededDraw {
  readonly seed: number;
  readonly after: string;
}

/** An immutable Python value: what the entries of an array are drawn from. */
export class Law extends PyObject {
  constructor(
    readonly distribution: Distribution,
    /** Call expressions that drew it, innermost first. */
    readonly made: readonly Span[],
    /**
     * What alone decides its random values: a seed, a key in words, an initializer that gives the same each
     * time, a generator just seeded. Null where it shares a generator with others.
     */
    readonly drawnWith: number | string | PyObject | SeededDraw | null = null,
  ) {
    super(LAW);
  }
}

/** The distribution of a `law` attribute; unknown where it has none. */
export const distributionOfLaw = (law: Value | undefined): Distribution =>
  law instanceof Law ? law.distribution : make.unknown();

const draw = (machine: Machine, distribution: Distribution): Law =>
  new Law(distribution, machine.callStack());

/** What was drawn stays drawn, also where nobody knows from what any more. */
const derive = (law: Law, derived: Distribution): Law => new Law(derived, law.made, law.drawnWith);

/** What each framework's own initializers draw. */
const DRAWS: ReadonlyMap<string, (name: string, shape: Shape, given: Arguments) => Draw> = new Map([
  ["keras", drawKeras],
  ["jax", drawJax],
  ["theano", drawTheano],
  ["tensorflow1", (name: string, shape: Shape, given: Arguments) => drawTensorflow(name, shape, given, 1)],
  ["tensorflow2", (name: string, shape: Shape, given: Arguments) => drawTensorflow(name, shape, given, 2)],
]);

function drawn(machine: Machine, framework: Value, name: Value, shape: Value, given: Value): Value {
  const table = DRAWS.get(String(framework));
  const dims = shapeOf(machine, shape);
  if (table === undefined || dims === null || typeof name !== "string") return null;
  const result = table(name, dims, argumentsOf(machine, given));
  return isRefusal(result) ? refuse(machine, "ValueError", result.message) : draw(machine, result);
}

/** The law, drawn with a seed, key or initializer of its own. Branches that exclude each other may share one. */
function drawnWith(machine: Machine, law: Value, source: Value): Value {
  if (!(law instanceof Law)) return law;
  const { distribution, made } = law;
  if (source instanceof PyTuple) return new Law(distribution, made, machine.inBranch ? null : seeded(source));
  const isSource = typeof source === "number" || typeof source === "string" || source instanceof PyObject;
  const isKnown = isSource && !(source instanceof Unknown) && !machine.inBranch;
  return new Law(distribution, made, isKnown ? source : null);
}

/** Whether a generator just seeded is what decides the values. */
export const isSeeded = (source: Law["drawnWith"]): source is SeededDraw =>
  source !== null && typeof source === "object" && !(source instanceof PyObject);

function seeded({ items: [seed, after] }: PyTuple): SeededDraw | null {
  return typeof seed === "number" && typeof after === "string" ? { seed, after } : null;
}

/** Sizes as the report says them; null where the shape itself is not known. */
export function shapeOf(machine: Machine, shape: Value): Shape | null {
  if (!(shape instanceof PyTuple) && !(shape instanceof PyList)) return null;
  return shape.items.map((size) => dimOf(machine, size));
}

function argumentsOf(machine: Machine, given: Value): Arguments {
  const result: { [name: string]: Argument } = {};
  if (!(given instanceof PyDict)) return result;
  for (const key of machine.iterate(given) as readonly Value[]) {
    if (typeof key === "string") result[key] = argumentOf(machine, machine.getItem(given, key));
  }
  return result;
}

function argumentOf(machine: Machine, value: Value): Argument {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof PyTuple || value instanceof PyList) {
    const items = value.items.map((item) => machine.asInteger(item));
    return items.every((item) => typeof item === "number") ? (items as number[]) : null;
  }
  return quantityOf(machine, value);
}

const quantities = (machine: Machine, values: readonly Value[]): symbolic.Quantity[] =>
  values.map((value) => quantityOf(machine, value));

/** By a number exactly, by a formula as one: `N(0, 2/n_in)`. */
function scaleBy(machine: Machine, law: Value, factor: Value): Value {
  if (!(law instanceof Law)) return null;
  const by = quantityOf(machine, factor);
  if (typeof by === "number") return derive(law, scaled(law.distribution, by));
  return derive(law, scaledByFormula(law.distribution, formulaOf(factor)));
}

function scaledByFormula(law: Distribution, by: Formula | null): Distribution {
  const times = (value: number) => binaryFormula("*", numberFormula(value), by)?.text ?? null;
  if (law.kind === "normal" && law.mean === 0) return symbolic.normal(0, times(law.std), law.source ?? "");
  if (law.kind === "truncated_normal" && law.mean === 0 && law.low === -law.high)
    return symbolic.cutNormal(times(law.scale), law.high / law.scale, law.source ?? "");
  if (law.kind !== "uniform" || law.low !== -law.high) return make.unknown(law.source);
  const limit = times(law.high);
  return make.unknown(law.source, limit === null ? undefined : `U(±${limit})`);
}

function shiftBy(machine: Machine, law: Value, offset: Value): Value {
  if (!(law instanceof Law)) return null;
  const by = quantityOf(machine, offset);
  return derive(law, shifted(law.distribution, typeof by === "number" ? by : null));
}

const sameLaw = (a: Distribution, b: Distribution): boolean =>
  JSON.stringify({ ...a, source: "" }) === JSON.stringify({ ...b, source: "" });

/** The law that all of them have, else None. */
function common(machine: Machine, laws: Value): Value {
  const items = machine.iterate(laws);
  const [first] = Array.isArray(items) ? (items as readonly Value[]) : [];
  if (!(first instanceof Law)) return null;
  const same = (items as readonly Value[]).every(
    (law) =>
      law instanceof Law &&
      law.distribution.kind !== "unknown" &&
      sameLaw(law.distribution, first.distribution),
  );
  return same ? first : null;
}

/** Independent entries: a part of the array has the law of the whole. */
const INDEPENDENT: ReadonlySet<string> = new Set(["uniform", "normal", "truncated_normal", "constant"]);

const decomposed = new WeakSet<Law>();

/** Whether an orthogonal factor was taken from entries of this law: the factor is the weight then. */
export const isDecomposed = (law: Law): boolean => decomposed.has(law);

/** QR and SVD of independent normal entries around 0 give uniformly drawn orthogonal matrices. */
function orthogonalFrom(machine: Machine, law: Value, shape: Value): Value {
  if (!(law instanceof Law) || law.distribution.kind !== "normal" || law.distribution.mean !== 0) return null;
  const dims = shapeOf(machine, shape);
  if (dims === null) return null;
  decomposed.add(law);
  return new Law(
    make.orthogonal(1, dims[0] ?? null, dims[1] ?? null, "orthogonal factor of normal draws"),
    law.made,
  );
}

/** Equal parts, one after the other, each of its own law. */
function segments(machine: Machine, laws: Value): Value {
  const whole = common(machine, laws);
  if (whole !== null) return whole;
  const parts = (machine.iterate(laws) as readonly Value[]).map(distributionOfLaw);
  const values = parts.map((part) => (part.kind === "constant" ? part.value : Number.NaN));
  if (values.some(Number.isNaN)) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return draw(
    machine,
    make.unknown("unit_forget_bias", `in ${values.length} equal parts: ${values.join(", ")}`, std),
  );
}

/** The module `_laws` that the stubs import. */
export const lawNatives = (): Readonly<Record<string, Value>> => ({
  constant: native("constant(value, /)", (machine, value) => {
    const [known] = quantities(machine, [value]);
    return known === null ? null : draw(machine, symbolic.constant(known ?? null, "constant"));
  }),
  uniform: native("uniform(low, high, /)", (machine, low, high) => {
    const [a = null, b = null] = quantities(machine, [low, high]);
    return draw(machine, symbolic.uniform(a, b, "uniform"));
  }),
  normal: native("normal(mean, std, /)", (machine, mean, std) => {
    const [a = null, b = null] = quantities(machine, [mean, std]);
    return draw(machine, symbolic.normal(a, b, "normal"));
  }),
  truncated_normal: native("truncated_normal(mean, scale, low, high, /)", (machine, ...given) => {
    const [mean = null, scale = null, low = null, high = null] = quantities(machine, given);
    if (scale === 0) return draw(machine, symbolic.constant(mean, "truncated_normal"));
    return draw(machine, symbolic.truncatedNormal(mean, scale, low, high, "truncated_normal"));
  }),
  identity: native("identity(gain, shape=None, /)", (machine, gain, shape) => {
    const [rows, columns] = shapeOf(machine, shape) ?? [];
    const known = quantityOf(machine, gain);
    if (typeof known !== "number") return null;
    if (typeof rows !== "number" || typeof columns !== "number") {
      return draw(machine, make.identity(known, null, null, "identity"));
    }
    return draw(machine, make.identity(known, Math.min(rows, columns), rows * columns, "identity"));
  }),
  orthogonal: native("orthogonal(gain, shape, /)", (machine, gain, shape) => {
    const [rows = null, columns = null] = shapeOf(machine, shape) ?? [];
    const known = quantityOf(machine, gain);
    return typeof known === "number"
      ? draw(machine, make.orthogonal(known, rows, columns, "orthogonal"))
      : null;
  }),
  draw: native("draw(framework, name, shape, arguments, /)", drawn),
  drawn_with: native("drawn_with(law, source, /)", drawnWith),
  scale: native("scale(law, factor, /)", scaleBy),
  shift: native("shift(law, offset, /)", shiftBy),
  common: native("common(laws, /)", common),
  segments: native("segments(laws, /)", segments),
  is_constant: native(
    "is_constant(law, /)",
    (_, law) => law instanceof Law && law.distribution.kind === "constant",
  ),
  constant_value: native("constant_value(law, /)", (_, law) =>
    law instanceof Law && law.distribution.kind === "constant" ? new PyFloat(law.distribution.value) : null,
  ),
  entries: native("entries(law, /)", (_, law) =>
    law instanceof Law && INDEPENDENT.has(law.distribution.kind) ? law : null,
  ),
  orthogonal_only: native("orthogonal_only(law, /)", (_, law) =>
    law instanceof Law && law.distribution.kind === "orthogonal" ? law : null,
  ),
  orthogonal_from: native("orthogonal_from(law, shape, /)", orthogonalFrom),
});
