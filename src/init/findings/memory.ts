import { eachParameter } from "./rule.js";

/**
 * A tensor made without values that nothing filled. Lazy modules draw theirs when they first see an input; of
 * one whose parts were written nobody knows whether all were.
 */
export const uninitialised = eachParameter(({ current, name, layer, steps }) => {
  if (layer.startsWith("Lazy")) return null;
  if (current.kind !== "unknown" || !/uninitiali[sz]ed/.test(current.source ?? "")) return null;
  if (steps.some(({ whole }) => !whole)) return null;
  return `${name} holds whatever was in memory: it is made without values and nothing fills it.`;
});
