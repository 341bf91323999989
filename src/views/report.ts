/** All layers of a file as a Markdown table, to paste into an issue or a notebook. */
import { describe } from "../init/describe.js";
import type { Analysis, Layer } from "../types.js";
import { factorText, fits, mainParameter, schemeName, shapeText } from "./layerText.js";

/** A heading, a table with a row a layer, then the findings. */
export function reportText({ file, layers, findings }: Analysis): string {
  const rows = layers.map((layer) => `| ${cells(layer).map(cell).join(" | ")} |`);
  const found = findings.map(({ code, site, message }) => `- line ${site.line}: ${code} ${escaped(message)}`);
  return [
    `# ${escaped(file.slice(file.lastIndexOf("/") + 1))}`,
    "",
    "| line | layer | class | shape | draws | recommended | verdict |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    ...(found.length === 0 ? [] : ["", ...found]),
    "",
  ].join("\n");
}

function cells(layer: Layer): string[] {
  const { name, class: className, site, recommended } = layer;
  const weight = mainParameter(layer);
  const place = site.cell === undefined ? String(site.line) : `cell ${site.cell + 1}, ${site.line}`;
  const advice = recommended
    ? `${schemeName(recommended.scheme)}, ${describe(recommended.distribution)}`
    : "";
  return [
    place,
    name,
    className,
    weight ? shapeText(weight.shape) : "",
    weight ? describe(weight.current) : "",
    recommended?.assumes === undefined ? advice : `${advice} before a ReLU`,
    weight && recommended && fits(recommended, weight.current)
      ? "fits"
      : weight
        ? factorText(layer, weight.current)
        : "",
  ];
}

const cell = (text: string): string => escaped(text).replaceAll("\n", " ");

/** As little as keeps the table and its text what they are. */
const escaped = (text: string): string => text.replace(/[\\|*_<`]/g, "\\$&");
