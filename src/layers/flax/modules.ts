/** The modules that stand for Flax: one row each. */
import type { HostModule } from "../../python/host.js";
import convSource from "./conv.py";
import linenSource from "./linen.py";
import moduleSource from "./module.py";
import nnxSource from "./nnx.py";
import pooledSource from "./pooled.py";
import publicSource from "./public/__init__.py";
import publicCoreSource from "./public/core/__init__.py";
import publicCoreFrozenDictSource from "./public/core/frozen_dict.py";
import publicCoreScopeSource from "./public/core/scope.py";
import publicErrorsSource from "./public/errors.py";
import publicJaxUtilsSource from "./public/jax_utils.py";
import publicLinenSource from "./public/linen/__init__.py";
import publicLinenActivationSource from "./public/linen/activation.py";
import publicLinenAttentionSource from "./public/linen/attention.py";
import publicLinenInitializersSource from "./public/linen/initializers.py";
import publicLinenLinearSource from "./public/linen/linear.py";
import publicLinenModuleSource from "./public/linen/module.py";
import publicLinenNormalizationSource from "./public/linen/normalization.py";
import publicLinenPartitioningSource from "./public/linen/partitioning.py";
import publicLinenPoolingSource from "./public/linen/pooling.py";
import publicLinenRecurrentSource from "./public/linen/recurrent.py";
import publicLinenStochasticSource from "./public/linen/stochastic.py";
import publicLinenTransformsSource from "./public/linen/transforms.py";
import publicNnxSource from "./public/nnx/__init__.py";
import publicNnxMetricsSource from "./public/nnx/metrics.py";
import publicSerializationSource from "./public/serialization.py";
import publicStructSource from "./public/struct.py";
import publicTrainingSource from "./public/training/__init__.py";
import publicTrainingTrainStateSource from "./public/training/train_state.py";
import publicTraverseUtilSource from "./public/traverse_util.py";
import scopeSource from "./scope.py";

export const FLAX_MODULES: readonly HostModule[] = [
  { name: "_flax.conv", source: convSource },
  { name: "_flax.linen", source: linenSource },
  { name: "_flax.module", source: moduleSource },
  { name: "_flax.nnx", source: nnxSource },
  { name: "_flax.pooled", source: pooledSource },
  { name: "_flax.scope", source: scopeSource },
  { name: "flax", source: publicSource, isPackage: true },
  { name: "flax.core", source: publicCoreSource, isPackage: true },
  { name: "flax.core.frozen_dict", source: publicCoreFrozenDictSource },
  { name: "flax.core.scope", source: publicCoreScopeSource },
  { name: "flax.errors", source: publicErrorsSource },
  { name: "flax.jax_utils", source: publicJaxUtilsSource },
  { name: "flax.linen", source: publicLinenSource, isPackage: true },
  { name: "flax.linen.activation", source: publicLinenActivationSource },
  { name: "flax.linen.attention", source: publicLinenAttentionSource },
  { name: "flax.linen.initializers", source: publicLinenInitializersSource },
  { name: "flax.linen.linear", source: publicLinenLinearSource },
  { name: "flax.linen.module", source: publicLinenModuleSource },
  { name: "flax.linen.normalization", source: publicLinenNormalizationSource },
  { name: "flax.linen.partitioning", source: publicLinenPartitioningSource },
  { name: "flax.linen.pooling", source: publicLinenPoolingSource },
  { name: "flax.linen.recurrent", source: publicLinenRecurrentSource },
  { name: "flax.linen.stochastic", source: publicLinenStochasticSource },
  { name: "flax.linen.transforms", source: publicLinenTransformsSource },
  { name: "flax.nnx", source: publicNnxSource, isPackage: true },
  { name: "flax.nnx.metrics", source: publicNnxMetricsSource },
  { name: "flax.serialization", source: publicSerializationSource },
  { name: "flax.struct", source: publicStructSource },
  { name: "flax.training", source: publicTrainingSource, isPackage: true },
  { name: "flax.training.train_state", source: publicTrainingTrainStateSource },
  { name: "flax.traverse_util", source: publicTraverseUtilSource },
];
