import type { SchemeOptions } from "../init/schemeOptions.js";
import type { Distribution } from "../types.js";

/** A distribution's own figures as the options of the scheme that its kind names; none where it is unknown. */
export function distributionOptions(distribution: Distribution): SchemeOptions {
  switch (distribution.kind) {
    case "uniform":
      return { low: distribution.low, high: distribution.high };
    case "normal":
      return { mean: distribution.mean, std: distribution.std };
    case "truncated_normal": {
      const { mean, scale, low, high } = distribution;
      return { mean, std: scale, low, high };
    }
    case "constant":
      return { value: distribution.value };
    case "orthogonal":
    case "identity":
      return { gain: distribution.gain };
    case "unknown":
      return {};
  }
}
