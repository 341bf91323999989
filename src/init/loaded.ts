/** Weights whose values come from a file after they were drawn. */
import { lasting } from "../sameness.js";
import type { InitStep, Layer } from "../types.js";
import { CHECKPOINT } from "./describe.js";
import * as make from "./make.js";

/** The step that puts a file's values into memory: for certain, or only where a file was given. */
export const LOADED = "load_state_dict";

/** Whether a file replaces, for certain, everything that was drawn. */
export function isReplaced({ steps }: { readonly steps: readonly Omit<InitStep, "site">[] }): boolean {
  const last = steps.filter(({ whole }) => whole).at(-1);
  return last?.op === LOADED && last.args.certain !== false;
}

/** The layer as rules judge it: how values were drawn that are never used harms nobody. */
export const judged = lasting((layer: Layer): Layer => {
  if (!layer.parameters.some(isReplaced)) return layer;
  const current = make.unknown(CHECKPOINT);
  return {
    ...layer,
    parameters: layer.parameters.map((one) => (isReplaced(one) ? { ...one, current } : one)),
  };
});
