import { siteKey } from "../../sites.js";
import { isTest } from "../../testFiles.js";
import type { Layer } from "../../types.js";
import { describe, formatNumber, isZero, mean, rootMeanSquare, std } from "../distributions.js";
import {
  eachDraw,
  eachLayer,
  isGivenLater,
  isSet,
  isWeight,
  type LayerParameter,
  type Remark,
  type Rule,
  roleIn,
  weightName,
} from "./rule.js";
import { alikeUnits } from "./symmetry.js";

/** Their gradient is 0 where they give 0, so that a unit that gives nothing else learns nothing. */
const RECTIFIERS = new Set(["relu", "relu6"]);

/** Standard deviations below 0 that leave three of ten million values above. */
const FAR_BELOW = 5;

/** What is added to the sums; null where nobody knows. */
function biasOf(layer: Layer): number | null {
  const biases = layer.parameters.filter((one) => /^(norm_)?bias$/.test(roleIn(one, layer) ?? ""));
  if (biases.length > 1) return null;
  const [bias] = biases;
  if (bias === undefined) return 0;
  return bias.current.kind === "constant" ? bias.current.value : null;
}

/** Units whose ReLU gives 0 for certain, or for all but certain, whatever goes in. */
const deadLayers = eachLayer((layer): readonly Remark[] => {
  if (!layer.isDirectlyActivated || !RECTIFIERS.has(layer.activation ?? "")) return [];
  const bias = biasOf(layer);
  const weights = layer.parameters.filter((one) => isWeight(one) || roleIn(one, layer) === "norm_scale");
  const [weight, ...others] = weights;
  if (bias === null || bias > 0 || weight === undefined || others.length > 0) return [];
  const message = isGivenLater(weight, layer) ? null : silentMessage(weight, layer, bias);
  return message === null ? [] : [{ message, site: layer.site }];
});

/** Tests take constants to know what comes out; where whole layers of 0 follow each other, that is said already. */
const deadUnits: Rule["find"] = (analysis) => {
  if (isTest(analysis.file)) return [];
  const found = deadLayers(analysis);
  const told = new Set(found.length === 0 ? [] : alikeUnits(analysis).map(({ site }) => siteKey(site)));
  return found.filter(({ site }) => !told.has(siteKey(site)));
};

function silentMessage(weight: LayerParameter, layer: Layer, bias: number): string | null {
  const { current, effectiveFanIn: fan } = weight;
  if (isZero(weight.current))
    return `${weightName(weight, layer)} is 0 and ${layer.activation} follows: it gives 0 and passes no gradient back, so this layer, and what only feeds it, never learns.`;
  const size = rootMeanSquare(current);
  if (bias === 0 || size === null || typeof fan !== "number" || roleIn(weight, layer) === "norm_scale")
    return null;
  const spread = size * Math.sqrt(fan);
  return bias > -FAR_BELOW * spread
    ? null
    : `The bias is ${formatNumber(bias)} and ${layer.activation} follows: with inputs of size 1 the sums have std ${formatNumber(spread, 3)}, so no unit is ever above 0, and none learns.`;
}

/** The scale of a norm that is drawn around 0, where it belongs around 1. */
const lostScale = eachDraw((parameter, layer) => {
  const { current } = parameter;
  if (roleIn(parameter, layer) !== "norm_scale" || !isSet(parameter, layer)) return null;
  const [centre, spread, size] = [mean(current), std(current), rootMeanSquare(current)];
  if (centre === null || spread === null || size === null || spread === 0 || size > 0.5) return null;
  // RepVGG-like branches start small on purpose, from N(0.1, 0.1²).
  if (Math.abs(centre) > spread / 2) return null;
  return `${weightName(parameter, layer)} is drawn from ${describe(current)}: the norm makes its input ${formatNumber(1 / size, 2)} times smaller and turns the sign of half of it. A norm's scale starts at 1, or is drawn around 1.`;
});

/** Zeros where a norm's scale belongs and ones where its bias does. */
const exchangedNorm = eachLayer((layer): readonly Remark[] => {
  const scale = layer.parameters.find((one) => roleIn(one, layer) === "norm_scale");
  const isExchanged = scale !== undefined && isZero(scale.current) && biasOf(layer) === 1;
  if (!isExchanged) return [];
  const message = `${weightName(scale, layer)} is 0 and the bias 1: they are exchanged, and the norm gives 1 whatever goes in.`;
  return [{ message, site: layer.site }];
});

/** Units and norms that give nothing. */
export const DEAD_RULES: readonly Rule[] = [
  {
    code: "IL027",
    severity: "warning",
    title: "units that start dead",
    why: "A ReLU passes no gradient on where it gives 0. Weights of 0 before it, the scale of a norm at 0, or a bias far below the sums leave it at 0 for every input: nothing there ever changes. Zeros belong at the end of a residual branch, where a sum follows.",
    found: `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 64)
        nn.init.constant_(self.fc.bias, -10.0)
    def forward(self, x):
        return torch.relu(self.fc(x))
net = Net()`,
    fine: "nn.init.zeros_(self.fc.bias)",
    history: [
      {
        issue: "lucidrains/deep-cross-attention#2",
        what: "weights of 0 stood before a ReLU, so that no gradient ever moved them",
      },
      {
        issue: "facebookresearch/dlrm#358",
        what: "biases drawn large and negative left ReLUs dead from the start",
      },
    ],
    find: deadUnits,
  },
  {
    code: "IL028",
    severity: "warning",
    title: "the scale of a norm around 0",
    why: "A norm makes its input's size 1 and multiplies by its scale. DCGAN draws scales from N(1, 0.02²); a function that draws all weights from N(0, 0.02²) silences each norm fifty times. Zeros and ones belong the other way round: ones for the scale, zeros for the bias.",
    found:
      "def weights_init(m):\n    if isinstance(m, (nn.Conv2d, nn.BatchNorm2d)):\n        nn.init.normal_(m.weight, 0.0, 0.02)",
    fine: "def weights_init(m):\n    if isinstance(m, nn.Conv2d):\n        nn.init.normal_(m.weight, 0.0, 0.02)\n    elif isinstance(m, nn.BatchNorm2d):\n        nn.init.normal_(m.weight, 1.0, 0.02)",
    history: [
      {
        issue: "keras-team/keras#1861",
        what: "batch normalization drew its scales uniformly between -0.05 and 0.05",
      },
    ],
    find: (analysis) => [...lostScale(analysis), ...exchangedNorm(analysis)],
  },
];
