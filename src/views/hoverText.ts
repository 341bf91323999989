/** A layer as a hover tells it. Markdown. */
import { describe } from "../init/describe.js";
import type { SizeOrigin } from "../source/sizeOrigins.js";
import type { Layer, Site } from "../types.js";
import { callsText } from "./callsText.js";
import {
  dimText,
  escapeMarkdown,
  factorText,
  fits,
  mainParameter,
  schemeName,
  shapeText,
  sizeProblem,
} from "./layerText.js";
import { lensText } from "./lensText.js";

type LayerParameter = Layer["parameters"][number];

/** More layers than this are counted, not listed. */
const MAX_LISTED = 12;

/** Title, a table with a row a parameter, what is recommended and why, and where sizes and values come from. */
export function hoverText(layer: Layer, origins: readonly SizeOrigin[] = []): string {
  const title = `**${escapeMarkdown(layer.class)}**${layer.name === "" ? "" : ` ${escapeMarkdown(layer.name)}`}`;
  const parts = [
    title,
    tableText(layer),
    variantsText(layer),
    adviceText(layer),
    versionText(layer),
    stepsText(layer),
    originsText(origins),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Several layers that one place speaks of, a line each. */
export function layersText(layers: readonly Layer[]): string {
  const lines = layers
    .slice(0, MAX_LISTED)
    .map(
      (layer) =>
        `- line ${layer.site.line}: **${escapeMarkdown(layer.name || layer.class)}** ${escapeMarkdown(lensText(layer))}`,
    );
  const more = layers.length - MAX_LISTED;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

const COLUMNS: readonly (readonly [
  title: string,
  cell: (parameter: LayerParameter, layer: Layer) => string,
])[] = [
  ["parameter", ({ name }) => name],
  ["shape", ({ shape }) => shapeText(shape)],
  ["fan-in → fan-out", fanText],
  ["default", (parameter) => describe(parameter.default)],
  ["draws now", ({ current }) => describe(current)],
  ["recommended", (parameter, layer) => comparison(layer, parameter)[0]],
  ["factor", (parameter, layer) => comparison(layer, parameter)[1]],
];

/** A row a parameter; without columns that say nothing of any. */
function tableText(layer: Layer): string {
  const columns = COLUMNS.map(([title, cell]) => [
    title,
    ...layer.parameters.map((one) => escapeCell(escapeMarkdown(cell(one, layer)))),
  ]).filter(([, ...cells]) => cells.length === 0 || cells.some((cell) => cell !== ""));
  const rule = columns.map(() => "---");
  const rows = layer.parameters.map((_, at) => columns.map((cells) => cells[at + 1]!));
  return [columns.map(([title]) => title!), rule, ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** More shapes of one place than this are counted, not listed. */
const MAX_VARIANTS = 6;

/** Which shapes the place is built with, how often each, and for which calls; empty where there is only one. */
function variantsText(layer: Layer): string {
  const { variants = [] } = layer;
  const calls = callsText(layer);
  const ofCalls = calls === "" ? "" : ` (${escapeMarkdown(calls)})`;
  if (variants.length <= 1) return calls === "" ? "" : `Shapes are those${escapeMarkdown(` ${calls}`)}.`;
  const listed = variants.slice(0, MAX_VARIANTS).map(({ shape, count }) => `${count} of ${shapeText(shape)}`);
  const more = variants.length - MAX_VARIANTS;
  const all = [...listed, ...(more > 0 ? [`${more} more ${more === 1 ? "shape" : "shapes"}`] : [])].join(
    ", ",
  );
  return `Built with several shapes${ofCalls}: ${escapeMarkdown(all)}. The table has the first.`;
}

/** What is recommended for the weights, and how far from it they are; both empty where nothing is. */
function comparison(layer: Layer, parameter: LayerParameter): [string, string] {
  const { shape, current } = parameter;
  if (!layer.recommended || parameter !== mainParameter(layer) || sizeProblem(shape) !== null)
    return ["", ""];
  const { distribution } = layer.recommended;
  const factor = fits(layer.recommended, current) ? "fits" : factorText(layer, current);
  return [describe(distribution), factor];
}

/** `64 → 32`, and the fans that count where the framework's own differ from them. */
function fanText({ fanIn, fanOut, effectiveFanIn, effectiveFanOut }: LayerParameter): string {
  if (fanIn === null && fanOut === null && effectiveFanIn === null && effectiveFanOut === null) return "none";
  const framework = `${dimText(fanIn)} → ${dimText(fanOut)}`;
  if (fanIn === effectiveFanIn && fanOut === effectiveFanOut) return framework;
  const effective = `${dimText(effectiveFanIn)} → ${dimText(effectiveFanOut)}`;
  return fanIn === null && fanOut === null ? effective : `${framework}, effective ${effective}`;
}

function adviceText(layer: Layer): string {
  const parameter = mainParameter(layer);
  const problem = parameter && sizeProblem(parameter.shape);
  if (problem) return `These weights cannot be drawn: ${problem}.`;
  const { recommended } = layer;
  const current = parameter?.current;
  if (!recommended || !current) return "";
  const { scheme, distribution, why } = recommended;
  const now = fits(recommended, current) ? " It is drawn so." : "";
  return `Recommended: **${schemeName(scheme)}**, ${escapeMarkdown(describe(distribution))}.${now} ${escapeMarkdown(why)}`;
}

/** Which version counts the fans, where versions differ. */
function versionText({ parameters }: Layer): string {
  const version = parameters.find(({ byVersion }) => byVersion !== undefined)?.byVersion;
  return version === undefined ? "" : `Fans as counted by ${escapeMarkdown(version)}.`;
}

/** What was done to each parameter after its constructor, and where. */
function stepsText({ parameters, site }: Layer): string {
  const lines = parameters.flatMap(({ name, steps }) => {
    const done = steps.map((step) => stepText(step, site));
    const changes = done.filter((text, i) => text !== done[i - 1]);
    return changes.length === 0 ? [] : [`${escapeMarkdown(name)}: ${changes.join(", then ")}`];
  });
  return lines.length === 0 ? "" : `Set by: ${lines.join("; ")}.`;
}

function stepText({ op, whole, site: at }: Layer["parameters"][number]["steps"][number], own: Site): string {
  const what = op === "unknown" ? "code that is not known" : `\`${op}\``;
  return `${what}${whole ? "" : " on a part"}${at === null ? "" : ` (${placeText(at, own)})`}`;
}

function placeText({ file, line, cell }: Site, own: Site): string {
  if (file !== own.file) return `${escapeMarkdown(file.slice(file.lastIndexOf("/") + 1))}, line ${line}`;
  return cell === undefined || cell === own.cell ? `line ${line}` : `cell ${cell + 1}, line ${line}`;
}

function originsText(origins: readonly SizeOrigin[]): string {
  const texts = origins.map(({ name, value, owner, line }) => {
    const place = owner === "" ? `line ${line}` : `${escapeMarkdown(owner)}, line ${line}`;
    return `${escapeMarkdown(name)} = ${value} ← ${place}`;
  });
  return texts.length === 0 ? "" : `Sizes: ${texts.join("; ")}.`;
}

function escapeCell(text: string): string {
  return text.replaceAll("\n", " ").replace(/(?<!\\)\|/g, "\\|");
}
