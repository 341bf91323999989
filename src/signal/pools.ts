/** Pools and means over places. Places of a unit are taken to differ as values that are drawn anew do. */
import { countOf, keptAxes } from "./axes.js";
import { EXTENT, meanOverPlaces, Population } from "./population.js";
import { type Call, type Outcome, passed, type Rule, shapeOf } from "./rule.js";

const { places: PLACES } = EXTENT;

/** The place so many further on in the same row, round its end. */
const further = (index: number, by: number): number => index - (index % PLACES) + ((index + by) % PLACES);

interface Pool {
  /** Inputs in a window. */
  readonly window: number;
  /** Inputs for each output. */
  readonly step: number;
  readonly isGlobal: boolean;
  /** Windows are larger than what they slide over: they meet the same inputs again and again. */
  readonly isWider: boolean;
}

function poolOf(call: Call): Pool | null {
  const [from, to] = [shapeOf(call.moment(0)), call.outputShape()];
  if (from === null || to === null) return null;
  const rank = Number(/(\d)d$/.exec(call.operation.name)?.[1]);
  const count = (shape: readonly number[]) => shape.slice(-rank).reduce((product, size) => product * size, 1);
  const step = count(from) / count(to);
  const isGlobal = count(to) === 1;
  if (step < 1) return null;
  if (call.operation.name.startsWith("adaptive")) return { window: step, step, isGlobal, isWider: false };
  const kernel = call.sizes(1, rank, 1);
  if (kernel === null) return null;
  const window = kernel.reduce((product, size) => product * size, 1);
  return {
    window: Math.min(window, count(from)),
    step,
    isGlobal,
    isWider: window > count(from) && !isGlobal,
  };
}

const average: Rule = (call) => {
  const pool = poolOf(call);
  return pool === null ? null : averagePool(call, pool);
};

function averagePool(call: Call, { window, step, isGlobal }: Pool): Outcome | null {
  const input = call.moment(0);
  const signal = call.signal(input);
  if (input === null || signal === null) return null;
  const shape = call.outputShape();
  const axes = signal.axes && shape ? keptAxes(signal.axes, shape) : null;
  const { values } = signal;
  const width = Math.round(window);
  if (signal.isUneven) return null;
  if (!values.hasPlaces || width === 1) return passed(input, values, axes, (gradient) => gradient);
  if (isGlobal || width > PLACES) {
    const means = meanOverPlaces(values, width);
    return passed(input, isGlobal ? means.atOnePlace() : means, axes, (gradient) =>
      gradient.spread().times(1 / window),
    );
  }
  const means = values.map((_, i) => {
    let total = 0;
    for (let k = 0; k < width; k++) total += values.values[further(i, k)]!;
    return total / width;
  });
  return passed(input, means, axes, ({ values: gradient }) =>
    gathered(step, width, (_, from) => gradient[from]! / width),
  );
}

/** What each input gets of the outputs whose window it is in; an output begins at every `step`-th place. */
function gathered(step: number, width: number, part: (input: number, output: number) => number): Population {
  const every = Math.max(1, Math.round(step));
  const weight = every / step;
  return Population.of(0, true).map((_, i) => {
    let total = 0;
    for (let k = 0; k < width; k++) {
      const from = further(i, PLACES - k);
      if ((from % PLACES) % every === 0) total += part(i, from);
    }
    return total * weight;
  });
}

const largest: Rule = (call) => {
  const pool = poolOf(call);
  const input = call.moment(0);
  const signal = call.signal(input);
  if (pool === null || input === null || signal === null) return null;
  const { values } = signal;
  const width = Math.round(pool.window);
  if (width > PLACES || !values.hasPlaces) return null;
  const at = new Int32Array(EXTENT.size);
  const made = values.map((_, i) => {
    let best = i;
    for (let k = 1; k < width; k++) {
      const other = further(i, k);
      if (values.values[other]! > values.values[best]!) best = other;
    }
    at[i] = best;
    return values.values[best]!;
  });
  const shape = call.outputShape();
  const axes = signal.axes && shape ? keptAxes(signal.axes, shape) : null;
  const one = passed(input, pool.isGlobal ? made.atOnePlace() : made, axes, (gradient) => {
    if (pool.isWider) return null;
    const given = gradient.spread().values;
    return gathered(pool.step, width, (i, from) => (at[from] === i ? given[from]! : 0));
  });
  return { ...one, outputs: call.operation.outputs.map((_, k) => one.outputs[k] ?? null) };
};

/** `x.mean(axes)` where all of them are places, or all are units of a wide layer. */
const meanOver: Rule = (call) => {
  const input = call.moment(0);
  const signal = call.signal(input);
  const shape = call.outputShape();
  if (input === null || signal?.axes == null || shape === null) return null;
  const left = keptAxes(signal.axes, shape);
  if (left === null) return null;
  const before = countOf(signal.axes, "place");
  const after = countOf(left, "place");
  const isOfPlacesAlone =
    countOf(left, "unit") === countOf(signal.axes, "unit") &&
    countOf(left, "sample") === countOf(signal.axes, "sample");
  if (!isOfPlacesAlone || after !== 1) return null;
  return averagePool(call, { window: before, step: before, isGlobal: true, isWider: false });
};

/** Rules of pools by the operation's name. */
export const POOLS: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    [1, 2, 3].flatMap((rank): [string, Rule][] => [
      [`avg_pool${rank}d`, average],
      [`adaptive_avg_pool${rank}d`, average],
      [`max_pool${rank}d`, largest],
      [`adaptive_max_pool${rank}d`, largest],
    ]),
  ),
  mean: meanOver,
};
