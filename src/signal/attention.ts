/**
 * Products of two tensors that both carry data, softmax, and attention made of them. Queries, keys and values
 * are taken to be independent, as they are when each has weights of its own.
 */

import type { Moment } from "../layers/flow/trace.js";
import { Tensor } from "../layers/tensors/tensor.js";
import { type Axes, type Factor, sizeOf } from "./axes.js";
import {
  alone,
  averaged,
  EXTENT,
  mean,
  meanOverPlaces,
  meanSquare,
  type Parts,
  Population,
  partsOf,
  square,
} from "./population.js";
import { type Call, numberOf, type Outcome, passed, type Rule, type Signal, shapeOf } from "./rule.js";

const { places: PLACES, units: UNITS } = EXTENT;
const ROW = EXTENT.samples * PLACES;

/** Values that differ from place to place. */
const apart = (values: Population): number => {
  const { place, single } = partsOf(values);
  return place + single;
};

/** `x @ y`: scores of queries with keys, or an average of values by weights that add up to 1. */
export const dataProduct: Rule = (call) => {
  const [left, right] = [call.moment(0), call.moment(1)];
  const [x, y] = [call.signal(left), call.signal(right)];
  const [rows, columns] = [shapeOf(left), shapeOf(right)];
  if (!left || !right || left === right || !x?.axes || !y?.axes || !rows || !columns) return null;
  if (x.isUneven || y.isUneven) return null;
  if (rows.length !== columns.length || rows.length < 2) return null;
  const [count, terms, width] = [rows.at(-2)!, rows.at(-1)!, columns.at(-1)!];
  const axes: Axes = [...x.axes.slice(0, -1), y.axes.at(-1)!];
  const isOverPlaces = x.axes.at(-1)!.every(({ role }) => role === "place");
  return isOverPlaces
    ? weighing(call, left, right, { x, y, terms, count, width, axes })
    : scoring(call, left, right, { x, y, terms, count, width, axes });
};

interface Product {
  readonly x: Signal;
  readonly y: Signal;
  readonly terms: number;
  readonly count: number;
  readonly width: number;
  readonly axes: Axes;
}

function scoring(call: Call, left: Moment, right: Moment, product: Product): Outcome {
  const { x, y, terms, count, width, axes } = product;
  const [inX, inY] = [meanSquare(x.values), meanSquare(y.values)];
  const draw = (variance: number) => call.source.draw(alone(variance, true), true);
  return {
    outputs: [{ values: draw(terms * inX * inY), axes }],
    pull: ([gradient]) => {
      const back = gradient ? meanSquare(gradient) : null;
      return new Map([
        [left, back === null ? null : draw(width * back * inY)],
        [right, back === null ? null : draw(count * back * inX)],
      ]);
    },
  };
}

function weighing(call: Call, left: Moment, right: Moment, product: Product): Outcome {
  const { x, y, terms, count, width, axes } = product;
  const centre = mean(x.values);
  const spread = Math.max(0, meanSquare(x.values) - centre * centre);
  const inY = apart(y.values);
  const blend = (values: Population, many: number, own: number) => {
    const common = meanOverPlaces(values, many);
    return call.source.draw(alone(many * spread * own, true), true).plus(common.times(many * centre));
  };
  const isUneven = x.kept !== undefined;
  return {
    outputs: [{ values: blend(y.values, terms, inY), axes, isUneven }],
    pull: ([gradient]) => {
      if (!gradient)
        return new Map([
          [left, null],
          [right, null],
        ]);
      const back = meanSquare(gradient);
      return new Map([
        [left, call.source.draw(alone(width * back * inY, true), true)],
        [right, blend(gradient, count, apart(gradient))],
      ]);
    },
  };
}

/** Softmax over keys (places), or over classes (units). */
export const softmax: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  const shape = call.outputShape();
  const given = call.number(1, "dim");
  if (input === null || signal?.axes == null || shape === null || given === null) return null;
  const at = given < 0 ? given + shape.length : given;
  const axis = signal.axes[at] ?? [];
  const isLog = call.operation.name === "log_softmax";
  if (axis.length > 0 && axis.every(({ role }) => role === "place"))
    return isLog ? null : softmaxOverKeys(input, signal, shape[at]!);
  return axis.every(({ role }) => role === "unit") ? softmaxOverClasses(input, signal, axis, isLog) : null;
};

function softmaxOverKeys(input: Moment, { values, axes, kept }: Signal, keys: number): Outcome {
  const made = keyWeights(values, kept ?? [keys], keys);
  const one: Signal = kept === undefined ? { values: made, axes } : { values: made, axes, kept };
  const outcome = passed(input, made, axes, (gradient) => {
    const product = gradient.map((value, i) => value * made.values[i]!);
    const total = averaged(product, "place").times(keys);
    return product.map((value, i) => value - made.values[i]! * total.values[i]!);
  });
  return { ...outcome, outputs: [one] };
}

/**
 * Weights of so many keys, each row of the stand-in seeing one of the numbers in `kept`. A row has fewer or more
 * places than there are keys: its squares add up as those of the keys do.
 */
function keyWeights({ values: scores }: Population, kept: readonly number[], keys: number): Population {
  const made = new Float64Array(scores.length);
  for (let start = 0, row = 0; start < scores.length; start += PLACES, row++) {
    // The rows in steps through the numbers, so that few rows meet all of them.
    const seen = kept[Math.floor(((row * 0.6180339887) % 1) * kept.length)]!;
    const count = Math.max(1, Math.round((PLACES * seen) / keys));
    let total = 0;
    for (let k = 0; k < count; k++) total += Math.exp(scores[start + k]!);
    const factor = Math.sqrt((PLACES * count) / (keys * seen)) / total;
    for (let k = 0; k < count; k++) made[start + k] = Math.exp(scores[start + k]!) * factor;
  }
  return new Population(made, true);
}

function softmaxOverClasses(
  input: Moment,
  { values, axes }: Signal,
  axis: readonly Factor[],
  isLog: boolean,
): Outcome | null {
  const classes = sizeOf(axis);
  const group = Math.min(classes, UNITS);
  /** Sum over all classes of the group that a unit is in. */
  const overClasses = (of: Population): Population =>
    of.map((_, i) => {
      const first = Math.min(Math.floor(i / ROW / group) * group, UNITS - group);
      let total = 0;
      for (let k = 0; k < group; k++) total += of.values[(first + k) * ROW + (i % ROW)]!;
      return (total * classes) / group;
    });
  const raised = values.map(Math.exp);
  if (!raised.values.every(Number.isFinite)) return null;
  const sums = overClasses(raised);
  const shares = raised.map((value, i) => value / sums.values[i]!);
  const made = isLog ? shares.map(Math.log) : shares;
  return passed(input, made, axes, (gradient) => {
    const weighed = isLog ? gradient : gradient.map((value, i) => value * shares.values[i]!);
    const total = overClasses(weighed);
    return weighed.map((value, i) => value - shares.values[i]! * total.values[i]!);
  });
}

/** Scores that a mask puts to −∞: how many keys each query keeps, where the mask is known. */
export const masked: Rule = (call) => {
  const [input, mask] = [call.moment(0), call.moment(1)];
  const signal = call.signal(input);
  const value = numberOf(call.value(2, "value"));
  if (input === null || signal === null || !(mask?.value instanceof Tensor)) return null;
  if (value === null || value > -1e4) return null;
  const kept = keptKeys(mask.value, call.elements(mask.value));
  if (kept === null) return null;
  const one: Signal = { ...signal, kept };
  return { ...passed(input, signal.values, signal.axes, (gradient) => gradient), outputs: [one] };
};

/** Elements of each row of the last axis that are not masked. */
function keptKeys(mask: Tensor, content: Float64Array | null): readonly number[] | null {
  const keys = mask.shape.at(-1);
  if (content === null || typeof keys !== "number") return null;
  const rows: number[] = [];
  for (let start = 0; start < content.length; start += keys) {
    let count = 0;
    for (let k = 0; k < keys; k++) if (content[start + k] === 0) count++;
    if (count > 0) rows.push(count);
  }
  return rows.length > 0 ? rows : null;
}

interface Attention {
  readonly query: Moment;
  readonly key: Moment;
  readonly value: Moment;
  readonly keys: number;
  /** Keys that each query sees. */
  readonly kept: readonly number[];
  /** Factor of the product of a query with a key of so many features, squared and times their number. */
  readonly scale: number;
}

/** softmax(q kᵀ · scale) v and the gradients of all three. */
function attend(call: Call, { query, key, value, keys, kept, scale }: Attention): Outcome | null {
  const [q, k, v] = [call.signal(query), call.signal(key), call.signal(value)];
  if (q === null || k === null || v === null || v.isUneven) return null;
  const inQuery = meanSquare(q.values);
  const inKey = apart(k.values);
  const inValue = apart(v.values);
  const scores = call.source.draw(alone(scale * inQuery * inKey, true), true);
  const weights = keyWeights(scores, kept, keys);
  /** Σ a² over the keys of one query, and what two queries have in common. */
  const concentration = keys * meanSquare(weights);
  const common = kept.length > 1 ? Math.min(concentration, 2 / keys) : 1 / keys;
  const blend = (parts: Parts): Parts => ({
    unit: parts.unit + parts.place * common,
    sample: parts.sample + parts.single * common,
    place: parts.place * (concentration - common),
    single: parts.single * (concentration - common),
  });
  const axes = q.axes && v.axes && q.axes.length > 0 ? [...q.axes.slice(0, -1), v.axes.at(-1)!] : null;
  return {
    outputs: [{ values: call.source.draw(blend(partsOf(v.values)), true), axes, isUneven: kept.length > 1 }],
    pull: ([gradient]) => {
      if (!gradient) return new Map([query, key, value].map((one) => [one, null]));
      const parts = partsOf(gradient);
      const through = scale * concentration * square(parts) * inValue;
      const gradients: [Moment, Population][] = [
        [query, call.source.draw(alone(through * inKey, true), true)],
        [key, call.source.draw(alone(through * inQuery, true), true)],
        [value, call.source.draw(blend(parts), true)],
      ];
      return added(gradients);
    },
  };
}

/** One tensor may be query, key and value at once. */
function added(gradients: readonly (readonly [Moment, Population])[]): ReadonlyMap<Moment, Population> {
  const made = new Map<Moment, Population>();
  for (const [moment, gradient] of gradients) {
    const before = made.get(moment);
    made.set(moment, before === undefined ? gradient : before.plus(gradient));
  }
  return made;
}

/** `scaled_dot_product_attention(q, k, v, is_causal=…)`; a mask of its own is not known. */
export const dotProductAttention: Rule = (call) => {
  const [query, key, value] = [call.moment(0), call.moment(1), call.moment(2)];
  const [keys, features] = [shapeOf(key)?.at(-2), shapeOf(key)?.at(-1)];
  if (!query || !key || !value || keys === undefined || features === undefined) return null;
  if (call.moments().length > 3 || call.value(3, "attn_mask") != null) return null;
  if (call.value(7, "enable_gqa") === true) return null;
  const isCausal = call.value(5, "is_causal") ?? false;
  if (typeof isCausal !== "boolean") return null;
  const given = call.value(6, "scale") ?? null;
  const factor = given === null ? 1 / Math.sqrt(features) : numberOf(given);
  if (factor === null) return null;
  const kept = isCausal ? Array.from({ length: keys }, (_, at) => at + 1) : [keys];
  return attend(call, { query, key, value, keys, kept, scale: factor * factor * features });
};

/** What `MultiheadAttention` computes of its projections. */
export const manyHeads: Rule = (call) => {
  const [query, key, value] = [call.moment(0), call.moment(1), call.moment(2)];
  const shape = shapeOf(key);
  if (!query || !key || !value || shape?.length !== 3) return null;
  const keys = shape[call.value(3) === true ? 1 : 0]!;
  return attend(call, { query, key, value, keys, kept: [keys], scale: 1 });
};
