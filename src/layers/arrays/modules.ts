/** The modules that stand for arrays, what NumPy, JAX, TensorFlow, Keras and Theano share: one row each. */
import type { HostModule } from "../../python/host.js";
import rootSource from "./__init__.py";
import coreSource from "./core.py";
import createSource from "./create.py";
import elementwiseSource from "./elementwise.py";
import { lawNatives } from "./law.js";
import { lensNatives } from "./lens.js";
import matricesSource from "./matrices.py";
import productsSource from "./products.py";
import randomLawsSource from "./random_laws.py";
import shapingSource from "./shaping.py";
import unseenSource from "./unseen.py";

export const ARRAY_MODULES: readonly HostModule[] = [
  { name: "_laws", natives: lawNatives, isWhole: true },
  { name: "_lens", natives: lensNatives, isWhole: true },
  { name: "_arrays", source: rootSource, isPackage: true },
  { name: "_arrays.core", source: coreSource },
  { name: "_arrays.create", source: createSource },
  { name: "_arrays.elementwise", source: elementwiseSource },
  { name: "_arrays.matrices", source: matricesSource },
  { name: "_arrays.products", source: productsSource },
  { name: "_arrays.random_laws", source: randomLawsSource },
  { name: "_arrays.shaping", source: shapingSource },
  { name: "_arrays.unseen", source: unseenSource },
];
