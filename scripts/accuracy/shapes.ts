import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES } from "../../src/layers/frameworks.js";
import { type LeafShape, leafShapes } from "../../src/layers/torch/runs/leafShapes.js";
import { runModel } from "../../src/layers/torch/runs/runs.js";
import { Evaluator, ProgramCache } from "../../src/python/evaluator.js";
import { PyInstance } from "../../src/python/values.js";
import type { FileReader } from "../../src/types.js";

const cache = new ProgramCache();

/** What the evaluator says of a model's innermost modules, and how long it took; or why it says nothing. */
export function shapesOf(
  file: string,
  text: string,
  call: string,
  inputs: readonly (readonly number[])[],
  { reader, sitePackages, now }: { reader: FileReader; sitePackages: string; now: () => number },
): { readonly leaves: readonly LeafShape[]; readonly error: string | null; readonly milliseconds: number } {
  const evaluator = new Evaluator({
    modules: FRAMEWORK_MODULES,
    hooks: FRAMEWORK_HOOKS,
    reader,
    roots: [sitePackages],
    sitePackages: [],
    now,
    cache,
    versions: new Map([["torch", "2.13.0"]]),
  });
  const made = evaluator.evaluate(call, evaluator.loadMain({ file, text }));
  if (!(made.value instanceof PyInstance))
    return { leaves: [], error: made.error ?? "no model", milliseconds: 0 };
  const start = now();
  const error = runModel(evaluator, made.value, inputs);
  return { leaves: leafShapes(evaluator.machine, made.value), error, milliseconds: now() - start };
}
