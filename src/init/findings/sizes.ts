import type { Rule } from "./rule.js";

/** A layer that is given another size than it takes, where a model runs on a known input. */
const sizesDoNotFit: Rule["find"] = ({ flow }) =>
  (flow?.misfits ?? []).map(({ message, site, fix }) => ({ message: `${message}.`, site, fix }));

/** Sizes between layers. */
export const SIZE_RULES: readonly Rule[] = [
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
];
