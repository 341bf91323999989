/** What can be written where a scheme is asked for: `kernel_initializer="`, `nn.init.` */
import { isRefusal } from "../init/refusal.js";
import { snippetForLayer } from "../snippets/layer.js";
import type { Layer } from "../types.js";
import { mainParameter, scaleText, schemeName } from "./layerText.js";

/** One suggestion: what is shown, what it draws for this layer, what is written. */
export interface SchemeSuggestion {
  readonly label: string;
  readonly figure: string;
  readonly insertText: string;
  readonly isRecommended: boolean;
}

/** Keras' own names of its initializers, by scheme. */
const KERAS_NAMES: readonly (readonly [scheme: string, name: string])[] = [
  ["he_normal", "he_normal"],
  ["he_uniform", "he_uniform"],
  ["glorot_uniform", "glorot_uniform"],
  ["glorot_normal", "glorot_normal"],
  ["lecun_normal", "lecun_normal"],
  ["lecun_uniform", "lecun_uniform"],
  ["orthogonal", "orthogonal"],
  ["zeros", "zeros"],
  ["ones", "ones"],
];

/** What the text before the cursor asks for; `null` where it is no scheme. */
export function schemeContext(before: string): "keras" | "torch" | null {
  if (/\w*initializer\s*=\s*["']\w*$/.test(before)) return "keras";
  if (/(^|[^\w.])(?:torch\.)?nn\.init\.\w*$/.test(before)) return "torch";
  return null;
}

/** Keras' initializers by name; with the figures of the layer whose call it is, where that is known. */
export function kerasSuggestions(layer: Layer | undefined): readonly SchemeSuggestion[] {
  return KERAS_NAMES.map(([scheme, name]) => ({
    label: name,
    figure: figureOf(layer, scheme),
    insertText: name,
    isRecommended: layer?.recommended?.scheme === scheme,
  }));
}

/** Whole calls for a layer above: `kaiming_normal_(self.fc1.weight, nonlinearity="relu")`. */
export function torchSuggestions(layer: Layer, owner: string): readonly SchemeSuggestion[] {
  const weight = mainParameter(layer);
  if (!weight || layer.framework !== "torch") return [];
  const style = { owner, aliases: new Map([["torch.nn", "nn"]]) };
  return layer.schemes.flatMap(({ scheme, distribution }) => {
    const made = snippetForLayer(layer, weight, scheme, style, distribution);
    const text = made && !isRefusal(made) ? /^nn\.init\.(.*)$/s.exec(made.code)?.[1] : undefined;
    if (text === undefined || text.includes("\n")) return [];
    return [
      {
        label: text,
        figure: figureOf(layer, scheme),
        insertText: text,
        isRecommended: layer.recommended?.scheme === scheme,
      },
    ];
  });
}

function figureOf(layer: Layer | undefined, scheme: string): string {
  const found = layer?.schemes.find((one) => one.scheme === scheme);
  return found ? `${schemeName(scheme)} ${scaleText(found.distribution)}` : schemeName(scheme);
}
