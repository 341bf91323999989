/** The modules that stand for Theano: one row each. */
import type { HostModule } from "../../python/host.js";
import rootSource from "./__init__.py";
import sharedSource from "./shared.py";
import tensorSource from "./tensor/__init__.py";
import tensorNnetSource from "./tensor/nnet.py";
import tensorSignalSource from "./tensor/signal.py";

export const THEANO_MODULES: readonly HostModule[] = [
  { name: "theano", source: rootSource, isPackage: true },
  { name: "theano.shared", source: sharedSource },
  { name: "theano.tensor", source: tensorSource, isPackage: true },
  { name: "theano.tensor.nnet", source: tensorNnetSource },
  { name: "theano.tensor.signal", source: tensorSignalSource },
];
