import type { Layer } from "../../types.js";
import { product } from "../dims.js";
import { formatNumber } from "../distributions.js";
import { nearestScheme } from "../nearest.js";
import { SCHEMES } from "../schemes.js";
import {
  eachDraw,
  isComputedFromOutputs,
  isSet,
  isWeight,
  type LayerParameter,
  lastDraw,
  type Rule,
  weightName,
} from "./rule.js";

/** Fans this far apart change the variance by as much. */
const APART = 1.5;

/**
 * A fan-based scheme that divided by a fan which is not the number of connections: depthwise and grouped
 * kernels, transposed convolutions and multi-head projections.
 */
const wrongFan = eachDraw((parameter, layer) => {
  const { current } = parameter;
  const fans = knownFans(parameter);
  if (fans === null || !isWeight(parameter) || !isSet(parameter, layer)) return null;
  // An embedding's row is looked up; no scheme's fan is meant for it.
  if (fans.effective.fanIn <= 1) return null;
  const nearest = nearestScheme(current, fans.own);
  // Constants, identities and orthogonal matrices divide by no fan.
  if (nearest?.factor !== 1 || !SCHEMES.get(nearest.scheme)?.recipe) return null;
  if (modeOf(parameter, nearest.scheme) === "fan_out") return null;
  if (isPackedAttention(parameter, layer)) return null;
  const ratio =
    dividedBy(fans.effective, parameter, nearest.scheme) / dividedBy(fans.own, parameter, nearest.scheme);
  if (ratio < APART && ratio > 1 / APART) return null;
  // The gates of a recurrent layer share its inputs.
  const really =
    fans.effective.fanIn === fans.own.fanIn
      ? `an input feeds ${formatNumber(fans.effective.fanOut)} outputs`
      : `${formatNumber(fans.effective.fanIn)} connections feed an output`;
  return `${weightName(parameter, layer)} is ${nearest.text}, but ${really}: its variance is ${formatNumber(ratio, 3)} times what the scheme means.`;
});

/**
 * The same for fan-out, which keeps the size of gradients: kernels of grouped convolutions feed fewer outputs
 * than their shape says, and several projections in one weight are several matrices. Normalisation after the
 * layer usually hides it.
 */
const wrongFanOut = eachDraw((parameter, layer) => {
  const { current } = parameter;
  const name = weightName(parameter, layer);
  if (!isWeight(parameter) || !isSet(parameter, layer)) return null;
  const fans = knownFans(parameter);
  if (fans === null) return packedSymbols(parameter, layer);
  if (fans.effective.fanIn <= 1) return null;
  const { fanIn, fanOut } = fans.own;
  const nearest = nearestScheme(current, fans.own);
  const isByOutputs = nearest?.factor !== 1 && isComputedFromOutputs(parameter);
  if (nearest?.factor !== 1 && !isByOutputs) return null;
  const mode = isByOutputs ? "fan_out" : modeOf(parameter, nearest!.scheme);
  const ratio = fans.effective.fanOut / fanOut;
  if (nearest && mode === "fan_avg" && isPackedAttention(parameter, layer)) {
    const each = fanOut / PACKED;
    return `${name} is ${nearest.text}, but it is ${PACKED} matrices of ${each} outputs: its variance is ${formatNumber((fanIn + each) / (fanIn + fanOut), 3)} times what the scheme means.`;
  }
  if (mode !== "fan_out" || (ratio < APART && ratio > 1 / APART)) return null;
  return `${name} is drawn for fan-out ${fans.own.fanOut}, but an input feeds ${formatNumber(fans.effective.fanOut)} connections: its variance is ${formatNumber(ratio, 3)} times what the scheme means.`;
});

/** Queries, keys and values in one weight. */
const PACKED = 3;
/** Names that programs and frameworks give it. */
const PACKED_NAME =
  /(^|[._])(to_?)?(w_?)?(qkv|kqv|query_key_value|in_proj|c_attn)(_?(proj|weight|linear|kernel))*$/i;

function isPackedAttention(parameter: LayerParameter, layer: Layer): boolean {
  const { fanIn, fanOut } = parameter;
  return (
    fanOut !== null &&
    fanOut === product([fanIn, PACKED]) &&
    parameter.shape.length === 2 &&
    (PACKED_NAME.test(layer.name) || PACKED_NAME.test(parameter.name))
  );
}

/** The same of sizes that nobody knows: Glorot's variance is 2 / (n + 3n) then, where each matrix alone has 2 / 2n. */
function packedSymbols(parameter: LayerParameter, layer: Layer): string | null {
  const { op, args } = lastDraw(parameter) ?? {};
  const isGlorot = op !== undefined && /^(xavier|glorot)_/.test(op) && (args?.gain ?? 1) === 1;
  if (!isGlorot || !isPackedAttention(parameter, layer)) return null;
  return `${weightName(parameter, layer)} is drawn by ${op} for fan-out ${parameter.fanOut}, but it is ${PACKED} matrices of ${parameter.fanIn} outputs: its variance is 0.5 times what the scheme means.`;
}

interface NumericFans {
  readonly fanIn: number;
  readonly fanOut: number;
}

function knownFans(
  parameter: LayerParameter,
): { readonly own: NumericFans; readonly effective: NumericFans } | null {
  const { fanIn, fanOut, effectiveFanIn, effectiveFanOut } = parameter;
  if (typeof fanIn !== "number" || typeof fanOut !== "number") return null;
  if (typeof effectiveFanIn !== "number" || typeof effectiveFanOut !== "number") return null;
  return { own: { fanIn, fanOut }, effective: { fanIn: effectiveFanIn, fanOut: effectiveFanOut } };
}

/** Which fan the scheme divides by: as the call says, else as the scheme is defined. */
function modeOf(parameter: LayerParameter, scheme: string): string {
  const said = lastDraw(parameter)?.args.mode;
  return typeof said === "string" ? said.toLowerCase() : (SCHEMES.get(scheme)?.recipe?.mode ?? "fan_in");
}

function dividedBy({ fanIn, fanOut }: NumericFans, parameter: LayerParameter, scheme: string): number {
  return modeOf(parameter, scheme) === "fan_avg" ? (fanIn + fanOut) / 2 : fanIn;
}

/** Schemes that divide by a number that is not the fan. */
export const FAN_RULES: readonly Rule[] = [
  {
    code: "IL008",
    severity: "warning",
    title: "framework fan that is not the true fan",
    why: "Initializers see only a weight's shape. For depthwise kernels in Keras, transposed convolutions, and multi-head projections the shape does not tell how many connections feed a unit, and the variance is wrong by that factor.",
    found: 'layers.DepthwiseConv2D(3, depthwise_initializer="he_normal")  # on 256 channels',
    fine: "layers.DepthwiseConv2D(3, depthwise_initializer=initializers.RandomNormal(stddev=(2 / 9) ** 0.5))",
    history: [
      {
        issue: "huggingface/pytorch-image-models#84",
        what: "fan-out of depthwise convolutions counted all channels",
      },
      { issue: "keras-team/keras#11773", what: "fans inferred for depthwise and separable convolutions" },
      { issue: "pytorch/pytorch#23854", what: "fan-out of grouped kernels" },
    ],
    find: wrongFan,
  },
  {
    code: "IL022",
    severity: "information",
    title: "fan-out that counts too many outputs",
    why: "Fan-out counts the outputs that one input feeds. In a grouped or depthwise convolution an input feeds only its own group's, and torch's fan-out counts all: the variance is too small by the number of groups. Queries, keys and values in one weight are three matrices, and Glorot's scheme on the whole counts the outputs of all: half the variance of three separate ones. Normalisation after the layer hides it.",
    found: 'conv = nn.Conv2d(64, 64, 3, groups=64)\nnn.init.kaiming_normal_(conv.weight, mode="fan_out")',
    fine: "conv = nn.Conv2d(64, 64, 3, groups=64)\nnn.init.normal_(conv.weight, 0, (2 / 9) ** 0.5)",
    history: [
      {
        issue: "huggingface/pytorch-image-models#84",
        what: "fan-out of depthwise convolutions counted all channels",
      },
      {
        issue: "pytorch/pytorch#166378",
        what: "a packed projection is drawn with half the variance of separate ones",
      },
      {
        issue: "facebookresearch/xformers#303",
        what: "the fans of merged queries, keys and values were those of the whole weight",
      },
      {
        issue: "NVIDIA/apex@a0d99fdb2cfcc418809dde975f51097c3d6010ca",
        what: "a fused projection lacked the gain that gives it the variance of separate ones",
      },
    ],
    find: wrongFanOut,
  },
];
