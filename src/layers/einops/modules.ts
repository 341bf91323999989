/** The modules that stand for einops where it is not installed. */
import type { HostModule } from "../../python/host.js";
import einopsSource from "./einops.py";
import torchLayersSource from "./torchLayers.py";

export const EINOPS_MODULES: readonly HostModule[] = [
  { name: "_einops", source: einopsSource },
  { name: "einops", source: "from _einops import *", isPackage: true, isSpare: true },
  { name: "einops.einops", source: "from _einops import *", isSpare: true },
  { name: "einops.layers", source: "", isPackage: true, isSpare: true },
  { name: "einops.layers.torch", source: torchLayersSource, isSpare: true },
];
