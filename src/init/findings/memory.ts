import { eachParameter } from "./rule.js";

/** A tensor made without values that nothing filled. Lazy modules draw theirs when they first see an input. */
export const uninitialised = eachParameter(({ current, name, layer }) => {
  if (layer.startsWith("Lazy")) return null;
  if (current.kind !== "unknown" || !/uninitiali[sz]ed/.test(current.source ?? "")) return null;
  return `${name} holds whatever was in memory: it is made without values and nothing fills it.`;
});
