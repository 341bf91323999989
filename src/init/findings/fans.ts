import type { Layer } from "../../types.js";
import { formatNumber } from "../distributions.js";
import { nearestScheme } from "../nearest.js";
import { SCHEMES } from "../schemes.js";
import { eachDraw, isComputedFromOutputs, isSet, isWeight, type LayerParameter, lastDraw } from "./rule.js";

/** Fans this far apart change the variance by as much. */
const APART = 1.5;

/**
 * A fan-based scheme that divided by a fan which is not the number of connections: depthwise and grouped
 * kernels, transposed convolutions and multi-head projections.
 */
export const wrongFan = eachDraw((parameter, layer) => {
  const { effectiveFanIn, current, name } = parameter;
  const fans = knownFans(parameter);
  if (fans === null || !isWeight(parameter) || !isSet(parameter, layer)) return null;
  // An embedding's row is looked up; no scheme's fan is meant for it.
  if (fans.effective.fanIn <= 1) return null;
  const nearest = nearestScheme(current, fans.own);
  if (nearest?.factor !== 1 || modeOf(parameter, nearest.scheme) === "fan_out") return null;
  if (isPackedAttention(parameter, layer, fans.own)) return null;
  const ratio =
    dividedBy(fans.effective, parameter, nearest.scheme) / dividedBy(fans.own, parameter, nearest.scheme);
  if (ratio < APART && ratio > 1 / APART) return null;
  return `${name} is ${nearest.text}, but ${formatNumber(effectiveFanIn as number)} connections feed an output: its variance is ${formatNumber(ratio, 3)} times what the scheme means.`;
});

/**
 * The same for fan-out, which keeps the size of gradients: kernels of grouped convolutions feed fewer outputs
 * than their shape says, and several projections in one weight are several matrices. Normalisation after the
 * layer usually hides it.
 */
export const wrongFanOut = eachDraw((parameter, layer) => {
  const { name, current } = parameter;
  const fans = knownFans(parameter);
  if (fans === null || !isWeight(parameter) || !isSet(parameter, layer)) return null;
  if (fans.effective.fanIn <= 1) return null;
  const { fanIn, fanOut } = fans.own;
  const nearest = nearestScheme(current, fans.own);
  const isByOutputs = nearest?.factor !== 1 && isComputedFromOutputs(parameter);
  if (nearest?.factor !== 1 && !isByOutputs) return null;
  const mode = isByOutputs ? "fan_out" : modeOf(parameter, nearest!.scheme);
  const ratio = fans.effective.fanOut / fanOut;
  if (nearest && mode === "fan_avg" && isPackedAttention(parameter, layer, fans.own)) {
    const each = fanOut / PACKED;
    return `${name} is ${nearest.text} for fan-out ${fanOut}, but it is ${PACKED} matrices of ${each} outputs: its variance is ${formatNumber((fanIn + each) / (fanIn + fanOut), 3)} times what the scheme means.`;
  }
  if (mode !== "fan_out" || (ratio < APART && ratio > 1 / APART)) return null;
  return `${name} is drawn for fan-out ${fans.own.fanOut}, but an input feeds ${formatNumber(fans.effective.fanOut)} connections: its variance is ${formatNumber(ratio, 3)} times what the scheme means.`;
});

/** Queries, keys and values in one weight. */
const PACKED = 3;
/** Names that programs and frameworks give it. */
const PACKED_NAME =
  /(^|[._])(to_?)?(w_?)?(qkv|kqv|query_key_value|in_proj|c_attn)(_?(proj|weight|linear|kernel))*$/i;

function isPackedAttention(parameter: LayerParameter, layer: Layer, { fanIn, fanOut }: NumericFans): boolean {
  return (
    fanOut === PACKED * fanIn &&
    parameter.shape.length === 2 &&
    (PACKED_NAME.test(layer.name) || PACKED_NAME.test(parameter.name))
  );
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
