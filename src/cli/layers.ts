import { describe, drawnText } from "../init/describe.js";
import type { Analysis, Layer } from "../types.js";
import { callsText } from "../views/callsText.js";
import { analyseFile } from "./analyseFile.js";
import { defineCommand, print } from "./command.js";
import { IMPORT_OPTIONS, readInputs } from "./options.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens layers FILE… [--root DIR] [--site-packages DIR] [--input SHAPE] [--call EXPR] [--json]
Lists every place where a layer or weight is made: shape, fans, what it draws, what is recommended.
With --root, sizes come first from the calls in other files under DIR; --call shows those of one call.
`;

export const layersCommand = defineCommand({
  summary: "every layer made in FILE…: shapes, fans, what is drawn, what is recommended",
  help: HELP,
  options: {
    ...IMPORT_OPTIONS,
    input: { type: "string", multiple: true },
    call: { type: "string", multiple: true },
  },
  run(values, positionals) {
    if (positionals.length === 0) throw new UsageError("layers needs a file");
    const inputs = readInputs(values.input);
    const files = positionals.map((file) => {
      const start = performance.now();
      const analysis = analyseFile(file, {
        root: values.root,
        sitePackages: values["site-packages"] ?? [],
        inputs,
        findsCallers: values.root !== undefined,
        calls: values.call ?? [],
      });
      return { analysis, milliseconds: Math.round((performance.now() - start) * 10) / 10 };
    });
    return print(values.json ? toJson(files) : files.map(({ analysis }) => toText(analysis)).join("\n"));
  },
});

function toJson(files: readonly { analysis: Analysis; milliseconds: number }[]): string {
  const rows = files.map(({ analysis: { file, layers, diagnostics }, milliseconds }) => ({
    file,
    layers,
    diagnostics,
    milliseconds,
  }));
  return `${JSON.stringify({ version: 1, files: rows })}\n`;
}

/** One block a layer: what and where, each parameter, what is recommended. */
function toText({ file, layers, diagnostics }: Analysis): string {
  const lines = layers.flatMap((layer) => [
    heading(layer),
    ...calledLine(layer),
    ...layer.parameters.map(parameterLine),
    ...recommendation(layer),
  ]);
  const problems = diagnostics.map(({ site, message }) => `${file}:${site.line}:${site.column}: ${message}`);
  return `${[...lines, ...problems].join("\n")}\n`;
}

function heading({ class: className, name, site, shapes }: Layer): string {
  const cell = site.cell === undefined ? "" : `cell ${site.cell + 1}:`;
  const several = shapes > 1 ? `, ${shapes} different shapes` : "";
  return `${site.file}:${cell}${site.line}:${site.column}: ${className}${name === "" ? "" : ` ${name}`}${several}`;
}

/** Which calls in other files, or chosen ones, the shapes are of. */
function calledLine(layer: Layer): string[] {
  const text = callsText(layer);
  return text === "" ? [] : [`    ${text}`];
}

function parameterLine({ name, shape, fanIn, fanOut, current }: Layer["parameters"][number]): string {
  const fans = fanIn === null && fanOut === null ? "" : `  fan ${dimText(fanIn)}→${dimText(fanOut)}`;
  return `  ${name} [${shape.map(dimText).join(", ")}]${fans}  ${drawnText(current)}`;
}

function recommendation({ recommended }: Layer): string[] {
  return recommended === null
    ? []
    : [`  recommended ${describe(recommended.distribution)}: ${recommended.why}`];
}

const dimText = (dim: number | string | null): string => (dim === null ? "?" : String(dim));
