/** What a chart calls the thing it shows. */
import type { LayerFacts } from "./payload";

/** `conv1.weight`, `conv1`, or `this weight` where nothing has a name. */
export function subject(layer: LayerFacts | null): string {
  if (!layer) return "this weight";
  return layer.parameter || layer.name || lastName(layer.class) || "this weight";
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
