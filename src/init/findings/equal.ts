import type { Analysis, Layer, Site } from "../../types.js";
import { isWeight, type LayerParameter, type Remark } from "./rule.js";

/**
 * Weights of several layers drawn alike with one seed: every value of one is that of the other. Keras gives
 * an initializer its seed once, so one that is used for two layers draws the same values for both.
 */
export function equalSeeds({ layers }: Analysis): readonly Remark[] {
  const first = new Map<string, Site>();
  return layers.flatMap((layer) =>
    layer.parameters.flatMap((parameter): Remark[] => {
      const key = drawOf(parameter, layer);
      if (key === null) return [];
      const known = first.get(key);
      if (known === undefined) first.set(key, layer.site);
      if (known === undefined || known === layer.site) return [];
      const message = `${parameter.name} is drawn with seed ${parameter.seed}, as is that of the layer in ${placeFrom(known, layer.site)}: both start with the same values. Give each initializer a seed of its own, or none.`;
      return [{ message, site: layer.site }];
    }),
  );
}

/** What a draw's values hang on; null where they hang on the order of draws too, or are not known. */
function drawOf(parameter: LayerParameter, { framework }: Layer): string | null {
  const { seed, shape, current } = parameter;
  if (seed === undefined || !isWeight(parameter) || current.kind === "unknown") return null;
  if (shape.some((dim) => typeof dim !== "number")) return null;
  return JSON.stringify([framework, seed, shape, { ...current, source: "" }]);
}

const placeFrom = (place: Site, here: Site): string =>
  place.cell !== here.cell
    ? "another cell"
    : place.line === here.line
      ? `column ${place.column}`
      : `line ${place.line}`;
