/** The calls that a layer can be shown for, as a list to choose from. Plain text. */
import type { Layer } from "../types.js";
import { placeText } from "./callsText.js";

/** One call to choose. */
export interface CallChoice {
  readonly label: string;
  /** Where the call is, and what it leaves open. */
  readonly description: string;
  readonly key: string;
  /** Whether the layer is shown for it now. */
  readonly isShown: boolean;
}

/** In the order in which the layer has them: those shown first. */
export function callChoices(layer: Layer): readonly CallChoice[] {
  return (layer.calls ?? []).map((one) => {
    const place = placeText(one, layer).trim();
    const line = one.site.file.startsWith("<") ? "" : `line ${one.site.line}`;
    const open = one.isAssumed ? "with symbols for what is not given" : "";
    const description = [[line, place].filter((part) => part !== "").join(" "), open]
      .filter((part) => part !== "")
      .join(", ");
    return { label: one.call, description, key: one.key, isShown: one.isShown };
  });
}
