import type { Shape } from "../../types.js";
import { sum } from "../dims.js";
import { type Fans, namedFans, torchFans } from "../fans.js";
import * as make from "../make.js";
import { type Draw, refuse } from "../refusal.js";
import type { Quantity, Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers, REQUIRED } from "./table.js";

/**
 * Lua Torch7: `reset` of nn's modules, the nninit package, and the rules of torch-toolbox's weight-init
 * (`heuristic`, `xavier`, `xavier_caffe`, `kaiming`, passed to `reset`, which draws uniformly).
 * `shape` is the module's weight, outputs first.
 */
export function drawTorch7(name: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(TORCH7, name, shape, given);
}

const OPTIONS = { gain: 1 };

const TORCH7 = initializers({
  reset: [{ stdv: null }, drawReset],
  // Torch7 counts a full (transposed) convolution's inputs rightly, unlike PyTorch.
  "SpatialFullConvolution.reset": [
    { stdv: null },
    (shape, given) => drawReset([shape[1] ?? null, shape[0] ?? null, ...shape.slice(2)], given),
  ],
  "weight-init.heuristic": [{}, (shape, given) => toolbox(1 / 3, (fans) => fans.fanIn, shape, given)],
  "weight-init.xavier": [{}, (shape, given) => toolbox(2, both, shape, given)],
  "weight-init.xavier_caffe": [{}, (shape, given) => toolbox(1, (fans) => fans.fanIn, shape, given)],
  "weight-init.kaiming": [{}, (shape, given) => toolbox(4, both, shape, given)],
  "nninit.constant": [
    { val: REQUIRED },
    (_, given) => symbolic.constant(given.quantity("val"), given.source),
  ],
  "nninit.normal": [{ mean: REQUIRED, stdv: REQUIRED }, (_, given) => drawNormal(given)],
  "nninit.uniform": [
    { a: REQUIRED, b: REQUIRED },
    (_, given) => symbolic.uniform(given.quantity("a"), given.quantity("b"), given.source),
  ],
  "nninit.xavier": [{ ...OPTIONS, dist: "uniform" }, (shape, given) => nninit(2, both, shape, given)],
  "nninit.kaiming": [
    { ...OPTIONS, dist: "normal" },
    (shape, given) => nninit(1, (fans) => fans.fanIn, shape, given),
  ],
  "nninit.orthogonal": [OPTIONS, drawOrthogonal],
});

const both = (fans: Fans) => sum(fans.fanIn, fans.fanOut);

/** Without an argument U(±1/√fan_in), so std 1/√(3 fan_in); `reset(stdv)` draws U(±√3 stdv). */
function drawReset(shape: Shape, given: Given): Draw {
  const stdv = given.raw("stdv");
  if (typeof stdv === "number") return make.symmetricUniform(Math.sqrt(3) * stdv, given.source);
  if (stdv !== null) return make.unknown(given.source);
  const fans = torchFans(shape);
  if (!fans) return refuse("error", "reset needs a weight of at least two dimensions");
  return symbolic.scaledByFan("uniform", 1 / 3, namedFans(fans).fanIn, given.source);
}

function drawNormal(given: Given): Draw {
  const std = given.quantity("stdv");
  if (typeof std === "number" && std <= 0) {
    return refuse("error", `the standard deviation must be above 0, not ${std}`);
  }
  return symbolic.normal(given.quantity("mean"), std, given.source);
}

function toolbox(scale: Quantity, fan: (fans: Fans) => Fans["fanIn"], shape: Shape, given: Given): Draw {
  const fans = torchFans(shape);
  if (!fans) return refuse("error", "this rule needs a weight of at least two dimensions");
  return symbolic.scaledByFan("uniform", scale, fan(namedFans(fans)), given.source);
}

function nninit(scale: number, fan: (fans: Fans) => Fans["fanIn"], shape: Shape, given: Given): Draw {
  const fans = torchFans(shape);
  if (!fans) return refuse("error", "Unsupported module");
  const gain = gainOf(given);
  const spread: Spread = given.word("dist") === "uniform" ? "uniform" : "normal";
  return symbolic.scaledByFan(
    spread,
    gain === null ? null : scale * gain * gain,
    fan(namedFans(fans)),
    given.source,
  );
}

/** Names that nninit does not know give 1. */
function gainOf(given: Given): number | null {
  const gain = given.quantity("gain");
  if (gain === "relu") return Math.SQRT2;
  return typeof gain === "string" ? 1 : gain;
}

function drawOrthogonal(shape: Shape, given: Given): Draw {
  if (shape.length < 2) return refuse("error", "only tensors with 2 or more dimensions are supported");
  const gain = gainOf(given);
  if (gain === null) return make.unknown(given.source);
  if (shape.length === 2) return make.orthogonal(gain, shape[0]!, shape[1]!, given.source);
  // The matrix is fan_out × fan_in with both counted with the kernel; its first values fill the tensor.
  const formula = `first values of orthogonal × ${gain}, fan_out × fan_in`;
  const fans = torchFans(shape)!;
  if (typeof fans.fanIn !== "number" || typeof fans.fanOut !== "number")
    return make.unknown(given.source, formula);
  return make.unknown(given.source, formula, Math.abs(gain) / Math.sqrt(Math.max(fans.fanIn, fans.fanOut)));
}
