/** The drawing of a closer look, in a worker. */
import type { PayloadInput } from "../charts/payload.js";
import { mean, std } from "../init/distributions.js";
import type { SampleRequest } from "../sample/request.js";
import { DRAWS_LIMIT } from "../sample/request.js";
import { sampleSteps } from "../sample/sample.js";
import { statisticsSteps } from "../sample/statistics.js";
import { type CloserLook, isIndependent, unitMatrix } from "./closer.js";

/** A look with the seed of its drawing. */
export interface CloserRequest {
  readonly look: CloserLook;
  readonly seed: string;
  readonly bins: number;
}

type Steps = Generator<number, PayloadInput>;

const DRAWERS: Readonly<Record<CloserLook["chart"], (request: CloserRequest) => Steps>> = {
  matrix: matrixSteps,
  singular: singularSteps,
  embedding: embeddingSteps,
  bias: biasSteps,
};

/** Draws what a look shows; yields the share that is done. */
export function closerSteps(request: CloserRequest): Steps {
  return DRAWERS[request.look.chart](request);
}

/** Units and connections in a heat map. */
const SIDE = 64;

function* matrixSteps({ look, seed }: CloserRequest): Steps {
  const [units, connections] = unitMatrix(look);
  const [rows, columns] = [Math.min(units, SIDE), Math.min(connections, SIDE)];
  const whole = look.shape.reduce((product, size) => product * size, 1) <= DRAWS_LIMIT;
  const drawn = whole ? look.shape : look.unitsFirst ? [rows, columns] : [columns, rows];
  const values = yield* valuesOf({ distribution: look.distribution, shape: drawn, seed });
  const [, across] = unitMatrix({ ...look, shape: drawn });
  const down = values.length / across;
  const at = look.unitsFirst
    ? (row: number, column: number) => row * across + column
    : (row: number, column: number) => column * down + row;
  const corner = Array.from(
    { length: rows * columns },
    (_, cell) => values[at(Math.floor(cell / columns), cell % columns)]!,
  );
  return {
    version: 1,
    chart: "matrix",
    layer: look.layer,
    shape: [units, connections],
    columns,
    values: corner,
  };
}

function* singularSteps({ look, seed }: CloserRequest): Steps {
  const { distribution, shape } = look;
  const request: SampleRequest = { distribution, shape, seed };
  const { singularValues } = yield* statisticsSteps({ request, fanIn: null, activation: null });
  return {
    version: 1,
    chart: "singular",
    layer: look.layer,
    shape: unitMatrix(look),
    std: centredStd(look),
    values: [...(singularValues ?? [])],
  };
}

function* biasSteps({ look, seed }: CloserRequest): Steps {
  const { distribution, shape } = look;
  const values = yield* valuesOf({ distribution, shape, seed });
  return { version: 1, chart: "bias", layer: look.layer, groups: look.groups, values: [...values] };
}

/** As many values are drawn before the next step. */
const STRETCH = 1_000_000;

function* embeddingSteps({ look, seed, bins }: CloserRequest): Steps {
  const { distribution, shape } = look;
  const [count, dimension] = [shape[0]!, shape[1]!];
  const rows = Math.max(1, Math.floor(STRETCH / dimension));
  const lengths = new Float64Array(count);
  for (let from = 0; from < count; from += rows) {
    const part = [Math.min(rows, count - from), dimension];
    const values = yield* valuesOf({ distribution, shape: part, seed: `${seed} rows ${from}` });
    values.forEach((value, at) => {
      lengths[from + Math.floor(at / dimension)]! += value * value;
    });
    yield Math.min(1, (from + rows) / count);
  }
  return {
    version: 1,
    chart: "embedding",
    layer: look.layer,
    shape: [count, dimension],
    std: centredStd(look),
    histogram: histogramOf(lengths.map(Math.sqrt), bins),
  };
}

function* valuesOf(request: SampleRequest): Generator<number, Float64Array> {
  const steps = sampleSteps({ ...request, method: "draws", values: "all" });
  let step = steps.next();
  while (!step.done) {
    yield 0;
    step = steps.next();
  }
  return step.value.values!;
}

/** The std that the laws of independent entries around 0 speak of; `null` for others. */
function centredStd({ distribution }: CloserLook): number | null {
  if (!isIndependent(distribution) || distribution.kind === "constant" || mean(distribution) !== 0)
    return null;
  return std(distribution);
}

function histogramOf(values: Float64Array, bins: number) {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = high > low ? Math.floor(((value - low) / (high - low)) * bins) : 0;
    counts[Math.min(bins - 1, bin)]!++;
  }
  return { low, high, counts };
}
