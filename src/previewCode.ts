/** The NumPy code of a drawing, so that a chart's cell can be run. */
import { isRefusal } from "./init/refusal.js";
import type { SchemeOptions } from "./init/schemes.js";
import type { Preview } from "./preview.js";
import { snippet } from "./snippets/snippet.js";
import type { Distribution } from "./types.js";

/** Code that draws what a chart shows, a variable for each of its drawings. */
export function previewCode({ drawings, shape }: Preview): string {
  const several = drawings.length > 1;
  const imports = new Set<string>();
  const blocks = drawings.map(({ label, distribution }, index) => {
    const target = several ? `W${index + 1}` : "W";
    const options = { ...parametersOf(distribution), shape };
    const written = snippet({ scheme: distribution.kind, dialect: "numpy", options, target });
    if (isRefusal(written)) return `# ${label}: ${written.message}`;
    for (const line of written.imports) imports.add(line);
    return [...written.setup, `# ${label}`, written.code].join("\n");
  });
  return [...[...imports].sort(), "", blocks.join(several ? "\n\n" : "\n")].join("\n").trimStart();
}

function parametersOf(distribution: Distribution): SchemeOptions {
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
