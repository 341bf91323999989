/** What happens to tensors and modules given to code that nobody knows: it may write to them. */
import type { HostHooks } from "../../python/host.js";
import { spoil, Tensor } from "../tensor.js";
import { isModule, members } from "./module.js";

export const torchHooks: HostHooks = {
  onEscape(machine, value) {
    if (value instanceof Tensor) spoil(machine, value, "it was given to code that is not known");
    if (!isModule(machine, value)) return;
    for (const { value: tensor } of members(machine, value, "_parameters")) {
      if (tensor instanceof Tensor) spoil(machine, tensor, "its module was given to code that is not known");
    }
  },
};
