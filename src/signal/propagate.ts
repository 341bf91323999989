/** Forward through everything a model's run recorded, and back again. */
import { kindOf } from "../layers/flow/kinds.js";
import type { Moment, Operation } from "../layers/flow/trace.js";
import type { Tensor } from "../layers/tensors/tensor.js";
import { type Axes, countOf, inputAxes, sizeOf } from "./axes.js";
import { alone, EXTENT, mean, type Parts, Population, partsOf, Source, square } from "./population.js";
import { Reuse } from "./reuse.js";
import { Call, type Pull, type Signal, shapeOf, type Tensors } from "./rule.js";
import { outcomeOf } from "./rules.js";

/** The std of a tensor and of the gradient that comes back to it; null where it is not known. */
export interface Spread {
  readonly forwardStd: number | null;
  readonly backwardStd: number | null;
}

export interface Propagated {
  /** By output of an operation. */
  readonly spreads: ReadonlyMap<Moment, Spread>;
  /** Operations that are not derived although everything before them is, in order. */
  readonly ends: readonly Operation[];
  /** Whether what was computed with one weight twice is joined somewhere. */
  readonly isReused: boolean;
}

/** What numbers come back to a moment; null: some of them are not known. */
type Gradients = Map<Moment, Population | null>;

/**
 * The signal through a run. Inputs are standard normal; each tensor the model returns gets a standard normal
 * gradient. Only the moments in `wanted` are measured.
 */
export function propagate(
  operations: readonly Operation[],
  wanted: ReadonlySet<Moment>,
  tensors: Tensors,
): Propagated {
  const source = new Source();
  const signals = new Map<Moment, Signal | null>();
  const pulls: (readonly [Operation, Pull | null])[] = [];
  const ends: Operation[] = [];
  const gradients: Gradients = new Map();
  const reuse = new Reuse(operations);
  let isReused = false;
  for (const operation of operations) {
    for (const moment of inputsOf(operation))
      if (!signals.has(moment)) signals.set(moment, given(moment, source));
    if (kindOf(operation) === "returned") {
      for (const moment of inputsOf(operation))
        give(gradients, moment, unitGradient(signals.get(moment) ?? null, source));
      continue;
    }
    const isDependent = reuse.isDependent(operation, inputsOf(operation));
    const outcome = isDependent ? null : outcomeOf(new Call(operation, source, signals, tensors));
    const isUneven = inputsOf(operation).some((one) => signals.get(one)?.isUneven);
    for (const [k, output] of operation.outputs.entries()) {
      const signal = outcome?.outputs[k] ?? null;
      signals.set(output, signal && isUneven ? { ...signal, isUneven } : signal);
    }
    const isKnownBefore = inputsOf(operation).every((one) => one.origin !== "data" || signals.get(one));
    const isEnd =
      outcome === null && isKnownBefore && operation.outputs.some(({ origin }) => origin === "data");
    if (isEnd && isDependent) isReused = true;
    else if (isEnd) ends.push(operation);
    pulls.push([operation, outcome?.pull ?? null]);
  }
  for (const [operation, pull] of pulls.reverse()) pullBack(gradients, operation, pull);
  const spreads = new Map(
    [...wanted].map((moment) => [
      moment,
      spreadOf(moment, signals.get(moment) ?? null, gradients.get(moment)),
    ]),
  );
  return { spreads, ends, isReused };
}

const inputsOf = ({ inputs }: Operation): Moment[] => [...new Set(inputs)];

/** What the model is given; weights and constants are asked for where they are used. */
function given(moment: Moment, source: Source): Signal | null {
  const shape = shapeOf(moment);
  if (moment.from !== null || moment.origin !== "data" || shape === null) return null;
  const { dtype } = moment.value as Tensor;
  const axes = inputAxes(shape, /int|bool/.test(dtype));
  return { values: standard(axes, source), axes };
}

/** Standard normal, each value alone. */
function standard(axes: Axes | null, source: Source): Population {
  const hasPlaces = axes === null || countOf(axes, "place") > 1;
  return source.draw(alone(1, hasPlaces), hasPlaces);
}

function unitGradient(signal: Signal | null, source: Source): Population {
  const hasPlaces = signal?.values.hasPlaces ?? true;
  return source.draw(alone(1, hasPlaces), hasPlaces);
}

function give(gradients: Gradients, moment: Moment, gradient: Population | null): void {
  const before = gradients.get(moment);
  if (before === undefined) gradients.set(moment, gradient);
  else if (before === null || gradient === null) gradients.set(moment, null);
  else gradients.set(moment, before.plus(gradient));
}

/** An output that nothing comes back to has the gradient 0. */
function pullBack(gradients: Gradients, operation: Operation, pull: Pull | null): void {
  const own = operation.outputs.map((output) => gradients.get(output));
  if (own.every((one) => one === undefined)) return;
  if (pull === null) {
    for (const moment of inputsOf(operation)) if (moment.origin === "data") give(gradients, moment, null);
    return;
  }
  const given = own.find((one) => one != null);
  const nothing = Population.of(0, given?.hasPlaces ?? true);
  for (const [moment, gradient] of pull(own.map((one) => (one === undefined ? nothing : one)))) {
    give(gradients, moment, gradient);
  }
}

function spreadOf(moment: Moment, signal: Signal | null, gradient: Population | null | undefined): Spread {
  const size = shapeOf(moment);
  return {
    forwardStd: signal === null ? null : stdOf(signal.values, signal.axes, size),
    backwardStd: gradient ? stdOf(gradient, signal?.axes ?? null, size) : null,
  };
}

/**
 * The std of all values of one tensor of this size, as a program measures it: what all its values have in
 * common is taken off with their mean.
 */
function stdOf(values: Population, axes: Axes | null, shape: readonly number[] | null): number {
  const parts = partsOf(values);
  const centre = centreOf(values, parts);
  const total = square(parts) - centre * centre;
  if (axes === null || shape === null) return Math.sqrt(Math.max(0, total));
  const [units, places, samples] = [countOf(axes, "unit"), countOf(axes, "place"), countOf(axes, "sample")];
  const count = sizeOf(axes.flat());
  if (count <= 1) return Math.sqrt(Math.max(0, total));
  const ofMean =
    Math.max(0, parts.unit - centre * centre) / units +
    parts.sample / (units * samples) +
    parts.place / (units * places) +
    parts.single / count;
  return Math.sqrt((Math.max(0, total - ofMean) * count) / (count - 1));
}

/** The mean of all units, where it is more than chance. */
function centreOf(values: Population, { unit, sample, place, single }: Parts): number {
  const found = mean(values);
  const chance = Math.sqrt(
    unit / EXTENT.units +
      sample / (EXTENT.units * EXTENT.samples) +
      place / (EXTENT.units * EXTENT.places) +
      single / EXTENT.size,
  );
  return Math.abs(found) > 3 * chance ? found : 0;
}
