/** The NumPy code of a drawing, so that a chart's cell can be run. */
import type { DrawingChoice, Preview } from "./preview.js";
import type { Distribution } from "./types.js";

/** Code that draws what a chart shows, a variable for each of its drawings. */
export function previewCode({ drawings, shape }: Preview, { seed }: Pick<DrawingChoice, "seed">): string {
  const size = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const lines = drawings.map(({ label, distribution }, index) => {
    const variable = drawings.length === 1 ? "W" : `W${index + 1}`;
    return `${variable} = ${expression(distribution, size)}  # ${label}`;
  });
  return ["import numpy as np", "", `rng = np.random.default_rng(${seedValue(seed)})`, ...lines].join("\n");
}

function seedValue(seed: string): string {
  return /^\d{1,9}$/.test(seed) ? String(Number(seed)) : "0";
}

function expression(distribution: Distribution, size: string): string {
  switch (distribution.kind) {
    case "uniform":
      return `rng.uniform(${distribution.low}, ${distribution.high}, size=${size})`;
    case "normal":
      return `rng.normal(${distribution.mean}, ${distribution.std}, size=${size})`;
    case "constant":
      return `np.full(${size}, ${distribution.value})`;
    default:
      return `rng.normal(0.0, ${distribution.std ?? 1}, size=${size})`;
  }
}
