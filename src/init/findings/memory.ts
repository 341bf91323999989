import { eachParameter } from "./rule.js";

/** A tensor made without values that nothing filled. */
export const uninitialised = eachParameter(({ current, name }) => {
  if (current.kind !== "unknown" || !/uninitiali[sz]ed/.test(current.source ?? "")) return null;
  return `${name} holds whatever was in memory: it is made without values and nothing fills it.`;
});
