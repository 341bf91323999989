/** One honest payload of every kind, drawn with a fixed seed, as the tests and the renderer's pages use them. */
import seedrandom from "seedrandom";
import { type Draw, type Histogram, makePayload, type Payload } from "../../src/charts/payload";
import { std } from "../../src/init/distributions";
import type { Distribution } from "../../src/types";

const random = seedrandom("charts");
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function uniform(limit: number): Distribution {
  return { kind: "uniform", low: -limit, high: limit, std: limit / Math.sqrt(3) };
}

export function normal(sigma: number): Distribution {
  return { kind: "normal", mean: 0, std: sigma };
}

export function truncated(sigma: number): Distribution {
  const scale = sigma / 0.8796256610342398;
  return { kind: "truncated_normal", mean: 0, scale, low: -2 * scale, high: 2 * scale, std: sigma };
}

function value(distribution: Distribution): number {
  switch (distribution.kind) {
    case "uniform":
      return distribution.low + (distribution.high - distribution.low) * random();
    case "normal":
      return distribution.mean + distribution.std * gauss();
    case "truncated_normal": {
      const drawn = distribution.mean + distribution.scale * gauss();
      return drawn < distribution.low || drawn > distribution.high ? value(distribution) : drawn;
    }
    case "constant":
      return distribution.value;
    default:
      return 0;
  }
}

function count(values: readonly number[], bins: number): Histogram {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const counts = new Array<number>(bins).fill(0);
  // As the sampler does: a single value stands in the middle.
  if (low === high) {
    counts[bins >> 1] = values.length;
    return { low: low - 0.5, high: high + 0.5, counts };
  }
  for (const v of values) counts[Math.min(bins - 1, Math.floor(((v - low) / (high - low || 1)) * bins))]!++;
  return { low, high, counts };
}

export function draw(
  role: Draw["role"],
  label: string,
  distribution: Distribution,
  size = 2048,
  bins = 50,
): Draw {
  const values = Array.from({ length: size }, () => value(distribution));
  const mean = values.reduce((sum, v) => sum + v, 0) / size;
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / size);
  const exact = std(distribution);
  return {
    role,
    label,
    distribution: exact === null ? distribution : { ...distribution, std: exact },
    result: {
      count: size,
      mean,
      std: spread,
      min: Math.min(...values),
      max: Math.max(...values),
      histogram: count(values, bins),
      kolmogorovSmirnov: spread > 0 ? { statistic: 0.0147, pValue: 0.764 } : null,
      method: "draws",
      milliseconds: 1,
    },
  };
}

const layer = {
  class: "torch.nn.Linear",
  name: "fc1",
  framework: "torch",
  parameter: "fc1.weight",
  shape: [32, 64],
  fanIn: 64,
  fanOut: 32,
  activation: "relu",
  site: { file: "model.py", line: 12, column: 20 },
  why: "ReLU halves the second moment, so He (2015) asks for a variance of 2/fan-in.",
} as const;

const request = {
  scheme: "torch_default",
  framework: "torch",
  mode: "fan_in",
  activation: "relu",
  gain: Math.SQRT2,
  shape: [32, 64],
  seed: "0",
  bins: 50,
} as const;

const names = [
  "conv1",
  "layer1.0.conv1",
  "layer1.0.conv2",
  "layer2.0.conv1",
  "layer2.0.downsample.0",
  "layer3.0.conv1",
  "layer4.1.conv2",
  "fc",
];
const matrix = Array.from({ length: 32 * 64 }, () => 0.1 * gauss());

function rowLengths(rows: number, columns: number, sigma: number): number[] {
  const length = () =>
    Math.sqrt(Array.from({ length: columns }, () => (sigma * gauss()) ** 2).reduce((a, b) => a + b, 0));
  return Array.from({ length: rows }, length);
}

/** Singular values of the law itself: quantiles found from its density, as a large matrix would have them. */
function lawValues(count: number, sigma: number, rows: number, columns: number): number[] {
  const [m, long] = [Math.min(rows, columns), Math.max(rows, columns)];
  const ratio = m / long;
  const [a, b] = [(1 - Math.sqrt(ratio)) ** 2, (1 + Math.sqrt(ratio)) ** 2];
  const steps = Array.from({ length: 20_000 }, (_, i) => a + ((b - a) * (i + 0.5)) / 20_000);
  const weights = steps.map((l) => Math.sqrt((b - l) * (l - a)) / l);
  const total = weights.reduce((x, y) => x + y, 0);
  const values: number[] = [];
  let sum = 0;
  steps.forEach((l, i) => {
    sum += weights[i]! / total;
    while (values.length < count && sum >= (values.length + 0.5) / count)
      values.push(sigma * Math.sqrt(long * l));
  });
  return values.reverse();
}

/** By name: every chart kind, and the cases that look different. */
export const PAYLOADS: ReadonlyMap<string, Payload> = new Map<string, Payload>([
  [
    "histogram-uniform",
    makePayload({
      version: 1,
      chart: "histogram",
      layer,
      request,
      draws: [draw("drawn", "PyTorch default", uniform(0.125))],
    }),
  ],
  [
    "histogram-normal",
    makePayload({
      version: 1,
      chart: "histogram",
      layer,
      request: { ...request, scheme: "he_normal" },
      draws: [draw("drawn", "He normal", normal(0.1768))],
    }),
  ],
  [
    "histogram-truncated",
    makePayload({
      version: 1,
      chart: "histogram",
      layer,
      request,
      draws: [draw("drawn", "LeCun normal (Keras)", truncated(0.125))],
    }),
  ],
  [
    "histogram-constant",
    makePayload({
      version: 1,
      chart: "histogram",
      layer: { ...layer, parameter: "fc1.bias" },
      request,
      draws: [draw("drawn", "zeros", { kind: "constant", value: 0 }, 32)],
    }),
  ],
  [
    "histogram-actual",
    makePayload({
      version: 1,
      chart: "histogram",
      layer,
      draws: [draw("actual", "live weights", normal(0.02), 100_000, 80)],
    }),
  ],
  [
    "schemes",
    makePayload({
      version: 1,
      chart: "schemes",
      layer,
      request,
      draws: [
        draw("drawn", "PyTorch default", uniform(0.125)),
        draw("drawn", "He normal", normal(Math.sqrt(2 / 64))),
        draw("drawn", "He uniform", uniform(Math.sqrt(6 / 64))),
        draw("drawn", "Glorot normal", truncated(Math.sqrt(2 / 96))),
        draw("drawn", "LeCun normal", truncated(Math.sqrt(1 / 64))),
      ],
    }),
  ],
  [
    "roles-bias",
    makePayload({
      version: 1,
      chart: "roles",
      layer: { ...layer, parameter: "fc1.bias", why: null },
      request,
      draws: [
        draw("default", "PyTorch default", uniform(0.125), 32),
        draw("current", "zeros_", { kind: "constant", value: 0 }, 32),
        draw("recommended", "zeros", { kind: "constant", value: 0 }, 32),
      ],
    }),
  ],
  [
    "schemes-constant",
    makePayload({
      version: 1,
      chart: "schemes",
      layer,
      request,
      draws: [
        draw("drawn", "zeros", { kind: "constant", value: 0 }, 32),
        draw("drawn", "ones", { kind: "constant", value: 1 }, 32),
      ],
    }),
  ],
  [
    "roles",
    makePayload({
      version: 1,
      chart: "roles",
      layer,
      request,
      draws: [
        draw("default", "kaiming_uniform_(a=√5)", uniform(0.125)),
        draw("current", "normal_(std=0.02)", normal(0.02)),
        draw("recommended", "He normal", normal(0.1768)),
      ],
    }),
  ],
  [
    "model",
    makePayload({
      version: 1,
      chart: "model",
      rows: names.map((name, i) => ({
        name: `${name}.weight`,
        default: 0.05 / (i + 1),
        current: i === 3 ? 0.4 : 0.06 / (i + 1),
        recommended: i === 5 ? null : 0.09 / (i + 1),
        histogram: count(
          Array.from({ length: 1000 }, () => (i % 2 ? gauss() : random())),
          24,
        ),
      })),
    }),
  ],
  [
    "matrix",
    makePayload({
      version: 1,
      chart: "matrix",
      layer,
      request,
      shape: [32, 64],
      columns: 64,
      values: matrix,
    }),
  ],
  [
    "matrix-symmetric",
    makePayload({
      version: 1,
      chart: "matrix",
      layer,
      request,
      shape: [64, 128],
      columns: 32,
      values: Array.from({ length: 20 * 32 }, (_, i) => matrix[i % 32]!),
    }),
  ],
  [
    "singular",
    makePayload({
      version: 1,
      chart: "singular",
      layer,
      shape: [256, 512],
      std: 0.0625,
      values: lawValues(256, 0.0625, 256, 512),
    }),
  ],
  [
    "singular-orthogonal",
    makePayload({
      version: 1,
      chart: "singular",
      layer,
      shape: [64, 64],
      std: null,
      values: new Array<number>(64).fill(1),
    }),
  ],
  [
    "bias",
    makePayload({
      version: 1,
      chart: "bias",
      layer: { ...layer, class: "keras.layers.LSTM", name: "lstm", parameter: "lstm/bias" },
      groups: ["input", "forget", "cell", "output"].map((name) => ({ name, length: 32 })),
      values: Array.from({ length: 128 }, (_, i) => (i >= 32 && i < 64 ? 1 : 0)),
    }),
  ],
  [
    "embedding",
    makePayload({
      version: 1,
      chart: "embedding",
      layer: { ...layer, parameter: "wte.weight" },
      shape: [50257, 768],
      std: 0.02,
      histogram: count(rowLengths(2000, 768, 0.02), 40),
    }),
  ],
  [
    "signal",
    makePayload({
      version: 1,
      chart: "signal",
      layers: Array.from({ length: 20 }, (_, i) => ({
        name: `block${i}`,
        forwardStd: 0.8 ** i,
        backwardStd: 0.9 ** (20 - i),
      })),
    }),
  ],
]);
