/** The modules that stand for JAX: one row each. */
import type { HostModule } from "../../python/host.js";
import arraySource from "./array.py";
import openedSource from "./opened.py";
import publicSource from "./public/__init__.py";
import publicChexSource from "./public/chex.py";
import publicConfigSource from "./public/config.py";
import publicCoreSource from "./public/core.py";
import publicDebugSource from "./public/debug.py";
import publicImageSource from "./public/image.py";
import publicLaxSource from "./public/lax.py";
import publicNnSource from "./public/nn/__init__.py";
import publicNnInitializersSource from "./public/nn/initializers.py";
import publicNumpySource from "./public/numpy/__init__.py";
import publicNumpyFftSource from "./public/numpy/fft.py";
import publicNumpyLinalgSource from "./public/numpy/linalg.py";
import publicRandomSource from "./public/random.py";
import publicScipySource from "./public/scipy.py";
import publicShardingSource from "./public/sharding.py";
import publicTreeUtilSource from "./public/tree_util.py";
import treeSource from "./tree.py";
import windowsSource from "./windows.py";

export const JAX_MODULES: readonly HostModule[] = [
  { name: "_jax.array", source: arraySource },
  { name: "_jax.opened", source: openedSource },
  { name: "_jax.tree", source: treeSource },
  { name: "_jax.windows", source: windowsSource },
  { name: "chex", source: publicChexSource },
  { name: "jax", source: publicSource, isPackage: true },
  { name: "jax.config", source: publicConfigSource },
  { name: "jax.core", source: publicCoreSource },
  { name: "jax.debug", source: publicDebugSource },
  { name: "jax.image", source: publicImageSource },
  { name: "jax.lax", source: publicLaxSource },
  { name: "jax.nn", source: publicNnSource, isPackage: true },
  { name: "jax.nn.initializers", source: publicNnInitializersSource },
  { name: "jax.numpy", source: publicNumpySource, isPackage: true },
  { name: "jax.numpy.fft", source: publicNumpyFftSource },
  { name: "jax.numpy.linalg", source: publicNumpyLinalgSource },
  { name: "jax.random", source: publicRandomSource },
  { name: "jax.scipy", source: publicScipySource },
  { name: "jax.sharding", source: publicShardingSource },
  { name: "jax.tree_util", source: publicTreeUtilSource },
];
