/** The code of a drawing, so that a chart's cell can be run. */
import { isRefusal } from "../init/refusal.js";
import { distributionOptions } from "../snippets/distributionOptions.js";
import { snippet } from "../snippets/snippet.js";
import type { Framework } from "../types.js";
import type { Preview } from "./preview.js";

/** Code that draws what a chart shows, a variable for each of its drawings; torch's in torch, others' in NumPy. */
export function previewCode({ drawings, shape }: Preview, framework: Framework): string {
  const dialect = framework === "torch" ? "torch" : "numpy";
  const imports = new Set(dialect === "torch" ? ["import torch"] : []);
  const blocks = drawings.map(({ label, distribution }, index) => {
    const target = drawings.length > 1 ? `W${index + 1}` : "W";
    const options = { ...distributionOptions(distribution), shape };
    const written = snippet({ scheme: distribution.kind, dialect, options, target });
    if (isRefusal(written)) return `# ${label}: ${written.message}`;
    for (const line of written.imports) imports.add(line);
    const made = dialect === "torch" ? [`${target} = torch.empty(${shape.join(", ")})`] : [];
    return [...written.setup, `# ${label}`, ...made, written.code].join("\n");
  });
  return [...imports, "", blocks.join("\n\n")].join("\n").trimStart();
}
