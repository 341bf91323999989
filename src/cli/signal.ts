import { readSignal } from "../signal/signal.js";
import type { SignalReport } from "../types.js";
import { defineCommand, print } from "./command.js";
import { modelFile } from "./modelReader.js";
import { IMPORT_OPTIONS, readInputs } from "./options.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens signal FILE --call EXPRESSION --input SHAPE [--input SHAPE …] [--json]

How large activations and gradients are at each layer of a PyTorch model before it has learned anything: the
std for standard normal inputs, and for a standard normal gradient at what the model returns. The code is not
run. A std that cannot be derived is left open.

  --root DIR            where imports resolve (default: above the package that FILE is in, then up to its project)
  --site-packages DIR   where installed packages are; may be repeated
  --input SHAPE         an example input such as 32,3,224,224, batch first; may be repeated
  --json                the machine-readable form
`;

/** `signal`: the size of the signal through the layers of a model. */
export const signalCommand = defineCommand({
  summary: "the size of activations and gradients through the layers of a model",
  help: HELP,
  options: { ...IMPORT_OPTIONS, call: { type: "string" }, input: { type: "string", multiple: true } },
  run(values, positionals) {
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0)
      throw new UsageError("signal takes one FILE; see signal --help");
    if (values.call === undefined)
      throw new UsageError('signal needs --call EXPRESSION, such as --call "Net()"');
    const inputs = readInputs(values.input);
    if (inputs === null) throw new UsageError("signal needs --input SHAPE, such as --input 32,3,224,224");
    const { document, open } = modelFile(file, values);
    const report = readSignal(open(), values.call, inputs, document.file);
    if ("error" in report) throw new UsageError(`--call "${values.call}": ${report.error}`);
    return print(values.json ? `${JSON.stringify({ version: 1, ...report })}\n` : table(report));
  },
});

function table({ layers, diagnostics }: SignalReport): string {
  const width = Math.max(5, ...layers.map(({ name }) => name.length));
  const row = (name: string, forward: string, backward: string) =>
    `${name.padEnd(width)}  ${forward.padStart(12)}  ${backward.padStart(12)}`;
  const lines = layers.map(({ name, forwardStd, backwardStd }) =>
    row(name, figure(forwardStd), figure(backwardStd)),
  );
  const notes = diagnostics.map(({ message }) => message);
  return `${[row("layer", "forward std", "backward std"), ...lines, ...notes].join("\n")}\n`;
}

const figure = (std: number | null): string => (std === null ? "?" : std.toPrecision(3));
