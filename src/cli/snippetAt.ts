import { mainWeight } from "../init/advice.js";
import { isRefusal } from "../init/refusal.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { dialectOf, placeOf, sizeOf } from "../snippets/layer.js";
import { type Dialect, frameworkOf, type Snippet, snippet } from "../snippets/snippet.js";
import { importedNames } from "../source/importedNames.js";
import type { Layer } from "../types.js";
import { analyseFile } from "./analyseFile.js";
import { readDocument } from "./files.js";
import { UsageError } from "./usage.js";

interface Wanted {
  readonly scheme: string;
  /** Another framework than the layer's own. */
  readonly dialect: Dialect | undefined;
  /** Gain, mode, slope, …; what is said of size is the layer's own. */
  readonly options: SchemeOptions;
}

/**
 * Code that makes the layer on a line of a file follow a scheme, or that makes such a weight in another
 * framework; throws UsageError where there is none.
 */
export function snippetAt(place: string, { scheme, dialect, options }: Wanted): Snippet {
  const [, file, line] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (file === undefined || line === undefined) throw new UsageError(`"${place}" is not FILE:LINE`);
  const layer = layerOn(analyseFile(file, { root: undefined, sitePackages: [] }).layers, Number(line));
  const weight = layer && mainWeight(layer.parameters);
  if (!layer || !weight) throw new UsageError(`${file} makes no layer with weights on line ${line}`);
  const own = dialectOf(layer);
  const made =
    dialect === undefined || dialect === own
      ? inPlace(file, layer, weight, own, { scheme, options })
      : elsewhere(weight, dialect, { scheme, options });
  if (made === null) throw new UsageError(`there is no snippet for ${layer.class}`);
  if (isRefusal(made)) throw new UsageError(`${made.error}: ${made.message}`);
  return made;
}

type Weight = Layer["parameters"][number];

function inPlace(
  file: string,
  layer: Layer,
  weight: Weight,
  dialect: Dialect | null,
  { scheme, options }: Pick<Wanted, "scheme" | "options">,
) {
  const target = dialect && placeOf(layer, weight, dialect, {});
  if (!dialect || !target) return null;
  const text = readDocument(file)
    .cells.map((cell) => cell.text)
    .join("\n");
  return snippet({
    scheme,
    dialect,
    options: { ...sizeOf(weight), ...options, framework: frameworkOf(dialect) },
    ...target,
    aliases: importedNames(text),
  });
}

/** Only fans carry over: the same weight has another shape there. */
function elsewhere(
  weight: Weight,
  dialect: Dialect,
  { scheme, options }: Pick<Wanted, "scheme" | "options">,
) {
  const { shape: _, ...fans } = sizeOf(weight);
  return snippet({ scheme, dialect, options: { ...fans, ...options, framework: frameworkOf(dialect) } });
}

const layerOn = (layers: readonly Layer[], line: number): Layer | undefined =>
  layers.find(({ site }) => site.line === line) ??
  layers.find(({ site }) => site.line <= line && line <= (site.endLine ?? site.line));
