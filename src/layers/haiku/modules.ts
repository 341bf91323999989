/** The modules that stand for Haiku: one row each. */
import type { HostModule } from "../../python/host.js";
import finishSource from "./finish.py";
import initializersSource from "./initializers.py";
import moduleSource from "./module.py";
import nnSource from "./nn.py";
import publicSource from "./public/__init__.py";
import publicExperimentalSource from "./public/experimental.py";
import publicInitializersSource from "./public/initializers.py";
import publicNetsSource from "./public/nets.py";
import stackSource from "./stack.py";
import transformSource from "./transform.py";

export const HAIKU_MODULES: readonly HostModule[] = [
  { name: "_haiku.finish", source: finishSource },
  { name: "_haiku.initializers", source: initializersSource },
  { name: "_haiku.module", source: moduleSource },
  { name: "_haiku.nn", source: nnSource },
  { name: "_haiku.stack", source: stackSource },
  { name: "_haiku.transform", source: transformSource },
  { name: "haiku", source: publicSource, isPackage: true },
  { name: "haiku.experimental", source: publicExperimentalSource },
  { name: "haiku.initializers", source: publicInitializersSource },
  { name: "haiku.nets", source: publicNetsSource },
];
