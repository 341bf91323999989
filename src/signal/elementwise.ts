/** Pointwise operations, computed value by value on the stand-ins; the slope is that of a small step. */
import type { Moment, Operation } from "../layers/flow/trace.js";
import { fillValue, Tensor } from "../layers/tensors/tensor.js";
import { pointwise } from "../layers/torch/runs/traced.js";
import { type Axes, broadcastAxes, countOf, sizeOf } from "./axes.js";
import { averaged, EXTENT, meanOverPlaces, Population } from "./population.js";
import { type Call, passed, type Rule, type Signal, shapeOf } from "./rule.js";
import { perUnit } from "./weighted.js";

/** Step of the slope, relative to the size of what is given. */
const STEP = 1e-5;

/** Any operation that acts on each value alone. */
export const elementwise: Rule = (call) => {
  const { operation } = call;
  const [output] = operation.outputs;
  const signals = new Map<Moment, Signal>();
  for (const moment of new Set(call.moments())) {
    const signal = operandOf(call, moment);
    if (signal === null) return null;
    signals.set(moment, signal);
  }
  const hasPlaces = [...signals].some(([{ origin }, { values }]) => origin === "data" && values.hasPlaces);
  const columns = new Map(
    [...signals].map(([moment, { values }]) => [moment, (hasPlaces ? values.spread() : values).values]),
  );
  const compute = output === undefined ? null : pointwise(operation, columns);
  const shape = call.outputShape();
  if (compute === null) return null;
  const values = new Population(
    new Float64Array(EXTENT.size).map((_, i) => compute(i)),
    hasPlaces,
  );
  if (!values.values.every(Number.isFinite)) return null;
  const known = [...signals].flatMap(([moment, { axes }]) =>
    moment.origin === "data" && axes ? [axes] : [],
  );
  const axes = shape === null ? null : broadcastAxes(known, shape);
  return {
    outputs: [{ values, axes }],
    pull: ([gradient]) =>
      new Map(
        [...signals]
          .filter(([{ origin }]) => origin === "data")
          .map(([moment, signal]) => [
            moment,
            gradient ? summed(slope(operation, columns, moment, gradient), signal, axes) : null,
          ]),
      ),
  };
};

/** A weight's numbers are one a unit; a constant's are the same everywhere. */
function operandOf(call: Call, moment: Moment): Signal | null {
  const signal = call.signal(moment);
  if (signal !== null) return signal;
  if (moment.origin === "data" || !(moment.value instanceof Tensor)) return null;
  const fill = fillValue(moment.value);
  // One number a unit is the same whether there are places or not: `spread` makes it so where there are.
  const values = fill === null ? perUnit(call.law(moment), call.source, false) : Population.of(fill, false);
  return values === null ? null : { values, axes: null };
}

/** gradient · ∂f/∂x, by a central difference. */
function slope(
  operation: Operation,
  columns: ReadonlyMap<Moment, Float64Array>,
  moment: Moment,
  gradient: Population,
): Population {
  const values = columns.get(moment)!;
  const size = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
  const step = STEP * size || STEP;
  const at = (by: number) =>
    pointwise(operation, new Map([...columns, [moment, values.map((x) => x + by)]]))!;
  const [above, below] = [at(step), at(-step)];
  return gradient.map((value, i) => (value * (above(i) - below(i))) / (2 * step));
}

/** A tensor that was spread over places or units gets the sum of what came back from all of them. */
function summed(gradient: Population, { values, axes: own }: Signal, result: Axes | null): Population | null {
  if (own === null || result === null) return values.hasPlaces === gradient.hasPlaces ? gradient : null;
  const times = (role: "place" | "unit" | "sample") => countOf(result, role) / countOf(own, role);
  const [places, others] = [times("place"), times("unit") * times("sample")];
  if (places > 1 && countOf(own, "place") > 1) return null;
  const overPlaces = places > 1 ? meanOverPlaces(gradient, places).times(places).atOnePlace() : gradient;
  // Of many units and samples that have nothing in common the sum grows as the root of their number.
  return others > 1 ? overPlaces.times(Math.sqrt(others)) : overPlaces;
}

/** A learned slope begins with one number. */
export const prelu: Rule = (call) => {
  const [input, weight] = [call.moment(0), call.moment(1)];
  const signal = call.signal(input);
  const slopes = signal && perUnit(call.law(weight), call.source, signal.values.hasPlaces);
  if (input === null || signal === null || slopes === null) return null;
  const times = (of: Population) =>
    of.map((value, i) => (signal.values.values[i]! < 0 ? value * slopes.values[i]! : value));
  return passed(input, times(signal.values), signal.axes, times);
};

/** A mean over the features of a wide layer, where a norm is written by hand. */
export const unitStatistic: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  const [from, to] = [shapeOf(input), call.outputShape()];
  if (input === null || signal?.axes == null || from === null || to === null) return null;
  const last = signal.axes.at(-1)!;
  const isLast = from.length === to.length && to.at(-1) === 1 && sizeOf(last) > 1;
  if (!isLast || last.some(({ role }) => role !== "unit")) return null;
  const values = averaged(signal.values, "unit");
  const axes = [...signal.axes.slice(0, -1), []];
  return {
    outputs: [{ values, axes }],
    // In a wide layer what comes back through a statistic is nothing beside what comes back through the values.
    pull: () => new Map([[input, values.times(0)]]),
  };
};
