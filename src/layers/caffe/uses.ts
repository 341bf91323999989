/** What follows each layer of a Caffe net, as the names of blobs tell. */
import type { Use } from "../flow/uses.js";
import type { NetLayer } from "./netLayers.js";
import { messagesOf, numberOf, wordOf } from "./prototxt.js";
import { parametersOf } from "./shapes.js";

/** What a layer does to the signal that goes through it. */
type Step =
  /** An activation in the words of `init/gains`, or the end that its name says. */
  | { readonly use: Pick<Use, "activation" | "a" | "place"> }
  /** The signal goes on: as it was, normed, or no longer the sums themselves. */
  | { readonly goesOn: "same" | "normed" | "changed" }
  /** Only looks at it. */
  | "reads";

const LINEAR: Step = { use: { activation: "linear", place: "hidden" } };
const OUTPUT = { use: { activation: "linear", place: "output" } } as const;
const UNKNOWN: Step = { use: { activation: null, place: "hidden" } };
const SAME: Step = { goesOn: "same" };
const CHANGED: Step = { goesOn: "changed" };
const NORMED: Step = { goesOn: "normed" };

const activation = (name: string, a?: number): Step => ({
  use: { activation: name, ...(a === undefined ? {} : { a }), place: "hidden" },
});

/** Layer types (src/caffe/layers/*.cpp and those of well-known forks) by what they do. */
const ROWS: readonly (readonly [Step, string])[] = [
  [LINEAR, "Convolution ConvolutionDepthwise DepthwiseConvolution Deconvolution InnerProduct LSTM RNN"],
  [
    SAME,
    `Pooling Dropout Reshape Flatten Split Concat Slice Crop Tile Reduction SPP
     Permute Interp Upsample ShuffleChannel ROIPooling`,
  ],
  [NORMED, "BatchNorm BN MVN Normalize"],
  [CHANGED, "Scale Bias LRN"],
  ["reads", "Accuracy ArgMax Silence PriorBox HDF5Output"],
  [OUTPUT, "DetectionOutput"],
  [activation("softmax"), "Softmax"],
  [activation("sigmoid"), "Sigmoid"],
  [activation("tanh"), "TanH"],
  [activation("softplus"), "BNLL"],
  [activation("relu6"), "ReLU6"],
  [activation("silu"), "Swish"],
];

const STEPS: ReadonlyMap<string, Step> = new Map(
  ROWS.flatMap(([step, types]) => types.split(/\s+/).map((type): [string, Step] => [type, step])),
);

/** What a PReLU without a filler begins with. */
export const PRELU_SLOPE = 0.25;

/** Types whose parameters decide. */
const BY_PARAMETERS: ReadonlyMap<string, (layer: NetLayer) => Step> = new Map([
  [
    "ReLU",
    ({ message }: NetLayer) => {
      const slope = numberOf(parametersOf(message, "relu_param"), "negative_slope") ?? 0;
      return slope === 0 ? activation("relu") : activation("leaky_relu", slope);
    },
  ],
  ["ELU", ({ message }) => activation("elu", numberOf(parametersOf(message, "elu_param"), "alpha") ?? 1)],
  [
    "PReLU",
    ({ message }) => {
      const filler = messagesOf(parametersOf(message, "prelu_param"), "filler").at(-1);
      const isConstant = filler === undefined || (wordOf(filler, "type") ?? "constant") === "constant";
      const slope = filler === undefined ? PRELU_SLOPE : (numberOf(filler, "value") ?? 0);
      return activation("prelu", isConstant ? slope : undefined);
    },
  ],
  [
    "Eltwise",
    ({ message }) => {
      const operation = wordOf(parametersOf(message, "eltwise_param"), "operation") ?? "SUM";
      return operation === "SUM" || operation === "1" ? CHANGED : UNKNOWN;
    },
  ],
  [
    "Power",
    ({ message }) =>
      (numberOf(parametersOf(message, "power_param"), "power") ?? 1) === 1 ? CHANGED : UNKNOWN,
  ],
]);

function stepOf(layer: NetLayer): Step {
  if (/Loss$/.test(layer.type)) return OUTPUT;
  return STEPS.get(layer.type) ?? BY_PARAMETERS.get(layer.type)?.(layer) ?? UNKNOWN;
}

/** What was passed on the way. */
interface Way {
  readonly isDirect: boolean;
  readonly isNormalized: boolean;
}

/** The ways that what the layer at `at` gives is used; what is used within the net and given out counts as the former. */
export function usesOf(net: readonly NetLayer[], at: number): readonly Use[] {
  const seen = new Set<string>();
  const follow = (from: number, way: Way): Use[] =>
    net[from]!.tops.flatMap((top) => {
      const key = `${from} ${top}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const takers = takersOf(net, from, top)
        .map((taker) => ({ taker, step: stepOf(net[taker]!) }))
        .filter((one): one is { taker: number; step: Exclude<Step, "reads"> } => one.step !== "reads");
      if (takers.length === 0) return [used(OUTPUT.use, way)];
      return takers.flatMap(({ taker, step }) => {
        if ("use" in step) return [used(step.use, way)];
        const { isDirect, isNormalized } = way;
        return follow(taker, {
          isDirect: isDirect && step.goesOn === "same",
          isNormalized: isNormalized || (isDirect && step.goesOn === "normed"),
        });
      });
    });
  const found = follow(at, { isDirect: true, isNormalized: false });
  const inside = found.filter(({ place }) => place !== "output");
  return inside.length > 0 ? inside : found;
}

const used = (use: Pick<Use, "activation" | "a" | "place">, { isDirect, isNormalized }: Way): Use => ({
  ...use,
  ...(isDirect && use.activation !== null ? { isDirect } : {}),
  ...(isNormalized ? { isNormalized } : {}),
});

/** The layers that take a blob, up to one that writes another of its name; what only tests take part in aside. */
function takersOf(net: readonly NetLayer[], from: number, blob: string): readonly number[] {
  const takers: number[] = [];
  for (let at = from + 1; at < net.length; at++) {
    const { bottoms, tops, isForTesting } = net[at]!;
    if (isForTesting) continue;
    if (bottoms.includes(blob)) takers.push(at);
    if (tops.includes(blob)) break;
  }
  return takers;
}
