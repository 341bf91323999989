/** The modules that stand for Keras: one row each. */
import type { HostModule } from "../../python/host.js";
import activationsSource from "./activations.py";
import attentionSource from "./attention.py";
import convSource from "./conv.py";
import coreSource from "./core.py";
import finishSource from "./finish.py";
import inertSource from "./inert.py";
import initializersSource from "./initializers.py";
import layerSource from "./layer.py";
import legacySource from "./legacy.py";
import matricesSource from "./matrices.py";
import mergeSource from "./merge.py";
import modelsSource from "./models.py";
import { kerasModule } from "./names.js";
import normSource from "./norm.py";
import openshapeSource from "./openshape.py";
import opsSource from "./ops.py";
import poolSource from "./pool.py";
import publicSource from "./public/__init__.py";
import publicActivationsSource from "./public/activations.py";
import publicApiExportSource from "./public/api_export.py";
import publicBackendSource from "./public/backend.py";
import publicCallbacksSource from "./public/callbacks.py";
import publicConfigSource from "./public/config.py";
import publicConstraintsSource from "./public/constraints.py";
import publicDatasetsSource from "./public/datasets/__init__.py";
import publicInitializationsSource from "./public/initializations.py";
import publicInitializersSource from "./public/initializers.py";
import publicLayersSource from "./public/layers/__init__.py";
import publicLayersExperimentalSource from "./public/layers/experimental.py";
import publicLossesSource from "./public/losses.py";
import publicMetricsSource from "./public/metrics.py";
import publicMixedPrecisionSource from "./public/mixed_precision.py";
import publicModelsSource from "./public/models.py";
import publicOpsSource from "./public/ops/__init__.py";
import publicOptimizersSource from "./public/optimizers/__init__.py";
import publicOptimizersLegacySource from "./public/optimizers/legacy.py";
import publicOptimizersSchedulesSource from "./public/optimizers/schedules.py";
import publicPreprocessingSource from "./public/preprocessing/__init__.py";
import publicPreprocessingImageSource from "./public/preprocessing/image.py";
import publicPreprocessingSequenceSource from "./public/preprocessing/sequence.py";
import publicPreprocessingTextSource from "./public/preprocessing/text.py";
import publicRandomSource from "./public/random.py";
import publicRegularizersSource from "./public/regularizers.py";
import publicSavingSource from "./public/saving.py";
import publicTreeSource from "./public/tree.py";
import publicUtilsSource from "./public/utils/__init__.py";
import publicUtilsNpUtilsSource from "./public/utils/np_utils.py";
import publicWrappersSource from "./public/wrappers.py";
import reshapeSource from "./reshape.py";
import rnnSource from "./rnn.py";
import simpleSource from "./simple.py";
import spatialSource from "./spatial.py";
import stateSource from "./state.py";
import tensorsSource from "./tensors.py";

export const KERAS_MODULES: readonly HostModule[] = [
  { name: "keras_core", standIn: kerasModule },
  { name: "_keras.activations", source: activationsSource },
  { name: "_keras.attention", source: attentionSource },
  { name: "_keras.conv", source: convSource },
  { name: "_keras.core", source: coreSource },
  { name: "_keras.finish", source: finishSource },
  { name: "_keras.inert", source: inertSource },
  { name: "_keras.initializers", source: initializersSource },
  { name: "_keras.layer", source: layerSource },
  { name: "_keras.legacy", source: legacySource },
  { name: "_keras.matrices", source: matricesSource },
  { name: "_keras.merge", source: mergeSource },
  { name: "_keras.models", source: modelsSource },
  { name: "_keras.norm", source: normSource },
  { name: "_keras.openshape", source: openshapeSource },
  { name: "_keras.ops", source: opsSource },
  { name: "_keras.pool", source: poolSource },
  { name: "_keras.reshape", source: reshapeSource },
  { name: "_keras.rnn", source: rnnSource },
  { name: "_keras.simple", source: simpleSource },
  { name: "_keras.spatial", source: spatialSource },
  { name: "_keras.state", source: stateSource },
  { name: "_keras.tensors", source: tensorsSource },
  { name: "keras", source: publicSource, isPackage: true, standIn: kerasModule },
  { name: "keras.activations", source: publicActivationsSource },
  { name: "keras.api_export", source: publicApiExportSource },
  { name: "keras.backend", source: publicBackendSource },
  { name: "keras.callbacks", source: publicCallbacksSource },
  { name: "keras.config", source: publicConfigSource },
  { name: "keras.constraints", source: publicConstraintsSource },
  { name: "keras.datasets", source: publicDatasetsSource, isPackage: true },
  { name: "keras.initializations", source: publicInitializationsSource },
  { name: "keras.initializers", source: publicInitializersSource },
  { name: "keras.layers", source: publicLayersSource, isPackage: true },
  { name: "keras.layers.experimental", source: publicLayersExperimentalSource },
  { name: "keras.losses", source: publicLossesSource },
  { name: "keras.metrics", source: publicMetricsSource },
  { name: "keras.mixed_precision", source: publicMixedPrecisionSource },
  { name: "keras.models", source: publicModelsSource },
  { name: "keras.ops", source: publicOpsSource, isPackage: true },
  { name: "keras.optimizers", source: publicOptimizersSource, isPackage: true },
  { name: "keras.optimizers.legacy", source: publicOptimizersLegacySource },
  { name: "keras.optimizers.schedules", source: publicOptimizersSchedulesSource },
  { name: "keras.preprocessing", source: publicPreprocessingSource, isPackage: true },
  { name: "keras.preprocessing.image", source: publicPreprocessingImageSource },
  { name: "keras.preprocessing.sequence", source: publicPreprocessingSequenceSource },
  { name: "keras.preprocessing.text", source: publicPreprocessingTextSource },
  { name: "keras.random", source: publicRandomSource },
  { name: "keras.regularizers", source: publicRegularizersSource },
  { name: "keras.saving", source: publicSavingSource },
  { name: "keras.tree", source: publicTreeSource },
  { name: "keras.utils", source: publicUtilsSource, isPackage: true },
  { name: "keras.utils.np_utils", source: publicUtilsNpUtilsSource },
  { name: "keras.wrappers", source: publicWrappersSource },
  { name: "tf_keras", standIn: kerasModule },
];
