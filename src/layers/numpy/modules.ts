/** The modules that stand for NumPy and what SciPy draws and factors: one row each. */
import type { HostModule } from "../../python/host.js";
import rootSource from "./__init__.py";
import linalgSource from "./linalg.py";
import randomSource from "./random.py";
import statsSource from "./stats.py";

export const NUMPY_MODULES: readonly HostModule[] = [
  { name: "numpy", source: rootSource, isPackage: true },
  { name: "numpy.linalg", source: linalgSource },
  { name: "numpy.random", source: randomSource },
  { name: "scipy.linalg", source: linalgSource },
  { name: "scipy.stats", source: statsSource },
];
