/**
 * Which activation a chain of pointwise operations is: the chain is computed on a few numbers and compared
 * with the activations that are known, so that `x * torch.sigmoid(x)` is found to be SiLU.
 */
import { ACTIVATION_NAMES, activationValue } from "../../init/gains.js";
import type { Moment, Operation } from "./trace.js";

/** An activation and its parameter (slope, alpha). */
export interface FoundActivation {
  readonly name: string;
  readonly a?: number;
}

/** Inputs the chain is computed on: both sides of every kink, 0 left out because `0 * f(0)` says nothing. */
const SAMPLES = Float64Array.of(-7.3, -4.1, -2.2, -1.3, -0.4, -0.05, 0.03, 0.6, 1.7, 2.9, 5.2, 8.4);
const MINUS_ONE_THIRD = SAMPLES.indexOf(-0.4);
const MOST_OPERATIONS = 40;
/** Programs write √(2/π) as 0.79788456. */
const TOLERANCE = 1e-6;

type Column = Float64Array;

/** What an operation does to single numbers; null for one that is not pointwise. */
export type Pointwise = (
  operation: Operation,
  columns: ReadonlyMap<Moment, Column>,
) => ((sample: number) => number) | null;

/** Where a chain ends: a moment that something else than the chain uses. */
export interface ChainEnd {
  readonly moment: Moment;
  /** Operations that use it and are not part of the chain; none where the run broke off. */
  readonly users: readonly Operation[];
  /** What has been applied; null where it is no activation that is known. */
  readonly activation: FoundActivation | null;
}

/** Follows the pointwise operations on one tensor alone. `linear` stands for no activation at all. */
export function chainEnds(start: Moment, pointwise: Pointwise): ChainEnd[] {
  const columns = new Map<Moment, Column>([[start, SAMPLES]]);
  const chain = new Set<Operation>();
  const waiting = new Set(start.into);
  while (waiting.size > 0 && chain.size < MOST_OPERATIONS) {
    const operation = [...waiting].reduce((first, one) => (one.order < first.order ? one : first));
    waiting.delete(operation);
    const [output] = operation.outputs;
    const compute = output === undefined ? null : pointwise(operation, columns);
    if (output === undefined || compute === null || chain.has(operation)) continue;
    chain.add(operation);
    columns.set(
      output,
      SAMPLES.map((_, i) => compute(i)),
    );
    for (const user of output.into) waiting.add(user);
  }
  return [...columns].flatMap(([moment, column]): ChainEnd[] => {
    const users = [...new Set(moment.into)].filter((operation) => !chain.has(operation));
    const isUsed = users.length > 0 || moment.into.length === 0;
    return isUsed ? [{ moment, users, activation: activationOf(column) }] : [];
  });
}

/** The activation that gives these values; constant factors and shifts of the linear one do not matter. */
function activationOf(column: Column): FoundActivation | null {
  const slope = (column[1]! - column[0]!) / (SAMPLES[1]! - SAMPLES[0]!);
  const shift = column[0]! - slope * SAMPLES[0]!;
  if (slope !== 0 && fits(column, (x) => slope * x + shift)) return { name: "linear" };
  for (const name of ACTIVATION_NAMES) {
    for (const a of parametersOf(name, column)) {
      const value = activationValue(name, a);
      if (value !== null && fits(column, value)) return a === undefined ? { name } : { name, a };
    }
  }
  const name = SATURATING.find((one) => isStretched(column, activationValue(one)!));
  return name === undefined ? null : { name };
}

/** Stretched to another range these saturate at the same inputs. */
const SATURATING = ["tanh", "sigmoid"] as const;

/** Whether the column is `f` times a factor plus a shift. */
function isStretched(column: Column, f: (x: number) => number): boolean {
  const [first, last] = [SAMPLES[0]!, SAMPLES.at(-1)!];
  const factor = (column.at(-1)! - column[0]!) / (f(last) - f(first));
  return factor !== 0 && fits(column, (x) => column[0]! + factor * (f(x) - f(first)));
}

const fits = (column: Column, f: (x: number) => number): boolean =>
  SAMPLES.every((x, i) => Math.abs(f(x) - column[i]!) <= TOLERANCE * (1 + Math.abs(column[i]!)));

/** The parameter that the value at a negative input tells, where the activation has one. */
function parametersOf(name: string, column: Column): readonly (number | undefined)[] {
  const x = SAMPLES[MINUS_ONE_THIRD]!;
  const y = column[MINUS_ONE_THIRD]!;
  // A slope below 0 is another thing: |x|.
  if (name === "leaky_relu") return y / x < 0 ? [] : [rounded(y / x)];
  if (name === "elu") return [rounded(y / Math.expm1(x))];
  return name === "prelu" ? [] : [undefined];
}

/** 0.2, where the arithmetic of two roundings gives 0.19999999999999998. */
const rounded = (value: number): number => Number(value.toPrecision(9));
