import { mainWeight } from "../init/advice.js";
import { isRefusal } from "../init/refusal.js";
import { snippetForLayer } from "../snippets/layer.js";
import type { Snippet } from "../snippets/snippet.js";
import { importedNames } from "../source/importedNames.js";
import type { Layer } from "../types.js";
import { analyseFile } from "./analyseFile.js";
import { readDocument } from "./files.js";
import { UsageError } from "./usage.js";

/** Code that makes the layer on a line of a file follow a scheme; throws UsageError where there is none. */
export function snippetAt(place: string, scheme: string): Snippet {
  const [, file, line] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (file === undefined || line === undefined) throw new UsageError(`"${place}" is not FILE:LINE`);
  const layer = layerOn(analyseFile(file, { root: undefined, sitePackages: [] }).layers, Number(line));
  const weight = layer && mainWeight(layer.parameters);
  if (!layer || !weight) throw new UsageError(`${file} makes no layer with weights on line ${line}`);
  const text = readDocument(file)
    .cells.map((cell) => cell.text)
    .join("\n");
  const made = snippetForLayer(layer, weight, scheme, { aliases: importedNames(text) });
  if (made === null) throw new UsageError(`there is no snippet for ${layer.class}`);
  if (isRefusal(made)) throw new UsageError(`${made.error}: ${made.message}`);
  return made;
}

const layerOn = (layers: readonly Layer[], line: number): Layer | undefined =>
  layers.find(({ site }) => site.line === line) ??
  layers.find(({ site }) => site.line <= line && line <= (site.endLine ?? site.line));
