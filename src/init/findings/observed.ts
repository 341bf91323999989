import type { Analysis, Observation, Site } from "../../types.js";
import { formatNumber } from "../distributions.js";
import type { Remark, Rule } from "./rule.js";

type OfKind<Kind extends Observation["kind"]> = Extract<Observation, { kind: Kind }>;

/** A rule that says in words what the analysis noticed, and hands its fix on. */
function eachObservation<Kind extends Observation["kind"]>(
  kind: Kind,
  say: (one: OfKind<Kind>) => string | null,
): Rule["find"] {
  return ({ observations }: Analysis): readonly Remark[] =>
    observations
      .filter((one): one is OfKind<Kind> => one.kind === kind)
      .flatMap((one) => {
        const message = say(one);
        return message === null ? [] : [{ message, site: one.site, fix: one.fix ?? null }];
      });
}

/** Initialisation that stops with an exception. */
export const willRaise = eachObservation(
  "raises",
  ({ exception, message }) => `This raises ${exception}: ${message.replace(/\.$/, "")}.`,
);

/** A test that is always true, or that leaves out what it names. */
export const oddCondition = eachObservation("odd_condition", ({ means }) => `${means}.`);

/** A new value that is not kept. */
export const discardedResult = eachObservation("discarded", ({ what }) => `${what}.`);

/** Initialisation that is written and never runs. */
export const neverCalled = eachObservation(
  "never_called",
  ({ name }) => `Nothing in this file calls ${name}, so what it draws is never drawn.`,
);

/** Names that a person still reads. */
const MOST_NAMES = 4;

/** Initialisation whose tests match nothing there is. */
export const idleVisit = eachObservation("idle_visit", ({ visited, names }) => {
  const some = names.slice(0, MOST_NAMES).join(", ");
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return visited === "parameters"
    ? `No parameter of the model has a name that is meant here, so nothing is drawn; there are ${some}${more}.`
    : `No module that is visited is of a class that is meant here, so nothing is drawn; there are ${some}${more}.`;
});

/** A draw into what is computed from other parameters. */
export const lostDraw = eachObservation(
  "lost_draw",
  ({ op, by }) =>
    `What ${op} draws here is lost: ${by} computes the weight anew before each use. Initialise the weight first, or draw into the parameters it is computed from.`,
);

/** `apply` before there is anything to apply to. */
export const earlyApply = eachObservation(
  "early_apply",
  ({ visitor, later }) =>
    `${visitor === "apply" ? "apply" : "The loop"} runs before the module has a parameter; the ${later} it gets afterwards keep their default. ${visitor === "apply" ? "Call" : "Put"} it after the last layer is made.`,
);

/** Layers that start as one. */
export const equalCopies = eachObservation("copies", ({ count, class: name, shared }) =>
  shared
    ? `All ${count} entries are one and the same ${name}: there is one set of weights, not ${count}. Make each in a comprehension.`
    : `These ${count} modules are copies of one ${name} and start with equal weights. Make each anew, or draw the weights again.`,
);

/** Weights that one seed, key or initializer drew for several layers. */
export const equalDraws = eachObservation("equal_draws", ({ name, drawnWith, seed, count, other, site }) => {
  const [source, advice] = {
    seed: [`seed ${seed}`, "Give each initializer a seed of its own, or none, and make one for each layer."],
    key: ["one key", "Split the key, and use each part once."],
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

/** Above this an output drawn as an embedding makes the first predictions confident and wrong. */
const LARGE_LOGITS = 3;

/** torch draws embeddings from N(0, 1); shared with an output layer they make large logits. */
export const tiedEmbedding = eachObservation("tied", ({ std, width }) => {
  const size = std * Math.sqrt(width);
  if (size < LARGE_LOGITS) return null;
  return `Its weight is an output layer's too: with std ${formatNumber(std)} and ${width} features of size 1 the first outputs have std ${formatNumber(size, 3)}. A std of about ${formatNumber(1 / Math.sqrt(width), 2)} keeps them at 1.`;
});

/** A gain in the place of a slope, whatever its value. */
export const slopeFromGain = eachObservation(
  "gain_as_slope",
  () =>
    "`a` is the slope of a leaky ReLU, and calculate_gain gives a gain; the gain becomes √(2/(1 + a²)). Leave a out and name the nonlinearity.",
);
