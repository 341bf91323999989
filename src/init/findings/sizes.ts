import type { Rule } from "./rule.js";

/** A layer that is given another size than it takes, where a model runs on a known input. */
export const sizesDoNotFit: Rule["find"] = ({ flow }) =>
  (flow?.misfits ?? []).map(({ message, site, fix }) => ({ message: `${message}.`, site, fix }));
