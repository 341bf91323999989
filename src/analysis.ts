/**
 * A stand-in until the evaluator takes this file's place: it reads `Name(number, number)` and
 * `np.random.…` with literal sizes, so that the surfaces have something to show.
 */
import type { Analysis, Distribution, FileReader, Layer, SourceDocument } from "./types.js";

export interface AnalysisOptions {
  readonly root?: string;
}

const CALL =
  /(?:(\w+) *= *)?\b(nn\.Linear|layers\.Dense|np\.random\.uniform|np\.random\.normal|np\.zeros|np\.ones)\((.*)\)/;

export function analyse(
  document: SourceDocument,
  _reader: FileReader,
  _options: AnalysisOptions = {},
): Analysis {
  const layers: Layer[] = [];
  for (const { index, text } of document.cells) {
    text.split("\n").forEach((line, at) => {
      const match = CALL.exec(line);
      if (!match) return;
      const [, name = "", fn = ""] = match;
      const column = line.indexOf(fn, match.index) + 1;
      const cell = index === null ? {} : { cell: index };
      const site = {
        file: document.file,
        line: at + 1,
        column,
        endLine: at + 1,
        endColumn: column + match[0].length - (column - 1 - match.index),
        ...cell,
      };
      const current: Distribution = fn.endsWith("normal")
        ? { kind: "normal", mean: 0, std: 0.05 }
        : fn.endsWith("zeros")
          ? { kind: "constant", value: 0, std: 0 }
          : {
              kind: "uniform",
              low: -0.125,
              high: 0.125,
              std: 0.125 / Math.sqrt(3),
              source: "kaiming_uniform_(a=√5)",
            };
      const recommended = {
        scheme: "he_normal",
        distribution: { kind: "normal", mean: 0, std: Math.sqrt(2 / 64) } as const,
      };
      layers.push({
        class: fn,
        framework: fn.startsWith("np") ? "numpy" : fn.startsWith("nn") ? "torch" : "keras",
        name,
        site,
        parameters: [
          {
            name: "weight",
            layer: fn,
            shape: [64, 32],
            fanIn: 64,
            fanOut: 32,
            effectiveFanIn: 64,
            effectiveFanOut: 32,
            default: current,
            current,
          },
        ],
        shapes: 1,
        activation: "relu",
        recommended: {
          ...recommended,
          why: "ReLU halves the second moment, so He et al. (2015) double the variance.",
        },
        schemes: [
          recommended,
          { scheme: "glorot_uniform", distribution: { kind: "uniform", low: -0.25, high: 0.25 } },
        ],
        findings: [],
      });
    });
  }
  return { file: document.file, layers, findings: [], diagnostics: [] };
}
