import type { Draw } from "./truncated.js";
import type { WordStream } from "./words.js";

/**
 * A sampler of one entry, times √n, of an orthogonal matrix with longer side n ≥ 3: a coordinate of a
 * point uniform on the sphere, g / √(g² + the squares of n − 1 more normal values).
 */
export function sphereDraw(n: number): Draw {
  const root = Math.sqrt(n);
  return (stream) => {
    const g = stream.normal();
    return (root * g) / Math.sqrt(g * g + 2 * nextGamma(stream, (n - 1) / 2));
  };
}

/** A gamma variable of shape `a` ≥ 1 and scale 1: Marsaglia and Tsang (2000). */
function nextGamma(stream: WordStream, a: number): number {
  const d = a - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log1p(-stream.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
