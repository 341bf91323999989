import { inputShapes } from "../../../src/layers/reading/exampleInputs.js";
import { ModelReader } from "../../../src/layers/reading/model.js";
import { readSignal } from "../../../src/signal/signal.js";
import type { LayerSignal, SignalReport } from "../../../src/types.js";

/** The signal through `Net()` of a program whose imports of torch are left to this function. */
export function signalOf(program: string, input: string, call = "Net()"): SignalReport {
  const imports = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n";
  const document = { file: "/project/model.py", cells: [{ index: null, text: imports + program }] };
  const reader = new ModelReader(document, {
    reader: { read: () => null },
    roots: ["/project"],
    sitePackages: [],
    now: () => 0,
  });
  const report = readSignal(reader, call, inputShapes(input)!, document.file);
  if ("error" in report) throw new Error(report.error);
  return report;
}

/** By name. */
export const layersOf = (program: string, input: string, call?: string): Map<string, LayerSignal> =>
  new Map(signalOf(program, input, call).layers.map((layer) => [layer.name, layer]));
