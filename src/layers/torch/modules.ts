/** The modules that stand for PyTorch: one row each; anything else under `torch` is unknown. */
import type { HostModule } from "../../python/host.js";
import {
  fftFunctions,
  functionalFunctions,
  linalgFunctions,
  noNatives,
  stubFunctions,
  stubNatives,
  torchFunctions,
  torchNatives,
} from "./natives.js";
import torchSource from "./stubs/__init__.py";
import basicsSource from "./stubs/_basics.py";
import sixSource from "./stubs/_six.py";
import acceleratorSource from "./stubs/accelerator.py";
import ampSource from "./stubs/amp.py";
import aoSource from "./stubs/ao/__init__.py";
import aoQuantizationSource from "./stubs/ao/quantization/__init__.py";
import autogradSource from "./stubs/autograd.py";
import backendsSource from "./stubs/backends.py";
import compilerSource from "./stubs/compiler.py";
import cudaSource from "./stubs/cuda.py";
import distributedSource from "./stubs/distributed.py";
import distributionsSource from "./stubs/distributions.py";
import documentationSource from "./stubs/documentation.py";
import fvcoreSource from "./stubs/fvcore.py";
import fxSource from "./stubs/fx.py";
import graphTemplatesSource from "./stubs/graphTemplates.py";
import hubSource from "./stubs/hub.py";
import jitSource from "./stubs/jit.py";
import modelHubSource from "./stubs/modelHub.py";
import nnSource from "./stubs/nn/__init__.py";
import nnAttentionSource from "./stubs/nn/attention.py";
import nnFlexAttentionSource from "./stubs/nn/flex_attention.py";
import nnInitSource from "./stubs/nn/init.py";
import nnModulesActivationSource from "./stubs/nn/modules/activation.py";
import nnModulesAdaptiveSource from "./stubs/nn/modules/adaptive.py";
import nnModulesAttentionSource from "./stubs/nn/modules/attention.py";
import nnModulesBatchnormSource from "./stubs/nn/modules/batchnorm.py";
import nnModulesChannelshuffleSource from "./stubs/nn/modules/channelshuffle.py";
import nnModulesContainerSource from "./stubs/nn/modules/container.py";
import nnModulesConvSource from "./stubs/nn/modules/conv.py";
import nnModulesDistanceSource from "./stubs/nn/modules/distance.py";
import nnModulesDropoutSource from "./stubs/nn/modules/dropout.py";
import nnModulesFlattenSource from "./stubs/nn/modules/flatten.py";
import nnModulesFoldSource from "./stubs/nn/modules/fold.py";
import nnModulesInstancenormSource from "./stubs/nn/modules/instancenorm.py";
import nnModulesLazySource from "./stubs/nn/modules/lazy.py";
import nnModulesLinearSource from "./stubs/nn/modules/linear.py";
import nnModulesLossSource from "./stubs/nn/modules/loss.py";
import nnModulesModuleSource from "./stubs/nn/modules/module.py";
import nnModulesNormalizationSource from "./stubs/nn/modules/normalization.py";
import nnModulesPaddingSource from "./stubs/nn/modules/padding.py";
import nnModulesPixelshuffleSource from "./stubs/nn/modules/pixelshuffle.py";
import nnModulesPoolingSource from "./stubs/nn/modules/pooling.py";
import nnModulesRnnSource from "./stubs/nn/modules/rnn.py";
import nnModulesSparseSource from "./stubs/nn/modules/sparse.py";
import nnModulesTransformerSource from "./stubs/nn/modules/transformer.py";
import nnModulesUpsamplingSource from "./stubs/nn/modules/upsampling.py";
import nnModulesUtilsSource from "./stubs/nn/modules/utils.py";
import nnParallelSource from "./stubs/nn/parallel.py";
import nnParameterSource from "./stubs/nn/parameter.py";
import nnQuantizedSource from "./stubs/nn/quantized.py";
import nnUtilsSource from "./stubs/nn/utils/__init__.py";
import nnUtilsLegacySource from "./stubs/nn/utils/legacy.py";
import nnUtilsParametrizationsSource from "./stubs/nn/utils/parametrizations.py";
import nnUtilsParametrizeSource from "./stubs/nn/utils/parametrize.py";
import nnUtilsRnnSource from "./stubs/nn/utils/rnn.py";
import onnxSource from "./stubs/onnx.py";
import optimSource from "./stubs/optim/__init__.py";
import optimLr_schedulerSource from "./stubs/optim/lr_scheduler.py";
import optimSwaSource from "./stubs/optim/swa_utils.py";
import quantizationSource from "./stubs/quantization.py";
import timmSource from "./stubs/timm.py";
import summariesSource from "./stubs/tools/summaries.py";
import torchVersionSource from "./stubs/torch_version.py";
import typesSource from "./stubs/types.py";
import utilsSource from "./stubs/utils/__init__.py";
import utilsPytreeSource from "./stubs/utils/_pytree.py";
import utilsCheckpointSource from "./stubs/utils/checkpoint.py";
import utilsDataSource from "./stubs/utils/data.py";
import utilsModel_zooSource from "./stubs/utils/model_zoo.py";
import versionSource from "./stubs/version.py";

/** The files in which torch has its layers. */
const LAYER_FILES: readonly (readonly [file: string, source: string])[] = [
  ["activation", nnModulesActivationSource],
  ["adaptive", nnModulesAdaptiveSource],
  ["attention", nnModulesAttentionSource],
  ["batchnorm", nnModulesBatchnormSource],
  ["channelshuffle", nnModulesChannelshuffleSource],
  ["container", nnModulesContainerSource],
  ["conv", nnModulesConvSource],
  ["distance", nnModulesDistanceSource],
  ["dropout", nnModulesDropoutSource],
  ["flatten", nnModulesFlattenSource],
  ["fold", nnModulesFoldSource],
  ["instancenorm", nnModulesInstancenormSource],
  ["lazy", nnModulesLazySource],
  ["linear", nnModulesLinearSource],
  ["loss", nnModulesLossSource],
  ["module", nnModulesModuleSource],
  ["normalization", nnModulesNormalizationSource],
  ["padding", nnModulesPaddingSource],
  ["pixelshuffle", nnModulesPixelshuffleSource],
  ["pooling", nnModulesPoolingSource],
  ["rnn", nnModulesRnnSource],
  ["sparse", nnModulesSparseSource],
  ["transformer", nnModulesTransformerSource],
  ["upsampling", nnModulesUpsamplingSource],
  ["utils", nnModulesUtilsSource],
];

/** What `from … import *` takes of a file of layers: what its `__all__` lists, else its public classes. */
function layersIn(source: string): readonly string[] {
  const listed = /^__all__ = \[([^\]]*)\]/m.exec(source)?.[1];
  const found = listed === undefined ? source.matchAll(/^class ([A-Z]\w*)/gm) : listed.matchAll(/"(\w+)"/g);
  return [...found].map(([, name]) => name!);
}

const allLayers = LAYER_FILES.map(([file, source]) => [file, layersIn(source)] as const)
  .filter(([, names]) => names.length > 0)
  .map(([file, names]) => `from torch.nn.modules.${file} import ${names.join(", ")}`)
  .join("\n");

/** Where the parts are imported from, by versions old and new. */
const TIMM = [
  ...["layers", "models.layers"].flatMap((folder) => [
    folder,
    ...["helpers", "drop", "weight_init", "mlp", "patch_embed", "layer_scale"].map(
      (file) => `${folder}.${file}`,
    ),
  ]),
  ...["registry", "vision_transformer"].map((file) => `models.${file}`),
];

/** Files of `torch.optim` that optimizers are imported from. */
const OPTIMIZERS =
  "optimizer adadelta adafactor adagrad adam adamax adamw asgd lbfgs nadam radam rmsprop rprop sgd sparse_adam".split(
    " ",
  );

/** Files of `torch.distributions` that distributions are imported from. */
const DISTRIBUTIONS =
  "bernoulli beta categorical dirichlet distribution gamma independent multivariate_normal normal one_hot_categorical poisson uniform".split(
    " ",
  );

export const TORCH_MODULES: readonly HostModule[] = [
  { name: "torch._native", natives: stubNatives, functions: stubFunctions },
  { name: "torch", source: torchSource, isPackage: true, natives: torchNatives, functions: torchFunctions },
  { name: "torch._basics", source: basicsSource },
  { name: "torch._six", source: sixSource },
  { name: "torch.amp", source: ampSource },
  { name: "torch.ao", source: aoSource, isPackage: true },
  { name: "torch.ao.quantization", source: aoQuantizationSource, isPackage: true },
  { name: "torch.autograd", source: autogradSource },
  { name: "torch.backends", source: backendsSource },
  { name: "torch.compiler", source: compilerSource },
  { name: "torch.accelerator", source: acceleratorSource },
  { name: "torch.cuda", source: cudaSource, isPackage: true },
  ...["amp", "amp.autocast_mode", "amp.grad_scaler"].map(
    (name): HostModule => ({ name: `torch.cuda.${name}`, source: "from torch.amp import *" }),
  ),
  { name: "torch.distributed", source: distributedSource },
  { name: "torch.distributions", source: distributionsSource, isPackage: true },
  ...DISTRIBUTIONS.map(
    (name): HostModule => ({
      name: `torch.distributions.${name}`,
      source: "from torch.distributions import *",
    }),
  ),
  { name: "torch.fx", source: fxSource },
  { name: "torch.hub", source: hubSource },
  { name: "torch.jit", source: jitSource },
  { name: "torch.nn", source: nnSource, isPackage: true },
  { name: "torch.nn.attention", source: nnAttentionSource, isPackage: true },
  { name: "torch.nn.attention.flex_attention", source: nnFlexAttentionSource },
  { name: "torch.nn.init", source: nnInitSource },
  { name: "torch.nn.modules", source: allLayers, isPackage: true },
  ...LAYER_FILES.map(([file, source]) => ({ name: `torch.nn.modules.${file}`, source })),
  { name: "torch.nn.parallel", source: nnParallelSource },
  { name: "torch.nn.parameter", source: nnParameterSource },
  { name: "torch.nn.quantized", source: nnQuantizedSource },
  { name: "torch.nn.utils", source: nnUtilsSource, isPackage: true },
  { name: "torch.nn.utils.legacy", source: nnUtilsLegacySource },
  { name: "torch.nn.utils.parametrizations", source: nnUtilsParametrizationsSource },
  { name: "torch.nn.utils.parametrize", source: nnUtilsParametrizeSource },
  { name: "torch.nn.utils.rnn", source: nnUtilsRnnSource },
  { name: "torch.onnx", source: onnxSource },
  { name: "torch.optim", source: optimSource, isPackage: true },
  { name: "torch.optim.lr_scheduler", source: optimLr_schedulerSource },
  { name: "torch.optim.swa_utils", source: optimSwaSource },
  ...OPTIMIZERS.map(
    (name): HostModule => ({ name: `torch.optim.${name}`, source: "from torch.optim import *" }),
  ),
  { name: "torch.quantization", source: quantizationSource },
  { name: "torch.types", source: typesSource },
  { name: "torch.utils", source: utilsSource, isPackage: true },
  { name: "torch.utils.checkpoint", source: utilsCheckpointSource },
  { name: "torch.utils.data", source: utilsDataSource },
  { name: "torch.utils.model_zoo", source: utilsModel_zooSource },
  { name: "torch.utils._pytree", source: utilsPytreeSource },
  { name: "torch.torch_version", source: torchVersionSource },
  { name: "torch.version", source: versionSource },
  { name: "torch.nn.functional", natives: noNatives, functions: functionalFunctions },
  { name: "torch.linalg", natives: noNatives, functions: linalgFunctions },
  { name: "torch.fft", natives: noNatives, functions: fftFunctions },
  // Parts that other repositories build their models of.
  { name: "_timm", source: timmSource },
  // Hundreds of lines run for each class, to say what its arguments mean.
  { name: "transformers.utils.auto_docstring", source: documentationSource, isWithin: true },
  { name: "transformers.utils.doc", source: documentationSource, isWithin: true },
  // A template engine and a file written for each class.
  { name: "torch_geometric.template", source: graphTemplatesSource, isWithin: true },
  { name: "huggingface_hub.hub_mixin", source: modelHubSource, isWithin: true },
  {
    name: "huggingface_hub",
    source: "from huggingface_hub.hub_mixin import *",
    isPackage: true,
    isSpare: true,
  },
  { name: "timm", source: "", isPackage: true, isSpare: true },
  ...TIMM.map(
    (name): HostModule => ({
      name: `timm.${name}`,
      source: "from _timm import *\nfrom _timm import _ntuple",
      isSpare: true,
    }),
  ),
  // Packages that run a model on an example input.
  { name: "_summaries", source: summariesSource },
  { name: "torchsummary", source: "from _summaries import torchsummary_summary as summary" },
  { name: "torchsummary.torchsummary", source: "from _summaries import torchsummary_summary as summary" },
  { name: "torchinfo", source: "from _summaries import torchinfo_summary as summary" },
  { name: "thop", source: "from _summaries import profile_twice as profile" },
  { name: "ptflops", source: "from _summaries import on_size as get_model_complexity_info" },
  {
    name: "fvcore.nn",
    source:
      "from _summaries import on_inputs as FlopCountAnalysis\nfrom fvcore.nn.weight_init import c2_msra_fill, c2_xavier_fill",
    isPackage: true,
    isWithin: true,
  },
  { name: "fvcore.nn.weight_init", source: fvcoreSource, isWithin: true },
];
