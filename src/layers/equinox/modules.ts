/** The modules that stand for Equinox: one row each. */
import type { HostModule } from "../../python/host.js";
import finishSource from "./finish.py";
import moduleSource from "./module.py";
import nnSource from "./nn.py";
import publicSource from "./public/__init__.py";
import publicNnSource from "./public/nn.py";

export const EQUINOX_MODULES: readonly HostModule[] = [
  { name: "_equinox.finish", source: finishSource },
  { name: "_equinox.module", source: moduleSource },
  { name: "_equinox.nn", source: nnSource },
  { name: "equinox", source: publicSource, isPackage: true },
  { name: "equinox.nn", source: publicNnSource },
];
