import type { Analysis, Finding } from "../types.js";
import { misplacedArgument } from "./findings/arguments.js";
import { exchangedFans } from "./findings/exchangedFans.js";
import { wrongFan, wrongFanOut } from "./findings/fans.js";
import { uninitialised } from "./findings/memory.js";
import {
  discardedResult,
  earlyApply,
  equalCopies,
  equalDraws,
  idleVisit,
  lostDraw,
  neverCalled,
  oddCondition,
  slopeFromGain,
  tiedEmbedding,
  willRaise,
} from "./findings/observed.js";
import { overwrittenDraws } from "./findings/order.js";
import { ofPlainWeights } from "./findings/plain.js";
import { forgetGate } from "./findings/recurrent.js";
import { mergedByPlace, type Rule } from "./findings/rule.js";
import { schemeAgainstActivation, seluScale, wrongScale } from "./findings/scale.js";
import { sizesDoNotFit } from "./findings/sizes.js";
import { constantWeights, largeBias, shiftedWeights } from "./findings/symmetry.js";
import { truncatesEverything, truncatesNothing } from "./findings/truncation.js";

/** Every rule. Codes are never used twice; a rule that goes leaves its code behind. */
export const RULES: readonly Rule[] = [
  {
    code: "IL001",
    severity: "error",
    title: "uninitialised memory",
    why: "`torch.empty`, `torch.Tensor(n, m)` and `np.empty` reserve memory and leave what was in it: zeros today, huge numbers or NaN tomorrow. Fill the tensor, or make it with `torch.zeros` or `torch.randn`.",
    found: "self.weight = nn.Parameter(torch.empty(32, 64))",
    fine: "self.weight = nn.Parameter(torch.empty(32, 64))\nnn.init.kaiming_normal_(self.weight)",
    history: [
      {
        issue: "openai/CLIP#15",
        what: "parameters made by torch.empty were unusable when training from scratch",
      },
      {
        issue: "kmkurn/pytorch-crf#1",
        what: "the transition parameters were never filled, and the loss became NaN",
      },
      {
        issue: "pytorch/torchtitan#2450",
        what: "a router's bias was left out of init_weights, and deterministic mode filled it with NaN",
      },
    ],
    find: uninitialised,
  },
  {
    code: "IL002",
    severity: "warning",
    title: "constant weights never break symmetry",
    why: "Where two layers that follow each other have the same value everywhere, all hidden units compute the same and get the same gradient, so the layer acts as one unit for ever. Draw them at random. Reported where every weight of the file is constant, or two whose sizes say that one follows the other; zeros are often meant (the last layer of a residual branch, zero convolutions), so square layers of zeros are only told as items of one container.",
    found: "W1 = np.zeros((784, 128))\nW2 = np.zeros((128, 10))",
    fine: "W1 = np.random.randn(784, 128) * np.sqrt(2 / 784)\nW2 = np.zeros((128, 10))",
    history: [
      {
        issue: "yz93/LAVT-RIS#25",
        what: "both weights of a gate were set to 0, so the first never got a gradient",
      },
    ],
    find: ofPlainWeights(constantWeights),
  },
  {
    code: "IL003",
    severity: "warning",
    title: "wrong scale",
    why: "The variance of a layer's outputs is fan-in times the mean square of its weights. Sixteen times too much at one layer saturates what follows, a hundredth silences it, and it multiplies over layers. Use the recommended variance, gain²/fan-in. Arrays count as weights where their names say so and a bias or a next matrix fits them.",
    found: "W = np.random.randn(784, 128)\nb = np.zeros(128)",
    fine: "W = np.random.randn(784, 128) * np.sqrt(2 / 784)  # before ReLU",
    history: [
      {
        issue: "aiUIUC/pyAIUtils#25",
        what: "a std was passed in the place of the mean, so the weights had std 1",
      },
    ],
    find: ofPlainWeights(wrongScale),
  },
  {
    code: "IL004",
    severity: "information",
    title: "scheme made for another activation",
    why: "Glorot's and LeCun's schemes keep the signal through linear and tanh-like activations; ReLU and its kin lose half of it at every layer unless the variance is doubled (He et al., 2015). He's scheme before tanh saturates it, and so does a nonlinearity named to kaiming_* that is not the one that follows.",
    found: "nn.init.xavier_uniform_(self.fc.weight)  # before ReLU",
    fine: 'nn.init.kaiming_uniform_(self.fc.weight, nonlinearity="relu")  # before ReLU',
    history: [
      { issue: "williamleif/GraphSAGE#195", what: "dense layers before ReLU kept Xavier's scheme" },
      {
        issue: "vballoli/nfnets-pytorch#30",
        what: "kaiming_normal_ was told relu, and scaled activations follow that need a gain of 1",
      },
    ],
    find: ofPlainWeights(schemeAgainstActivation),
  },
  {
    code: "IL005",
    severity: "warning",
    title: "SELU without LeCun normal",
    why: "SELU's two constants are computed for weights of variance 1/fan-in; with another variance the activations do not settle at mean 0 and variance 1 (Klambauer et al., 2017). torch's calculate_gain('selu') is 3/4, found by experiment, not 1.",
    found: 'nn.init.kaiming_normal_(self.fc.weight, nonlinearity="selu")',
    fine: 'nn.init.kaiming_normal_(self.fc.weight, nonlinearity="linear")',
    history: [
      {
        issue: "pytorch/pytorch#53694",
        what: "the gain 3/4 for SELU is outside the range the paper proves stable",
      },
    ],
    find: ofPlainWeights(seluScale),
  },
  {
    code: "IL006",
    severity: "information",
    title: "truncation that cuts nothing",
    why: "The bounds of torch's trunc_normal_ are absolute values, not standard deviations: with std=0.02 the default ±2 is 100 standard deviations away, and the result is a plain normal distribution. Give a and b, or use normal_.",
    found: "nn.init.trunc_normal_(self.fc.weight, std=0.02)",
    fine: "nn.init.trunc_normal_(self.fc.weight, std=0.02, a=-0.04, b=0.04)",
    history: [
      {
        issue: "huggingface/pytorch-image-models#1286",
        what: "bounds of ±2 with std 0.02 truncate nothing, unlike TensorFlow's",
      },
      {
        issue: "foundation-model-stack/foundation-model-stack#289",
        what: "the same in the layers of a language model",
      },
    ],
    find: truncatesNothing,
  },
  {
    code: "IL007",
    severity: "warning",
    title: "truncation that cuts nearly everything",
    why: "Where less than a twentieth of the normal distribution lies between the bounds, what is drawn is nearly uniform between them and its std has little to do with the one given. Bounds are absolute in torch and counted in standard deviations in scipy and JAX.",
    found: "nn.init.trunc_normal_(self.fc.weight, std=1.0, a=-0.04, b=0.04)",
    fine: "nn.init.trunc_normal_(self.fc.weight, std=0.02, a=-0.04, b=0.04)",
    history: [
      {
        issue: "pytorch/pytorch#32397",
        what: "a mean more than two standard deviations outside the bounds gave another distribution",
      },
    ],
    find: truncatesEverything,
  },
  {
    code: "IL008",
    severity: "warning",
    title: "framework fan that is not the true fan",
    why: "Initializers see only a weight's shape. For depthwise kernels in Keras, transposed convolutions, and multi-head projections the shape does not tell how many connections feed a unit, and the variance is wrong by that factor.",
    found: 'layers.DepthwiseConv2D(3, depthwise_initializer="he_normal")  # on 256 channels',
    fine: "layers.DepthwiseConv2D(3, depthwise_initializer=initializers.RandomNormal(stddev=(2 / 9) ** 0.5))",
    history: [
      {
        issue: "huggingface/pytorch-image-models#84",
        what: "fan-out of depthwise convolutions counted all channels",
      },
      { issue: "keras-team/keras#11773", what: "fans inferred for depthwise and separable convolutions" },
      { issue: "pytorch/pytorch#23854", what: "fan-out of grouped kernels" },
    ],
    find: wrongFan,
  },
  {
    code: "IL009",
    severity: "warning",
    title: "weights with a mean that is not 0",
    why: "`np.random.rand` and `torch.rand` draw from 0 to 1. A mean common to all weights of a unit adds up over its inputs and soon dwarfs what the random part carries. Subtract the mean, or draw from a symmetric distribution. Arrays count as weights where their names say so and a bias or a next matrix fits them.",
    found: "W = np.random.rand(784, 128) * 0.01\nb = np.zeros(128)",
    fine: "W = (np.random.rand(784, 128) - 0.5) * 0.02",
    history: [
      { issue: "AdaptInfer/Contextualized#33", what: "parameters from torch.rand made training unstable" },
      { issue: "d2l-ai/d2l-en#2125", what: "a recurrent weight was drawn with rand instead of randn" },
    ],
    find: ofPlainWeights(shiftedWeights),
  },
  {
    code: "IL010",
    severity: "warning",
    title: "bias drawn large",
    why: "A bias drawn as large as the signal moves units far into one side of their activation before anything is learnt. Weights already differ, so biases can start at 0.",
    found: "nn.init.normal_(self.fc.bias)",
    fine: "nn.init.zeros_(self.fc.bias)",
    history: [
      {
        issue: "facebookresearch/dlrm#358",
        what: "biases drawn large and negative left ReLUs dead from the start",
      },
    ],
    find: ofPlainWeights(largeBias),
  },
  {
    code: "IL011",
    severity: "information",
    title: "forget gate starts half closed",
    why: "With a forget bias around 0 an LSTM forgets about half of its state at each step until it has learnt not to. A forget bias of 1 lets gradients reach further back from the start (Gers et al., 2000; Jozefowicz et al., 2015). Keras does so by default.",
    found: "self.rnn = nn.LSTM(128, 256)",
    fine: "self.rnn = nn.LSTM(128, 256)\nself.rnn.bias_ih_l0.data[256:512].fill_(1)",
    history: [{ issue: "kyegomez/xLSTM#1", what: "the forget gate's bias was not started at 1" }],
    find: forgetGate,
  },
  {
    code: "IL012",
    severity: "error",
    title: "sizes do not fit",
    why: "A layer takes another number of features or channels than it is given, so the model fails at its first input. The numbers follow from an example input in the file (a call, a summary, an export) or from a comment such as `# init-lens: input (N, 3, 224, 224)`; between layers they follow from the layers alone.",
    found:
      "model = nn.Sequential(nn.Conv2d(3, 64, 3), nn.Flatten(), nn.Linear(9216, 10))\nmodel(torch.randn(1, 3, 13, 13))",
    fine: "model = nn.Sequential(nn.Conv2d(3, 64, 3), nn.Flatten(), nn.Linear(7744, 10))\nmodel(torch.randn(1, 3, 13, 13))",
    history: [
      {
        issue: "mrdbourke/pytorch-deep-learning#763",
        what: "a linear layer after flattening took as many features as there were channels",
      },
    ],
    find: sizesDoNotFit,
  },
  {
    code: "IL013",
    severity: "warning",
    title: "a draw that is overwritten",
    why: "A weight is initialised and, before anything reads it, initialised again by another call. Usually the second call names the wrong layer, or a loop over all layers undoes a zero that was meant.",
    found:
      "nn.init.xavier_uniform_(self.query.weight)\nnn.init.xavier_uniform_(self.query.weight)  # self.key was meant",
    fine: "nn.init.xavier_uniform_(self.query.weight)\nnn.init.xavier_uniform_(self.key.weight)",
    history: [
      {
        issue: "yz93/LAVT-RIS#25",
        what: "what a module's constructor had set was overwritten by init_weights",
      },
    ],
    find: overwrittenDraws,
  },
  {
    code: "IL014",
    severity: "error",
    title: "initialisation that raises",
    why: "The call stops with an exception whenever it runs: Glorot's and He's schemes need a weight with fan-in and fan-out, so at least two dimensions; a gain needs a name that is known.",
    found: "nn.init.xavier_uniform_(self.fc.bias)",
    fine: "nn.init.zeros_(self.fc.bias)",
    history: [
      {
        issue: "ShuangXieIrene/ssds.pytorch#9",
        what: "a scheme with fans was called on a tensor of one dimension",
      },
      { issue: "pytorch/pytorch#3418", what: "the same for biases" },
    ],
    find: willRaise,
  },
  {
    code: "IL015",
    severity: "warning",
    title: "a condition that does not test what it names",
    why: '`isinstance(m, A or B)` tests for A alone, `"a" or "b" in name` is always true, and `name.find("a")` is true where nothing is found. A layer is never equal to its class, never of two classes that are apart, and never reaches a branch after one that takes its class. The layers meant keep their default.',
    found: "if isinstance(m, nn.Conv2d or nn.Linear):",
    fine: "if isinstance(m, (nn.Conv2d, nn.Linear)):",
    history: [
      {
        issue: "zylo117/Yet-Another-EfficientDet-Pytorch#722",
        what: "a condition on the layer's name was always true",
      },
      { issue: "facebookresearch/deit#147", what: "a class was tested for again where it had been matched" },
    ],
    find: oddCondition,
  },
  {
    code: "IL016",
    severity: "warning",
    title: "a result that nobody keeps",
    why: "Arithmetic on a weight gives a new tensor; unless it is written back the weight stays as it was. Functions that change a weight end in `_`.",
    found: "self.fc.weight.data.mul(0.1)",
    fine: "self.fc.weight.data.mul_(0.1)",
    history: [{ issue: "haofeixu/cs231n#1", what: "init_weights left the weights as they were" }],
    find: discardedResult,
  },
  {
    code: "IL017",
    severity: "warning",
    title: "initialisation that never runs",
    why: "A private method of the module draws its weights, and nothing in the file calls it: unless other code draws them, the weights keep the framework's default.",
    found: "class Net(nn.Module):\n    def _init_weights(self):\n        nn.init.orthogonal_(self.fc.weight)",
    fine: "class Net(nn.Module):\n    def __init__(self):\n        ...\n        self._init_weights()",
    history: [
      {
        issue: "jan-forest/autoencodix_package#21",
        what: "one of two sibling classes built its network without initialising it",
      },
    ],
    find: neverCalled,
  },
  {
    code: "IL018",
    severity: "warning",
    title: "initialisation before the layers",
    why: "`self.apply(function)` and loops over `self.modules()` visit the modules that are registered when they run. In a constructor they belong after the last layer.",
    found: "self.apply(self._init_weights)\nself.fc = nn.Linear(64, 10)",
    fine: "self.fc = nn.Linear(64, 10)\nself.apply(self._init_weights)",
    history: [],
    find: earlyApply,
  },
  {
    code: "IL019",
    severity: "warning",
    title: "layers that start equal",
    why: "`[layer] * n` holds one layer n times; copies made by `copy.deepcopy` start with the same weights. Layers made in a comprehension are drawn one by one. A Keras initializer, with a seed or without, gives the same values each time it is used for one shape, and so does a key of JAX.",
    found: "self.layers = nn.ModuleList([nn.Linear(64, 64)] * 4)",
    fine: "self.layers = nn.ModuleList([nn.Linear(64, 64) for _ in range(4)])",
    history: [
      { issue: "yaoppeng/U-Net_v2#10", what: "list multiplication put one convolution into four places" },
      { issue: "zalandoresearch/pytorch-vq-vae#2", what: "the residual blocks of a stack were one object" },
      { issue: "meta-pytorch/torchtune#2270", what: "cloned adapters started with equal weights" },
      {
        issue: "keras-team/keras-hub#352",
        what: "one initializer of a transformer gave its layers identical values",
      },
      { issue: "deel-ai/deel-lip#64", what: "an initializer made once was shared by all instances" },
      {
        issue: "google/flax#2665",
        what: "a key that was not split gave each element of a batch equal weights",
      },
    ],
    find: (analysis) => [...equalCopies(analysis), ...equalDraws(analysis)],
  },
  {
    code: "IL020",
    severity: "warning",
    title: "an argument in the wrong place",
    why: "A gain given as `a`, the slope of a leaky ReLU; a std given first, where the mean belongs; a variance where its square root belongs; the number of outputs in a scheme that divides by the number of inputs.",
    found: "nn.init.normal_(self.fc.weight, 0.02)",
    fine: "nn.init.normal_(self.fc.weight, std=0.02)",
    history: [
      {
        issue: "gapeng000/PyTorch-progressive_growing_of_gans#29",
        what: "a gain was passed as the negative slope",
      },
      { issue: "aiUIUC/pyAIUtils#25", what: "a std was passed in the place of the mean" },
    ],
    find: (analysis) =>
      mergedByPlace([
        ...ofPlainWeights(misplacedArgument)(analysis),
        ...slopeFromGain(analysis),
        ...exchangedFans(analysis),
      ]),
  },
  {
    code: "IL021",
    severity: "information",
    title: "an embedding shared with the output",
    why: "torch draws embeddings from N(0, 1). Where an output layer has the same weight, its first outputs are as large as the square root of the number of features, and the loss starts far too high.",
    found: "self.head.weight = self.embedding.weight",
    fine: "nn.init.normal_(self.embedding.weight, std=0.02)\nself.head.weight = self.embedding.weight",
    history: [
      {
        issue: "Modalities/modalities#456",
        what: "a weight that embedding and output share was drawn with std 1",
      },
      { issue: "pytorch/pytorch#3121", what: "embeddings drawn from N(0, 1) kept a network from training" },
    ],
    find: tiedEmbedding,
  },
  {
    code: "IL022",
    severity: "information",
    title: "fan-out that counts too many outputs",
    why: "Fan-out counts the outputs that one input feeds. In a grouped or depthwise convolution an input feeds only its own group's, and torch's fan-out counts all: the variance is too small by the number of groups. Queries, keys and values in one weight are three matrices, and Glorot's scheme on the whole counts the outputs of all: half the variance of three separate ones. Normalisation after the layer hides it.",
    found: 'conv = nn.Conv2d(64, 64, 3, groups=64)\nnn.init.kaiming_normal_(conv.weight, mode="fan_out")',
    fine: "conv = nn.Conv2d(64, 64, 3, groups=64)\nnn.init.normal_(conv.weight, 0, (2 / 9) ** 0.5)",
    history: [
      {
        issue: "huggingface/pytorch-image-models#84",
        what: "fan-out of depthwise convolutions counted all channels",
      },
      {
        issue: "pytorch/pytorch#166378",
        what: "a packed projection is drawn with half the variance of separate ones",
      },
      {
        issue: "facebookresearch/xformers#303",
        what: "the fans of merged queries, keys and values were those of the whole weight",
      },
    ],
    find: wrongFanOut,
  },
  {
    code: "IL023",
    severity: "warning",
    title: "initialisation that matches nothing",
    why: "A loop over modules or parameters, or a function given to `apply`, draws weights only where a test on the class or the name holds, and it holds for none: a layer was renamed, or is of another class, and all weights keep their default. `named_parameters` gives full names, `blocks.0.c_proj.weight`.",
    found:
      'for name, p in self.named_parameters():\n    if name == "c_proj.weight":\n        nn.init.normal_(p, std=0.02 / math.sqrt(24))',
    fine: 'for name, p in self.named_parameters():\n    if name.endswith("c_proj.weight"):\n        nn.init.normal_(p, std=0.02 / math.sqrt(24))',
    history: [
      {
        issue: "huggingface/transformers#47458",
        what: "a test for a whole name matched no parameter, so residual projections were never scaled",
      },
      {
        issue: "wzmsltw/BSN-boundary-sensitive-network.pytorch#16",
        what: "weight_init asked for a class of convolution that the model has none of",
      },
    ],
    find: idleVisit,
  },
  {
    code: "IL024",
    severity: "warning",
    title: "a draw that is computed away",
    why: "weight_norm and the parametrizations of torch keep other parameters and compute the weight from these before each use. What is drawn into the computed weight afterwards changes nothing: the layer starts with its framework's default. Initialise the layer first, or draw into the parameter that is kept (weight_v, parametrizations.weight.original1).",
    found: "conv = weight_norm(nn.Conv1d(64, 64, 3))\nconv.weight.data.normal_(0, 0.01)",
    fine: "conv = nn.Conv1d(64, 64, 3)\nconv.weight.data.normal_(0, 0.01)\nconv = weight_norm(conv)",
    history: [
      { issue: "jik876/hifi-gan#145", what: "init_weights ran after weight_norm and had no effect" },
      {
        issue: "locuslab/TCN#1",
        what: "weights were drawn with std 0.01 after weight_norm, which computes them anew",
      },
      {
        issue: "MiniMax-AI/MiniMax-H3#14",
        what: "a vocoder's convolutions kept their default under the parametrization weight_norm",
      },
    ],
    find: lostDraw,
  },
];

/** What the rules find in an analysis, in the order of the source. */
export function findings(analysis: Analysis, rules: readonly Rule[] = RULES): readonly Finding[] {
  const found = rules.flatMap(({ code, severity, find }) =>
    find(analysis).map(({ fix = null, ...remark }) => ({ code, severity, ...remark, fix })),
  );
  return found.sort((a, b) => a.site.line - b.site.line || a.site.column - b.site.column);
}
