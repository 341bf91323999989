import type { Dim, Distribution } from "../types.js";
import { sum } from "./dims.js";
import type { Fans } from "./fans.js";
import { type FanMode, scaleVariance } from "./frameworks/varianceScaling.js";
import { fanFormula } from "./symbolic.js";

/** A fan-based scheme in mathematics: zero mean and variance `scale / n`, n chosen by `mode`. */
export interface Recipe {
  readonly spread: "uniform" | "normal";
  readonly scale: number;
  readonly mode: FanMode;
}

/** The paper's own distribution: uniform, or a plain normal that is not truncated. */
export function drawRecipe({ spread, scale, mode }: Recipe, fans: Fans, source: string): Distribution {
  return scaleVariance(spread, scale, mode, fans, source);
}

/** The formula with the fans' names: `U(±√(6/fan_in))`, `N(0, 2/(fan_in + fan_out))`. */
export function recipeFormula({ spread, scale, mode }: Recipe): string {
  const [factor, fan] = denominator(mode);
  return fanFormula(spread, factor * scale, fan)!;
}

function denominator(mode: FanMode): readonly [factor: number, fan: Dim] {
  switch (mode) {
    case "fan_avg":
      return [2, sum("fan_in", "fan_out")];
    case "fan_geo_avg":
      return [1, "√(fan_in*fan_out)"];
    default:
      return [1, mode];
  }
}
