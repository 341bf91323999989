/** Natives that note in the trace what they computed from what, and what they do to single numbers. */
import { activationValue } from "../../../init/gains.js";
import type { Machine } from "../../../python/machine.js";
import {
  type NativeBody,
  NOT_IMPLEMENTED,
  PyDict,
  PyFloat,
  PyTuple,
  type Unknown,
  type Value,
} from "../../../python/values.js";
import type { Pointwise } from "../../flow/pointwise.js";
import { type Moment, type Operand, type Operation, traceOf } from "../../flow/trace.js";
import { fillValue, Tensor } from "../../tensors/tensor.js";
import { BINARY, UNARY } from "../functions/elementwise.js";
import { isUnknownPart } from "../module/traversal.js";
import { shapeOf } from "./calls.js";
import { noteShapes } from "./notes.js";

/** Operators that Python calls by other names than torch's functions. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["truediv", "div"],
  ["floordiv", "floor_divide"],
  ["mod", "remainder"],
  ["and", "bitwise_and"],
  ["or", "bitwise_or"],
  ["xor", "bitwise_xor"],
  ["invert", "logical_not"],
]);
/** Dunder methods that begin with the r or i of a reflected or an in-place operator. */
const REFLECTED = /^__r(add|sub|mul|truediv|floordiv|mod|pow|matmul|and|or|xor)__$/;
const IN_PLACE = /^__i(add|sub|mul|truediv|floordiv|mod|pow|and|or|xor)__$/;

interface Recorded {
  readonly name: string;
  readonly isReflected: boolean;
  readonly isInPlace: boolean;
}

function recordedName(method: string): Recorded {
  const reflected = REFLECTED.exec(method)?.[1];
  const inPlace = IN_PLACE.exec(method)?.[1];
  const bare = reflected ?? inPlace ?? /^__(\w+)__$/.exec(method)?.[1] ?? method;
  const isInPlace = inPlace !== undefined || method === "__setitem__" || /[^_]_$/.test(method);
  const name = isInPlace ? bare.replace(/([^_])_$/, "$1") : bare;
  return { name: OPERATORS.get(name) ?? name, isReflected: reflected !== undefined, isInPlace };
}

/** The same natives, each noting what it did. */
export function traced<Body extends NativeBody>(table: Readonly<Record<string, Body>>): Record<string, Body> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]) => [
      signature,
      tracedBody(signature.slice(0, signature.indexOf("(")), body) as Body,
    ]),
  );
}

/** One native under the name of its method or function. */
export function tracedBody(method: string, body: NativeBody): NativeBody {
  const { name, isReflected, isInPlace } = recordedName(method);
  const isOperator = method.startsWith("__");
  return (machine, ...args) => {
    const result = body(machine, ...args);
    const trace = traceOf(machine);
    if (!trace.isRecording || result === NOT_IMPLEMENTED) return result;
    const [first, ...rest] = args;
    const operands = isReflected ? [rest[0]!, first!] : args.map((one) => one ?? null);
    trace.record(name, operands as Value[], result, isInPlace ? (first ?? null) : null);
    if (!isOperator) noteResult(machine, operands as Value[], result);
    if (changesInput(operands as Value[]) && first instanceof Tensor && result instanceof Tensor) {
      trace.record("to", [result], null, first);
    }
    return result;
  };
}

/**
 * What is done with a tensor of which nothing is known, or made of a tensor by a function that nobody knows: what
 * such a function is called says nothing. Of parts that a model has in unknown number those that are known tell.
 */
export function tracedUnknown(
  machine: Machine,
  by: string | Unknown,
  operands: readonly Value[],
  result: Unknown,
): void {
  const trace = traceOf(machine);
  if (!trace.isRecording) return;
  if (typeof by === "string" && (by.startsWith("__") || trace.follows(operands[0]!)))
    trace.record(recordedName(by).name, operands, result);
  else if (typeof by === "string" || !isUnknownPart(by)) trace.record("unknown", operands, result);
}

/** An operator has no call expression of its own. */
function noteResult(machine: Machine, args: readonly Value[], result: Value): void {
  const output = shapeOf([result]);
  if (output !== null) noteShapes(machine, "call", machine.callStack()[0], { input: shapeOf(args), output });
}

/** `inplace=True`: the input has the result's values from then on. */
const changesInput = (args: readonly Value[]): boolean =>
  args.some((one) => one instanceof PyDict && one.get("inplace") === true);

// ── what an operation does to one number ─────────────────────────────────────

type Scalar = (...numbers: number[]) => number;

/** Activations with a parameter: its place among the arguments, and what it is where not given. */
const PARAMETERS: ReadonlyMap<string, readonly [at: number, name: string, otherwise: number]> = new Map([
  ["leaky_relu", [1, "negative_slope", 0.01]],
  ["elu", [1, "alpha", 1]],
  ["celu", [1, "alpha", 1]],
]);

/** torch's names of activations without one. */
const ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ..."relu relu6 selu silu mish tanh sigmoid softplus softsign hardswish hardsigmoid tanhshrink"
    .split(" ")
    .map((name): [string, string] => [name, name]),
  ["logsigmoid", "log_sigmoid"],
]);

/** The function of one number that an operation is, where all else it takes are numbers. */
export const pointwise: Pointwise = (operation, columns) => {
  const f = scalarFunction(operation);
  if (f === null) return null;
  const { name, operands } = operation;
  const count = name === "where" ? 3 : name in BINARY || isExtremeOfTwo(operation) ? 2 : 1;
  const given = operands.slice(0, count).map((operand) => samplesOf(operand, columns));
  if (given.length < count || given.includes(null)) return null;
  // No more numbers than there are: the greatest of two and of three is not the same.
  return (i) => f(...given.map((at) => at!(i)));
};

function samplesOf(
  operand: Operand,
  columns: ReadonlyMap<Moment, Float64Array>,
): ((sample: number) => number) | null {
  if ("value" in operand) {
    const number = numberOf(operand.value);
    return number === null ? null : () => number;
  }
  // What is done to one of several is done to the one that is asked about.
  const asked = operand.isOneOf ? operand.moments.filter((one) => columns.has(one)) : operand.moments;
  const [moment, ...others] = asked;
  if (moment === undefined || others.length > 0) return null;
  const column = columns.get(moment);
  if (column !== undefined) return (i) => column[i]!;
  if (moment.origin !== "constant" || !(moment.value instanceof Tensor)) return null;
  const fill = fillValue(moment.value);
  return fill === null ? null : () => fill;
}

function scalarFunction(operation: Operation): Scalar | null {
  const { name } = operation;
  const option = optionsOf(operation);
  const parameter = PARAMETERS.get(name);
  if (parameter !== undefined) {
    const [at, key, otherwise] = parameter;
    const a = option(at, key);
    return a === undefined
      ? activationValue(name, otherwise)
      : typeof a === "number"
        ? activationValue(name, a)
        : null;
  }
  if (name === "gelu") return activationValue(option(1, "approximate") === "tanh" ? "gelu_tanh" : "gelu");
  if (name === "softplus" && (option(1, "beta") ?? 1) !== 1) return null;
  if (
    name === "hardtanh" ||
    name === "clamp" ||
    name === "clip" ||
    name === "clamp_min" ||
    name === "clamp_max"
  ) {
    const bounds = boundsOf(name, option);
    return bounds && ((x) => Math.min(bounds[1], Math.max(bounds[0], x)));
  }
  const activation = ACTIVATIONS.get(name);
  if (activation !== undefined) return activationValue(activation);
  if (name === "erf") return (x) => ((activationValue("gelu")?.(x * Math.SQRT2) ?? 0) * Math.SQRT2) / x - 1;
  if (name === "where") return (condition, x, y) => (condition !== 0 ? x! : y!);
  if (isExtremeOfTwo(operation)) return name === "max" ? Math.max : Math.min;
  const compute: ((x: number, y: number) => number) | null | undefined =
    BINARY[name]?.compute ?? UNARY[name]?.compute;
  return compute ? (x, y) => compute(x!, y!) : null;
}

/** `torch.max(x, y)`; with one tensor it is the greatest of its entries. */
const isExtremeOfTwo = ({ name, operands }: Operation): boolean =>
  (name === "max" || name === "min") && operands[1] !== undefined && "moments" in operands[1];

function boundsOf(
  name: string,
  option: (at: number, key: string) => number | string | null | undefined,
): readonly [number, number] | null {
  const [lowKey, highKey] = name === "hardtanh" ? ["min_val", "max_val"] : ["min", "max"];
  const low = name === "clamp_max" ? undefined : option(1, lowKey);
  const high = option(name === "clamp_max" ? 1 : 2, highKey);
  if (low === null || high === null || typeof low === "string" || typeof high === "string") return null;
  const free = name === "hardtanh" ? 1 : Number.POSITIVE_INFINITY;
  return [low ?? -free, high ?? free];
}

/**
 * An argument by place or name: undefined where it is not given (or None), null where it is no number.
 * Natives that take `*args, **options` have them as a tuple and a dict.
 */
function optionsOf({ operands }: Operation): (at: number, key: string) => number | string | null | undefined {
  const values = operands.map((one) => ("value" in one ? one.value : undefined));
  const options = values.find((one) => one instanceof PyDict);
  const listed = values[1] instanceof PyTuple ? [undefined, ...values[1].items] : values;
  return (at, key) => {
    const named = options instanceof PyDict ? options.get(key) : undefined;
    const value = named ?? listed[at];
    if (value === undefined || value === null || value instanceof PyDict) return undefined;
    return typeof value === "string" ? value : numberOf(value);
  };
}

function numberOf(value: Value): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof PyFloat ? value.value : null;
}

/** Tells the trace which tensors are parameters. */
export function prepareTrace(machine: Machine, isParameter: (value: Value) => boolean): void {
  traceOf(machine).isTorchParameter = isParameter;
}
