import type { Site } from "../../types.js";
import { eachObservation } from "./observed.js";
import type { Rule } from "./rule.js";

/** Layers that start as one. */
const equalCopies = eachObservation("copies", ({ count, class: name, shared, parts }) => {
  if (shared)
    return `All ${count} entries are one and the same ${name}: there is one set of weights, not ${count}. Make each in a comprehension.`;
  return parts === undefined
    ? `These ${count} modules are copies of one ${name} and start with equal weights. Make each anew, or draw the weights again.`
    : `${listed(parts)} of these ${count} modules of class ${name} ${parts.length === 1 ? "is copied and starts" : "are copied and start"} with equal values. Make each anew, or draw the values again.`;
});

const MAX_NAMES = 3;

const listed = (names: readonly string[]): string =>
  names.length <= MAX_NAMES ? names.join(", ") : `${names.slice(0, MAX_NAMES).join(", ")} …`;

/** Weights that one seed, key or initializer drew for several layers. */
const equalDraws = eachObservation("equal_draws", ({ name, drawnWith, seed, count, other, site }) => {
  const [source, advice] = {
    seed: [`seed ${seed}`, "Give each initializer a seed of its own, or none, and make one for each layer."],
    generator: [`seed ${seed}`, "Set a seed once, before the first draw."],
    key: ["one key", "Split the key, and use each part once."],
    stream: [
      "the first key of a stream of one seed",
      "Make one Rngs for the model, and give it to each layer.",
    ],
    array: ["one array", "Draw an array for each layer."],
    initializer: [
      "one initializer, which gives the same values each time",
      "Make an initializer for each layer.",
    ],
  }[drawnWith] as [string, string];
  const which =
    count > 1
      ? `The ${count} layers made here have a ${name} drawn with ${source}, so they`
      : `${name} is drawn with ${source}, as is the one ${placeFrom(other, site)}: both`;
  return `${which} start with the same values. ${advice}`;
});

function placeFrom(place: Site | null, here: Site): string {
  if (place === null) return "in another file";
  if (place.cell !== here.cell) return "in another cell";
  return place.line === here.line ? `in column ${place.column}` : `in line ${place.line}`;
}

/** Layers that start with one another's values. */
export const EQUAL_LAYER_RULES: readonly Rule[] = [
  {
    code: "IL019",
    severity: "warning",
    title: "layers that start equal",
    why: "`[layer] * n` holds one layer n times; copies made by `copy.deepcopy` start with the same weights. Layers made in a comprehension are drawn one by one. A Keras initializer, with a seed or without, gives the same values each time it is used for one shape, and so does a key of JAX; NumPy and torch draw the same twice after one seed is set twice, as layers do that set it in their constructor.",
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
      { issue: "netket/netket#241", what: "one seed was set for each layer, which started equal" },
      { issue: "deel-ai/deel-lip#64", what: "an initializer made once was shared by all instances" },
      {
        issue: "google/flax#2665",
        what: "a key that was not split gave each element of a batch equal weights",
      },
    ],
    find: (analysis) => [...equalCopies(analysis), ...equalDraws(analysis)],
  },
];
