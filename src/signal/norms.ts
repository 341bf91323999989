/** Norms: what each centres and scales over, as the model trains. */
import type { Moment } from "../layers/flow/trace.js";
import { PyList, PyTuple } from "../python/values.js";
import { alone, averaged, EXTENT, Population } from "./population.js";
import { type Call, type Outcome, passed, type Rule, shapeOf } from "./rule.js";
import { perUnit } from "./weighted.js";

type Averages = (values: Population) => Population;

interface Norm {
  readonly over: Averages;
  readonly weight: Moment | null;
  readonly bias: Moment | null;
  readonly epsilon: number;
  readonly isCentred?: boolean;
}

/** torch's default. */
const EPSILON = 1e-5;

const epsilonOf = (call: Call, at: number): number => call.number(at, "eps") ?? EPSILON;

/**
 * x → (x − mean)/√(variance + ε)·γ + β. That mean and variance follow the values takes nothing off the gradient
 * in a wide layer, or in a large batch.
 */
function normalised(call: Call, { over, weight, bias, epsilon, isCentred = true }: Norm): Outcome | null {
  const input = call.moment(0);
  if (input === null) return null;
  const signal = call.signal(input);
  // Whatever came before, what comes out of a norm is of its size.
  const values = signal?.values ?? call.source.draw(alone(1, true), true);
  const [gamma, beta] = [affine(call, weight, 1, values), affine(call, bias, 0, values)];
  if (gamma === null || beta === null) return null;
  const centre = over(values);
  const centred = isCentred ? values.map((value, i) => value - centre.values[i]!) : values;
  const variance = over(centred.map((value) => value * value));
  const smallest = signal === null ? 0 : epsilon;
  const factor = gamma.map((value, i) => value / Math.sqrt(variance.values[i]! + smallest));
  const times = (of: Population) => of.map((value, i) => value * factor.values[i]!);
  // By how much an input of unknown size is scaled is not known either.
  const back = (gradient: Population) => (signal === null ? null : times(gradient));
  const normed = { values: times(centred).plus(beta), axes: signal?.axes ?? null };
  // Of what was not known it is not known either what places have in common.
  const output = signal === null ? { ...normed, isUneven: true } : normed;
  return { ...passed(input, normed.values, normed.axes, back), outputs: [output] };
}

function affine(
  call: Call,
  parameter: Moment | null,
  otherwise: number,
  { hasPlaces }: Population,
): Population | null {
  return parameter === null
    ? Population.of(otherwise, hasPlaces)
    : perUnit(call.law(parameter), call.source, hasPlaces);
}

const overPlacesOf: Averages = (values) => averaged(values, "place");
const overBatch: Averages = (values) => averaged(averaged(values, "place"), "sample");
const overUnits: Averages = (values) => averaged(values, "unit");
const overFeatures: Averages = (values) => averaged(averaged(values, "unit"), "place");

/** Units in groups of so many, with all their places. */
function overGroups(size: number): Averages {
  if (size === 1) return overPlacesOf;
  if (size >= EXTENT.units) return overFeatures;
  return (values) => {
    const rows = overPlacesOf(values);
    const stride = EXTENT.samples * EXTENT.places;
    return rows.map((_, i) => {
      const first = Math.floor(i / stride / size) * size;
      const count = Math.min(size, EXTENT.units - first);
      let total = 0;
      for (let k = 0; k < count; k++) total += rows.values[(first + k) * stride + (i % stride)]!;
      return total / count;
    });
  };
}

const batch: Rule = (call) =>
  normalised(call, {
    over: overBatch,
    weight: call.moment(3),
    bias: call.moment(4),
    epsilon: epsilonOf(call, 7),
  });

const instance: Rule = (call) =>
  normalised(call, {
    over: overPlacesOf,
    weight: call.moment(3),
    bias: call.moment(4),
    epsilon: epsilonOf(call, 7),
  });

const group: Rule = (call) => {
  const channels = shapeOf(call.moment(0))?.[1];
  const groups = call.number(1);
  if (channels === undefined || groups === null) return null;
  const over = overGroups(channels / groups);
  return normalised(call, {
    over,
    weight: call.moment(2),
    bias: call.moment(3),
    epsilon: epsilonOf(call, 4),
  });
};

/** Layer and RMS norm: weight and bias are the only other tensors. */
function trailing(isCentred: boolean): Rule {
  return (call) => {
    const [weight, bias] = [call.moment(2), isCentred ? call.moment(3) : null];
    const axes = call.signal(call.moment(0))?.axes;
    const given = call.value(1);
    const count = given instanceof PyTuple || given instanceof PyList ? given.items.length : 1;
    const roles = new Set(axes?.slice(-count).flatMap((axis) => axis.map(({ role }) => role)) ?? ["unit"]);
    const over = roles.has("place") ? (roles.has("unit") ? overFeatures : overPlacesOf) : overUnits;
    const epsilon = epsilonOf(call, isCentred ? 4 : 3);
    return normalised(call, { over, weight, bias, epsilon, isCentred });
  };
}

/** Rules of norms by the operation's name. */
export const NORMS: Readonly<Record<string, Rule>> = {
  batch_norm: batch,
  instance_norm: instance,
  group_norm: group,
  layer_norm: trailing(true),
  rms_norm: trailing(false),
};
