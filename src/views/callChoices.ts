/** The calls that a layer can be shown for, as a list to choose from. Plain text. */
import { isStub } from "../python/modules/stubs.js";
import type { Layer, Site } from "../types.js";
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
    const line = isStub(one.site) ? "" : `line ${one.site.line}`;
    const open = one.isAssumed ? "with symbols for what is not given" : "";
    const description = [[line, place].filter((part) => part !== "").join(" "), open]
      .filter((part) => part !== "")
      .join(", ");
    return { label: one.call, description, key: one.key, isShown: one.isShown };
  });
}

/** A call that some program makes. */
export interface WrittenCall {
  readonly call: string;
  readonly site: Site;
  /** Where it is: `line 12 in train.py`. */
  readonly description: string;
}

/** The calls that layers are built for, once each; not those that nobody wrote, nor those cut short. */
export function writtenCalls(layers: readonly Layer[]): readonly WrittenCall[] {
  const found = layers.flatMap((layer) =>
    (layer.calls ?? [])
      .filter(({ call, isAssumed, site }) => !isAssumed && !call.endsWith("…") && !isStub(site))
      .map((one) => ({
        call: one.call,
        site: one.site,
        description: `line ${one.site.line}${placeText(one, layer)}`,
      })),
  );
  const seen = new Set<string>();
  return found.filter(({ call, site }) => seen.size < seen.add(`${site.file}#${call}`).size);
}
