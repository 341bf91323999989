/**
 * Weighted sums. With weights that are drawn independently with mean 0, E y² = terms · E w² · E x² + E b²; the
 * same holds of every part of the second moment, and backwards with the terms that an input feeds.
 */

import { mean as meanOf, rootMeanSquare } from "../init/distributions.js";
import type { Moment } from "../layers/flow/trace.js";
import type { Distribution } from "../types.js";
import { type Axes, countOf, type Factor, plainAxes } from "./axes.js";
import { alone, NO_PARTS, type Parts, type Population, partsOf, type Source } from "./population.js";
import { type Call, type Outcome, passed, type Rule, shapeOf } from "./rule.js";
import { type Reach, reaches, together } from "./windows.js";

/** How far from 0 a mean may be, in stds, and still count as 0. */
const CENTRED = 1e-3;

/** E w² of weights whose mean is 0; null where the mean is another or nothing is known. */
export function centredSquare(law: Distribution | null): number | null {
  if (law === null) return null;
  const [mean, root] = [meanOf(law), rootMeanSquare(law)];
  if (mean === null || root === null) return null;
  return Math.abs(mean) <= CENTRED * root ? root * root : null;
}

/** Terms of one sum, and how many of them have the same weight in the sums of two places. */
interface Terms {
  readonly all: number;
  readonly shared: number;
}

interface Sum {
  readonly input: Moment;
  readonly weight: Moment | null;
  readonly bias: Moment | null;
  /** Products that are added up for one output, and that one input is a factor of. */
  readonly forward: Terms;
  readonly backward: Terms;
  /** The axes over which the sum runs. */
  readonly over: readonly Factor[];
  readonly axes: Axes | null;
}

function weightedSum(call: Call, sum: Sum): Outcome | null {
  const { input, weight, bias, forward, backward, axes } = sum;
  const signal = call.signal(input);
  const variance = centredSquare(call.law(weight));
  if (signal === null || variance === null) return null;
  const before = signal.values.hasPlaces;
  const after = before ? !joinsPlaces(sum) : countOf(axes ?? [], "place") > 1;
  const parts = between(partsOf(signal.values), before, after);
  const values = biased(call, call.source.draw(summed(parts, forward, variance), after), bias);
  if (values === null) return null;
  const back = (gradient: Population) => {
    const returned = between(partsOf(gradient), gradient.hasPlaces, before);
    return call.source.draw(summed(returned, backward, variance), before);
  };
  return passed(input, values, axes, back);
}

/** The parts of a sum: what all places share stays shared as far as they have the same weights. */
function summed({ unit, sample, place, single }: Parts, { all, shared }: Terms, variance: number): Parts {
  return {
    unit: variance * shared * unit,
    sample: variance * shared * sample,
    place: variance * (all * place + (all - shared) * unit),
    single: variance * (all * single + (all - shared) * sample),
  };
}

/** Whether all places are terms of one sum. */
const joinsPlaces = ({ over, axes }: Sum): boolean =>
  axes !== null &&
  countOf(axes, "place") === 1 &&
  over.some(({ role, size }) => role === "place" && size > 1);

/** Places become terms of one sum, or each place gets weights of its own. */
function between(parts: Parts, before: boolean, after: boolean): Parts {
  const { unit, sample, place, single } = parts;
  if (before === after) return parts;
  return after
    ? { ...NO_PARTS, place: unit + place, single: sample + single }
    : { ...NO_PARTS, unit: unit + place, sample: sample + single };
}

function biased(call: Call, values: Population, bias: Moment | null): Population | null {
  if (bias === null) return values;
  const added = perUnit(call.law(bias), call.source, values.hasPlaces);
  return added === null ? null : values.plus(added);
}

/** One number for each unit; null where its distribution is not known. */
export function perUnit(law: Distribution | null, source: Source, hasPlaces: boolean): Population | null {
  const [mean, root] = law === null ? [null, null] : [meanOf(law), rootMeanSquare(law)];
  if (mean === null || root === null) return null;
  const drawn = source.draw({ ...NO_PARTS, unit: Math.max(0, root * root - mean * mean) }, hasPlaces);
  return drawn.map((value) => mean + value);
}

const linear: Rule = (call) => {
  const input = call.moment(0);
  const shape = shapeOf(call.moment(1));
  if (input === null || shape?.length !== 2) return null;
  return lastAxis(call, input, [shape[0]!, shape[1]!], 1, 2);
};

/** `x @ w` with the features of x as its last axis: `[rows]` of the weight are its outputs. */
function lastAxis(
  call: Call,
  input: Moment,
  [outputs, inputs]: readonly [number, number],
  weightAt: number,
  biasAt: number,
): Outcome | null {
  const before = call.signal(input)?.axes ?? null;
  const shape = call.outputShape();
  const over = before?.at(-1) ?? [{ role: "unit", size: inputs }];
  const lead = before?.slice(0, -1).map((axis) => axis.map(notUnit)) ?? null;
  const axes: Axes | null =
    lead === null || shape === null ? null : [...lead, [{ role: "unit", size: outputs }]];
  return weightedSum(call, {
    input,
    weight: call.moment(weightAt),
    bias: call.moment(biasAt),
    forward: { all: inputs, shared: inputs },
    backward: { all: outputs, shared: outputs },
    over,
    axes,
  });
}

/** What a layer does not mix is a place to it. */
const notUnit = ({ role, size }: Factor): Factor => ({ role: role === "unit" ? "place" : role, size });

/** Where the arguments of a convolution are, and which sides of the weight a group has in whole. */
interface Convolution {
  readonly rank: number;
  readonly isTransposed: boolean;
  readonly dilationAt: number;
}

function convolution({ rank, isTransposed, dilationAt }: Convolution): Rule {
  return (call) => {
    const input = call.moment(0);
    const [weight, from, to] = [shapeOf(call.moment(1)), shapeOf(input), call.outputShape()];
    const [stride, dilation] = [call.sizes(3, rank, 1), call.sizes(dilationAt, rank, 1)];
    const padding = paddingOf(call, rank, weight, dilation);
    const groups = call.number(6) ?? 1;
    if (!input || !weight || !from || !to || !stride || !dilation || !padding) return null;
    const axes = stride.map((by, axis) => {
      const window = {
        kernel: weight[2 + axis]!,
        stride: by,
        padding: padding[axis]!,
        dilation: dilation[axis]!,
      };
      const [size, out] = [from.at(axis - rank)!, to.at(axis - rank)!];
      if (!isTransposed) return reaches(size, out, window);
      const [backward, forward] = reaches(out, size, window);
      return [forward, backward] as const;
    });
    // The weight of a transposed convolution has the inputs' channels first, those of all groups.
    const [channels, perGroup] = [weight[0]! / groups, weight[1]!];
    const [into, outOf] = isTransposed ? [channels, perGroup] : [perGroup, channels];
    return weightedSum(call, {
      input,
      weight: call.moment(1),
      bias: call.moment(2),
      forward: terms(into, together(axes.map(([forward]) => forward))),
      backward: terms(outOf, together(axes.map(([, backward]) => backward))),
      over: [],
      axes: channelAxes(to, rank),
    });
  };
}

const terms = (channels: number, { taps, shared }: Reach): Terms => ({
  all: channels * taps,
  shared: channels * shared,
});

function paddingOf(
  call: Call,
  rank: number,
  weight: readonly number[] | null,
  dilation: readonly number[] | null,
): readonly number[] | null {
  const value = call.value(4);
  if (typeof value !== "string") return call.sizes(4, rank, 0);
  if (value === "valid") return new Array(rank).fill(0);
  if (weight === null || dilation === null) return null;
  return dilation.map((by, axis) => Math.floor((by * (weight[2 + axis]! - 1)) / 2));
}

/** Channels before the axes that windows slide over, samples before them. */
const channelAxes = (shape: readonly number[], rank: number): Axes =>
  plainAxes(
    shape,
    shape.map((_, axis) =>
      axis >= shape.length - rank ? "place" : axis === shape.length - rank - 1 ? "unit" : "sample",
    ),
  );

/** Rows of a table: those of the data differ from value to value, those of a range are the same in every sample. */
const embedding: Rule = (call) => {
  const input = call.moment(0);
  const law = call.law(call.moment(1));
  const shape = call.outputShape();
  if (input === null || law === null || shape === null) return null;
  const [mean, root] = [meanOf(law), rootMeanSquare(law)];
  if (mean === null || root === null) return null;
  const given = call.signal(input)?.axes ?? plainAxes(shape.slice(0, -1), []);
  const axes: Axes = [...given, [{ role: "unit", size: shape.at(-1)! }]];
  const variance = Math.max(0, root * root - mean * mean);
  const hasPlaces = countOf(axes, "place") > 1;
  const parts = input.origin === "data" ? alone(variance, hasPlaces) : { ...NO_PARTS, place: variance };
  const values = call.source.draw(parts, hasPlaces).map((value) => mean + value);
  return { outputs: [{ values, axes }], pull: () => new Map() };
};

/** A product with a weight; `null` for one of two tensors that both carry data. */
function product(inputAt: number, weightAt: number, biasAt: number): Rule {
  return (call) => {
    const [input, weight] = [call.moment(inputAt), call.moment(weightAt)];
    const shape = shapeOf(weight);
    if (input?.origin !== "data" || weight?.origin !== "parameter" || shape?.length !== 2) return null;
    return lastAxis(call, input, [shape[1]!, shape[0]!], weightAt, biasAt);
  };
}

/** `x @ w`, `addmm(b, x, w)`. */
export const weightProduct: Rule = (call) =>
  call.operation.name === "addmm" ? product(1, 2, 0)(call) : product(0, 1, Number.POSITIVE_INFINITY)(call);

/** Queries, keys or values of attention: one third of a weight that may hold all of them. */
const projection: Rule = (call) => {
  const [input, size] = [call.moment(0), call.number(2)];
  const shape = shapeOf(call.moment(1));
  if (input === null || shape?.length !== 2 || size === null) return null;
  return lastAxis(call, input, [size, shape[1]!], 1, Number.POSITIVE_INFINITY);
};

/** Rules of weighted sums by the operation's name. */
export const WEIGHTED: Readonly<Record<string, Rule>> = {
  linear,
  _projection: projection,
  embedding,
  ...Object.fromEntries(
    [1, 2, 3].flatMap((rank): [string, Rule][] => [
      [`conv${rank}d`, convolution({ rank, isTransposed: false, dilationAt: 5 })],
      [`conv_transpose${rank}d`, convolution({ rank, isTransposed: true, dilationAt: 7 })],
    ]),
  ),
};
