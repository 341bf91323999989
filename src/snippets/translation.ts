/** What a layer draws now, written for another framework. */
import { nearestScheme } from "../init/nearest.js";
import { isRefusal, type Refusal, refuse } from "../init/refusal.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import type { Layer } from "../types.js";
import { mainParameter } from "../views/layerText.js";
import { distributionOptions } from "./distributionOptions.js";
import { type Dialect, snippet, snippetText } from "./snippet.js";

/**
 * Code in `dialect` that draws what the layer's main weight draws: its scheme where it is one for the fans
 * that count, else the distribution with its figures. Refused where what is drawn is not known.
 */
export function translation(layer: Layer, dialect: Dialect): string | Refusal {
  const weight = mainParameter(layer);
  if (!weight) return refuse("ValueError", "This layer has no weights.");
  const { current, effectiveFanIn: fanIn, effectiveFanOut: fanOut } = weight;
  if (current.kind === "unknown") return refuse("ValueError", "What this layer draws is not known.");
  const nearest = nearestScheme(current, { fanIn, fanOut });
  const isScheme = nearest !== null && nearest.factor === 1 && current.kind !== "constant";
  const options: SchemeOptions = isScheme ? { fanIn, fanOut } : distributionOptions(current);
  const written = snippet({ scheme: isScheme ? nearest.scheme : current.kind, dialect, options });
  return isRefusal(written) ? written : snippetText(written);
}
