import type { Analysis, Layer, Site } from "../../types.js";
import { eachObservation } from "./observed.js";
import { eachParameter, type Rule, weightName } from "./rule.js";

/**
 * A tensor made without values that nothing filled. Lazy modules draw theirs when they first see an input; of
 * one whose parts were written nobody knows whether all were.
 */
const uninitialised = eachParameter((parameter, layer) => {
  const { current, steps } = parameter;
  if (parameter.layer.startsWith("Lazy")) return null;
  if (current.kind !== "unknown" || !/uninitiali[sz]ed/.test(current.source ?? "")) return null;
  if (steps.some(({ whole }) => !whole)) return null;
  return saysUnfilled(weightName(parameter, layer));
});

/** Scales of numbers that are stored with few bits: `weight_scale_inv` of `weight`. */
const SCALE = /_(scales?|scale_inv|zero_points?)$/;

/** Without what holds a quantised checkpoint's numbers, which nothing but the file can tell. */
function withoutQuantised(layers: readonly Layer[]): readonly Layer[] {
  const names = layers.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  const scaled = new Set(names.filter((name) => SCALE.test(name)).map((name) => name.replace(SCALE, "")));
  return scaled.size === 0
    ? layers
    : layers.filter(({ parameters }) => !parameters.some(({ name }) => SCALE.test(name) || scaled.has(name)));
}

/** The same of arrays, of which the text tells it. */
const reserved = eachObservation("reserved", ({ name }) => saysUnfilled(name));

const saysUnfilled = (name: string): string =>
  `${name} holds whatever was in memory: it is made without values and nothing fills it.`;

/** Without what a class makes whose instances others may fill, where no call that the document writes makes one. */
const followedLayers = ({ layers, filledLater = [] }: Analysis): readonly Layer[] =>
  filledLater.length === 0
    ? layers
    : layers.filter(
        ({ site, calls = [] }) =>
          !calls.some(({ isShown, isAssumed }) => isShown && isAssumed) ||
          !filledLater.some((one) => isInside(site, one)),
      );

const isInside = (site: Site, { cell, line, endLine = line }: Site): boolean =>
  site.cell === cell && site.line >= line && site.line <= endLine;

/** Weights that hold what was in memory. */
export const MEMORY_RULES: readonly Rule[] = [
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
    find: (analysis) => [
      ...uninitialised({ ...analysis, layers: withoutQuantised(followedLayers(analysis)) }),
      ...reserved(analysis),
    ],
  },
];
