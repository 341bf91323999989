/** The shape after each innermost module of a model that was run, as forward hooks would see it. */
import type { Machine } from "../../../python/machine.js";
import type { PyInstance } from "../../../python/values.js";
import type { Shape } from "../../../types.js";
import { shapeDims } from "../../tensors/distribution.js";
import { entries, walk } from "../module/traversal.js";
import { moduleCalls } from "./calls.js";

export interface LeafShape {
  /** `layer1.0.conv1`. */
  readonly name: string;
  /** `Conv2d`. */
  readonly layer: string;
  /** Of the first tensor given; null where it is not known. */
  readonly input: Shape | null;
  /** Of the first tensor of the result. */
  readonly output: Shape | null;
}

/** In the order of the calls; a module that is called twice is there twice. */
export function leafShapes(machine: Machine, root: PyInstance): LeafShape[] {
  const names = new Map([...walk(machine, root)].map(({ name, module }) => [module, name]));
  return moduleCalls(machine).flatMap(({ module, input, output }) => {
    const name = names.get(module);
    const isLeaf = !entries(machine, module, "_modules").some(({ value }) => value !== null);
    if (name === undefined || !isLeaf) return [];
    const dims = (shape: typeof input) => (shape === null ? null : shapeDims(shape));
    return [{ name, layer: module.cls.name, input: dims(input), output: dims(output) }];
  });
}
