/** What a chart calls the thing it shows. */
import type { LayerFacts } from "./payload";

/** `conv1.weight`, `conv1` where the parameter is its only or main weight, `this weight` where nothing has a name. */
export function subject(layer: LayerFacts | null): string {
  if (!layer) return "this weight";
  const { name, parameter } = layer;
  if (!name || /[./]/.test(parameter ?? "") || parameter?.includes(name))
    return parameter || lastName(layer.class) || "this weight";
  return parameter && parameter !== "weight" ? `${name}.${parameter}` : name;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
