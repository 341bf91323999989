/** What a rule of signal propagation is given and gives. */

import type { Moment, Operation } from "../layers/flow/trace.js";
import { concrete, Tensor } from "../layers/tensors/tensor.js";
import { PyDict, PyFloat, PyList, PyTuple, type Value } from "../python/values.js";
import type { Distribution } from "../types.js";
import type { Axes } from "./axes.js";
import type { Population, Source } from "./population.js";

/** What is known of a tensor: a stand-in for its values, and what its axes are (null where that was lost). */
export interface Signal {
  readonly values: Population;
  readonly axes: Axes | null;
  /** Of scores behind a mask: how many keys each query still sees. */
  readonly kept?: readonly number[];
  /** Places differ in size and in what they share, as behind a causal mask: their mean is not known. */
  readonly isUneven?: boolean;
}

/** What a rule may ask of a tensor itself. */
export interface Tensors {
  /** What a weight is drawn from; null for a tensor that is no weight. */
  readonly law: (tensor: Tensor) => Distribution | null;
  /** Its numbers, where they are known. */
  readonly elements: (tensor: Tensor) => Float64Array | null;
}

/** Gradients of what went in, from those of what came out; null for one that is not known. */
export type Pull = (gradients: readonly (Population | null)[]) => ReadonlyMap<Moment, Population | null>;

export interface Outcome {
  /** One for each output; null where nothing is known of it. */
  readonly outputs: readonly (Signal | null)[];
  readonly pull: Pull;
}

/** One operation: null where what it does to the signal cannot be derived. */
export type Rule = (call: Call) => Outcome | null;

/** An operation with its arguments, as rules read them. */
export class Call {
  constructor(
    readonly operation: Operation,
    readonly source: Source,
    private readonly known: ReadonlyMap<Moment, Signal | null>,
    private readonly tensors: Tensors,
  ) {}

  /** The only tensor of an argument. */
  moment(at: number): Moment | null {
    const operand = this.operation.operands[at];
    return operand !== undefined && "moments" in operand && operand.moments.length === 1
      ? operand.moments[0]!
      : null;
  }

  /** All tensors of all arguments, in order. */
  moments(): readonly Moment[] {
    return this.operation.inputs;
  }

  signal(moment: Moment | null): Signal | null {
    return moment === null ? null : (this.known.get(moment) ?? null);
  }

  /** What a weight is drawn from; null for a tensor that is no weight. */
  law(moment: Moment | null): Distribution | null {
    const tensor = moment?.value;
    return moment?.origin === "parameter" && tensor instanceof Tensor ? this.tensors.law(tensor) : null;
  }

  /** The numbers of a tensor where they are known. */
  elements(tensor: Tensor): Float64Array | null {
    return this.tensors.elements(tensor);
  }

  /** A plain argument by place, also in a last `*args`, or by name in `**options`. */
  value(at: number, name?: string): Value | undefined {
    const values = this.operation.operands.map((one) => ("value" in one ? one.value : undefined));
    const [listed, options] = values.slice(-2);
    if (!(options instanceof PyDict)) return values[at];
    const named = name === undefined ? undefined : options.get(name);
    const first = values.length - 2;
    if (named !== undefined) return named;
    if (at >= first && listed instanceof PyTuple) return listed.items[at - first];
    return at <= first ? values[at] : undefined;
  }

  number(at: number, name?: string): number | null {
    return numberOf(this.value(at, name));
  }

  /** One whole number for each of `rank` axes; null where they are not known. */
  sizes(at: number, rank: number, otherwise: number): readonly number[] | null {
    const value = this.value(at);
    if (value === undefined || value === null) return new Array(rank).fill(otherwise);
    const items = value instanceof PyTuple || value instanceof PyList ? value.items : [value];
    const numbers = items.map(numberOf);
    if (numbers.includes(null)) return null;
    return numbers.length === 1 ? new Array(rank).fill(numbers[0]) : (numbers as number[]);
  }

  /** Shape of an output. */
  outputShape(at = 0): readonly number[] | null {
    return shapeOf(this.operation.outputs[at]);
  }
}

/** Sizes of a tensor where all are known. */
export function shapeOf(moment: Moment | null | undefined): readonly number[] | null {
  return moment?.value instanceof Tensor ? concrete(moment.value.shape) : null;
}

export function numberOf(value: Value | undefined): number | null {
  if (typeof value === "number") return value;
  return value instanceof PyFloat ? value.value : null;
}

/** A rule's outcome with one output and one input. */
export const passed = (
  input: Moment,
  values: Population,
  axes: Axes | null,
  back: (gradient: Population) => Population | null,
): Outcome => ({
  outputs: [{ values, axes }],
  pull: ([gradient]) => new Map([[input, gradient ? back(gradient) : null]]),
});
