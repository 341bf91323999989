/** The modules that stand for TensorFlow: one row each. */
import type { HostModule } from "../../python/host.js";
import { kerasModule } from "../keras/names.js";
import apiSource from "./api.py";
import argscopeSource from "./argscope.py";
import flagvaluesSource from "./flagvalues.py";
import initializersSource from "./initializers.py";
import layersSource from "./layers.py";
import moduleSource from "./module.py";
import movingSource from "./moving.py";
import nnSource from "./nn.py";
import publicSource from "./public/__init__.py";
import publicAppSource from "./public/app.py";
import publicAutographSource from "./public/autograph.py";
import publicCompatSource from "./public/compat/__init__.py";
import publicCompatV1Source from "./public/compat/v1.py";
import publicConfigSource from "./public/config.py";
import publicContribSource from "./public/contrib/__init__.py";
import publicContribFrameworkSource from "./public/contrib/framework.py";
import publicContribLayersSource from "./public/contrib/layers.py";
import publicContribRnnSource from "./public/contrib/rnn.py";
import publicContribSlimSource from "./public/contrib/slim.py";
import publicDataSource from "./public/data.py";
import publicDebuggingSource from "./public/debugging.py";
import publicDistributeSource from "./public/distribute.py";
import publicDtypesSource from "./public/dtypes.py";
import publicErrorsSource from "./public/errors.py";
import publicEstimatorSource from "./public/estimator.py";
import publicFlagsSource from "./public/flags.py";
import publicInitializersSource from "./public/initializers.py";
import publicIoSource from "./public/io.py";
import publicLayersSource from "./public/layers.py";
import publicLinalgSource from "./public/linalg.py";
import publicLoggingSource from "./public/logging.py";
import publicLossesSource from "./public/losses.py";
import publicMathSource from "./public/math.py";
import publicMetricsSource from "./public/metrics.py";
import publicNnSource from "./public/nn.py";
import publicOptimizersSource from "./public/optimizers.py";
import publicPythonSource from "./public/python/__init__.py";
import publicPythonOpsInitOpsSource from "./public/python/ops/init_ops.py";
import publicRandomSource from "./public/random.py";
import publicSavedModelSource from "./public/saved_model.py";
import publicSignalSource from "./public/signal.py";
import publicStringsSource from "./public/strings.py";
import publicSummarySource from "./public/summary.py";
import publicTestSource from "./public/test.py";
import publicTrainSource from "./public/train.py";
import rnnSource from "./rnn.py";
import tensorsSource from "./tensors.py";

export const TENSORFLOW_MODULES: readonly HostModule[] = [
  { name: "absl", source: "", isPackage: true },
  { name: "absl.app", source: publicAppSource },
  { name: "absl.flags", source: publicFlagsSource },
  { name: "absl.logging", isPackage: true, isInert: true },
  { name: "_tensorflow.argscope", source: argscopeSource },
  { name: "_tensorflow.api", source: apiSource },
  { name: "_tensorflow.flagvalues", source: flagvaluesSource },
  { name: "_tensorflow.initializers", source: initializersSource },
  { name: "_tensorflow.layers", source: layersSource },
  { name: "_tensorflow.module", source: moduleSource },
  { name: "_tensorflow.moving", source: movingSource },
  { name: "_tensorflow.nn", source: nnSource },
  { name: "_tensorflow.rnn", source: rnnSource },
  { name: "_tensorflow.tensors", source: tensorsSource },
  { name: "tensorflow", source: publicSource, isPackage: true, standIn: kerasModule },
  { name: "tensorflow.app", source: publicAppSource },
  { name: "tensorflow.autograph", source: publicAutographSource },
  { name: "tensorflow.compat", source: publicCompatSource, isPackage: true },
  { name: "tensorflow.compat.v1", source: publicCompatV1Source },
  { name: "tensorflow.config", source: publicConfigSource },
  { name: "tensorflow.contrib", source: publicContribSource, isPackage: true },
  { name: "tensorflow.contrib.framework", source: publicContribFrameworkSource },
  { name: "tensorflow.contrib.layers", source: publicContribLayersSource },
  { name: "tensorflow.contrib.rnn", source: publicContribRnnSource },
  { name: "tensorflow.contrib.slim", source: publicContribSlimSource },
  { name: "tensorflow.data", source: publicDataSource },
  { name: "tensorflow.debugging", source: publicDebuggingSource },
  { name: "tensorflow.distribute", source: publicDistributeSource },
  { name: "tensorflow.dtypes", source: publicDtypesSource },
  { name: "tensorflow.errors", source: publicErrorsSource },
  { name: "tensorflow.estimator", source: publicEstimatorSource },
  { name: "tensorflow.flags", source: publicFlagsSource },
  { name: "tensorflow.initializers", source: publicInitializersSource },
  { name: "tensorflow.io", source: publicIoSource },
  { name: "tensorflow.layers", source: publicLayersSource },
  { name: "tensorflow.linalg", source: publicLinalgSource },
  { name: "tensorflow.logging", source: publicLoggingSource },
  { name: "tensorflow.losses", source: publicLossesSource },
  { name: "tensorflow.math", source: publicMathSource },
  { name: "tensorflow.metrics", source: publicMetricsSource },
  { name: "tensorflow.nn", source: publicNnSource },
  { name: "tensorflow.optimizers", source: publicOptimizersSource },
  { name: "tensorflow.python", source: publicPythonSource, isPackage: true },
  { name: "tensorflow.python.layers", source: "", isPackage: true },
  { name: "tensorflow.python.ops", source: "", isPackage: true },
  { name: "tensorflow.python.ops.init_ops", source: publicPythonOpsInitOpsSource },
  { name: "tensorflow.random", source: publicRandomSource },
  { name: "tensorflow.saved_model", source: publicSavedModelSource },
  { name: "tensorflow.signal", source: publicSignalSource },
  { name: "tensorflow.strings", source: publicStringsSource },
  { name: "tensorflow.summary", source: publicSummarySource },
  { name: "tensorflow.test", source: publicTestSource },
  { name: "tensorflow.train", source: publicTrainSource },
];
