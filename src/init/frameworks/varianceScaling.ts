import type { Dim, Distribution } from "../../types.js";
import { product, sum, wrap } from "../dims.js";
import { type Fans, namedFans } from "../fans.js";
import { type Quantity, type Spread, scaledByFan } from "../symbolic.js";

/** The denominator n of a variance `scale / n`. */
export type FanMode = "fan_in" | "fan_out" | "fan_avg" | "fan_geo_avg";

export const FAN_MODES: readonly FanMode[] = ["fan_in", "fan_out", "fan_avg", "fan_geo_avg"];

/** Variance `scale / n`, n being fan-in, fan-out, their mean or their geometric mean. */
export function scaleVariance(
  spread: Spread,
  scale: Quantity,
  mode: FanMode,
  fans: Fans,
  source: string,
): Distribution {
  const { fanIn, fanOut } = namedFans(fans);
  switch (mode) {
    case "fan_in":
      return scaledByFan(spread, scale, fanIn, source);
    case "fan_out":
      return scaledByFan(spread, scale, fanOut, source);
    case "fan_avg":
      return scaledByFan(spread, twice(scale), sum(fanIn, fanOut), source);
    case "fan_geo_avg":
      return scaledByFan(spread, scale, geometricMean(fanIn, fanOut), source);
  }
}

function twice(scale: Quantity): Quantity {
  if (scale === null) return null;
  return typeof scale === "number" ? 2 * scale : `2*${wrap(scale)}`;
}

function geometricMean(a: Dim, b: Dim): Dim {
  if (a === null || b === null) return null;
  if (typeof a === "number" && typeof b === "number") return Math.sqrt(a * b);
  return a === b ? a : `√(${product([a, b])})`;
}
