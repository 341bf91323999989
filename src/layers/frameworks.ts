/** All frameworks Init Lens reads: one row each. */
import type { HostHooks, HostModule } from "../python/host.js";
import type { Machine } from "../python/machine.js";
import type { Value } from "../python/values.js";
import type { FoundParameters, Framework } from "./framework.js";
import { TORCH } from "./torch/torch.js";

export const FRAMEWORKS: readonly Framework[] = [TORCH];

/** Compiled packages whose Python files say little of what they have: all of it is unknown. */
const COMPILED: readonly HostModule[] = ["numpy", "PIL", "scipy", "pandas", "cv2", "numba"].map((name) => ({
  name,
  isPackage: true,
}));

export const FRAMEWORK_MODULES: readonly HostModule[] = [
  ...COMPILED,
  ...FRAMEWORKS.flatMap(({ modules }) => modules),
];

/** What escapes is shown to every framework. */
export const FRAMEWORK_HOOKS: HostHooks = {
  onEscape(machine, value) {
    for (const { hooks } of FRAMEWORKS) hooks.onEscape?.(machine, value);
  },
};

/** The parameters of a model of any framework; null where the value is none. */
export function parametersOf(machine: Machine, value: Value): FoundParameters | null {
  for (const framework of FRAMEWORKS) {
    const found = framework.parametersOf(machine, value);
    if (found !== null) return found;
  }
  return null;
}
