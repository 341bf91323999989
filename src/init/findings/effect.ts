import { eachObservation } from "./observed.js";
import type { Rule } from "./rule.js";

/** A test that is always true, or that leaves out what it names. */
const oddCondition = eachObservation("odd_condition", ({ means }) => `${means}.`);

/** A new value that is not kept. */
const discardedResult = eachObservation("discarded", ({ what }) => `${what}.`);

/** Initialisation that is written and never runs. */
const neverCalled = eachObservation(
  "never_called",
  ({ name }) => `Nothing in this file calls ${name}, so what it draws is never drawn.`,
);

/** Names that a person still reads. */
const MOST_NAMES = 4;

/** Initialisation whose tests match nothing there is. */
const idleVisit = eachObservation("idle_visit", ({ visited, names }) => {
  const some = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return visited === "parameters"
    ? `No parameter of the model has a name that is meant here, so nothing is drawn; there are ${some}${more}.`
    : `No module that is visited is of a class that is meant here, so nothing is drawn; there are ${some}${more}.`;
});

/** A draw into what is computed from other parameters. */
const lostDraw = eachObservation(
  "lost_draw",
  ({ op, by }) =>
    `What ${op} draws here is lost: ${by} computes the weight anew before each use. Initialise the weight first, or draw into the parameters it is computed from.`,
);

/** An initializer that comes too late. */
const lateInitializer = eachObservation(
  "late_initializer",
  ({ name }) =>
    `${name} is set after the layer was built: its weights are drawn already and stay as they are. Give it to the layer when you make it.`,
);

/** A model that forgets what it learns. */
const drawnInForward = eachObservation(
  "drawn_in_forward",
  ({ name }) =>
    `forward draws ${name} anew each time it runs, so what training changed is lost. Draw it in the constructor.`,
);

/** `apply` before there is anything to apply to. */
const earlyApply = eachObservation(
  "early_apply",
  ({ visitor, later }) =>
    `${visitor === "apply" ? "apply" : "The loop"} runs before the module has a parameter; the ${later} it gets afterwards keep their default. ${visitor === "apply" ? "Call" : "Put"} it after the last layer is made.`,
);

/** Initialisation that is written and changes nothing. */
export const EFFECT_RULES: readonly Rule[] = [
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
    why: "Arithmetic on a weight gives a new tensor; unless it is written back the weight stays as it was. Functions that change a weight end in `_`. A layer reads its parameters alone: what is put into `fc.weights` is never used.",
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
        issue: "lavi135246/pytorch-Learning-to-See-in-the-Dark#17",
        what: "_initialize_weights was defined and never called",
      },
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
    history: [
      {
        issue: "JianhongBai/BaCon@f602de5a97e9eeff6666d091d0810dbaa1066c79",
        what: "apply ran first in the constructor of a head, whose only layer was made after it",
      },
    ],
    find: earlyApply,
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
  {
    code: "IL026",
    severity: "warning",
    title: "weights drawn in forward",
    why: "`forward` runs for every batch. A weight that it draws, or a layer that it makes, starts anew each time, and what the optimizer changed is gone. Initialisation belongs in the constructor.",
    found: "def forward(self, x):\n    nn.init.xavier_uniform_(self.fc.weight)\n    return self.fc(x)",
    fine: "def __init__(self):\n    ...\n    nn.init.xavier_uniform_(self.fc.weight)",
    history: [
      { issue: "Project-MONAI/MONAI#8578", what: "forward made the output layer anew each time" },
      { issue: "wangyida/softpool#11", what: "four convolutions were made in forward" },
    ],
    find: drawnInForward,
  },
  {
    code: "IL033",
    severity: "warning",
    title: "an initializer set after the weights",
    why: "A layer of Keras draws its weights when it is built, with the initializer it was made with. Another one set afterwards is kept and never used, unless the model is made anew from its configuration.",
    found:
      'model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu")])\nmodel.layers[0].kernel_initializer = keras.initializers.HeNormal()',
    fine: 'model = keras.Sequential([keras.Input((64,)), layers.Dense(64, activation="relu", kernel_initializer="he_normal")])',
    history: [
      {
        issue: "simontomaskarlsson/GAN-MRI@0d5d9e9aa6f5cddfd9ebc75a9ad9aa47ae221ce7",
        what: "discriminators were given the initializer of the paper after their layers were built",
      },
    ],
    find: lateInitializer,
  },
];
