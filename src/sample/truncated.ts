import { normalBetween } from "../init/normal.js";
import type { WordStream } from "./words.js";

/** Draws one value in standard units. */
export type Draw = (stream: WordStream) => number;

/** From this share on it is fastest to draw normal values until one is within the bounds. */
const MIN_SHARE = 0.3;

/** Whether normal values are within the bounds so often that they are best drawn until one is. */
export function isWide(low: number, high: number): boolean {
  return normalBetween(low, high) >= MIN_SHARE;
}

/**
 * A sampler of the standard normal distribution kept within narrower bounds, exact by rejection, each
 * proposal being the fastest for its kind of window (Robert, 1995).
 */
export function truncatedDraw(low: number, high: number): Draw {
  if (high < 0) {
    const mirrored = truncatedDraw(-high, -low);
    return (stream) => -mirrored(stream);
  }
  // The density falls by e² over a window this wide; a wider one is drawn as an exponential tail.
  return low > 0 && (high - low) * low > 2 ? tail(low, high) : narrow(low, high);
}

/** Uniform proposals, kept with the density relative to its largest within the window. */
function narrow(low: number, high: number): Draw {
  const top = Math.max(0, low);
  return (stream) => {
    for (;;) {
      const z = low + (high - low) * stream.uniform();
      if (stream.uniform() < Math.exp((top - z) * (top + z) * 0.5)) return z;
    }
  };
}

/** Exponential proposals with the rate of the density's decay at `low` > 0. */
function tail(low: number, high: number): Draw {
  return (stream) => {
    for (;;) {
      const beyond = -Math.log1p(-stream.uniform()) / low;
      if (low + beyond <= high && stream.uniform() < Math.exp(-0.5 * beyond * beyond)) return low + beyond;
    }
  };
}
