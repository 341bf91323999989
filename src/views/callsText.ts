/** Which calls the shapes of a layer are of. Plain text. */
import { isStub } from "../python/modules/stubs.js";
import { lasting } from "../sameness.js";
import type { Layer, LayerCall } from "../types.js";

/** Nobody wrote this call: its argument is what a configuration is by default. */
const ASSUMED_DEFAULT = /\(\w+\(\)/;

/**
 * `for GPT(GPTConfig()) in train.py and 2 other calls`. Empty where the layer is shown as its own document alone
 * makes it, and in one way.
 */
export const callsText = lasting((layer: Layer): string => {
  const { calls = [] } = layer;
  const shown = calls.filter(({ isShown }) => isShown);
  const [first] = shown;
  if (!first) return "";
  const isElsewhere = shown.some(({ site }) => site.file !== layer.site.file);
  const isChosen = shown.length < calls.length;
  const isDefault = first.isAssumed && ASSUMED_DEFAULT.test(first.call);
  if (!isElsewhere && !isChosen && !isDefault && (layer.shapes <= 1 || shown.length === 1)) return "";
  const others = first.isAssumed ? 0 : shown.length - 1;
  const more = others === 0 ? "" : ` and ${others} other ${others === 1 ? "call" : "calls"}`;
  return `for ${first.call}${placeText(first, layer)}${more}`;
});

/** The file of a call, where it is another one. */
export function placeText({ site }: LayerCall, { site: own }: Layer): string {
  if (site.file === own.file || isStub(site)) return "";
  return ` in ${site.file.slice(site.file.lastIndexOf("/") + 1)}`;
}
