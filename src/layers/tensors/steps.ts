/** Steps as the evaluator met them → steps as the report tells them, at one place in the program each. */

import { isStub } from "../../python/modules/stubs.js";
import type { Span } from "../../python/values.js";
import type { InitStep, Site } from "../../types.js";
import type { FoundStep } from "../framework.js";

/** Where a framework's layers are written, which draw their weights themselves. */
const LAYERS = /^<torch\.nn\.modules\./;

/** The innermost call in the document itself, else in a file of somebody's; null where there is none. */
export function placeOfStep(calls: readonly Span[], document: string): Span | null {
  return calls.find(({ file }) => file === document) ?? calls.find((span) => !isStub(span)) ?? null;
}

export function initSteps(
  steps: readonly FoundStep[],
  document: string,
  site: (span: Span) => Site,
): InitStep[] {
  return steps.map(({ calls, ...step }) => {
    const place = placeOfStep(calls, document);
    if (place === null) return { ...step, site: null };
    const caller = calls.slice(calls.indexOf(place) + 1).find((span) => !isStub(span));
    const depth = calls.slice(0, calls.indexOf(place)).filter((span) => !isStub(span)).length;
    return {
      ...step,
      site: site(place),
      ...(caller === undefined ? {} : { caller: site(caller) }),
      ...(depth > 0 ? { depth } : {}),
      ...(LAYERS.test(calls[0]!.file) ? { isLayersOwn: true } : {}),
    };
  });
}
