import { formatNumber } from "../distributions.js";
import { eachObservation } from "./observed.js";
import type { Rule } from "./rule.js";

/** Above this an output drawn as an embedding makes the first predictions confident and wrong. */
const LARGE_LOGITS = 3;

/** torch draws embeddings from N(0, 1); shared with an output layer they make large logits. */
const tiedEmbedding = eachObservation("tied", ({ std, width }) => {
  const size = std * Math.sqrt(width);
  if (size < LARGE_LOGITS) return null;
  return `Its weight is an output layer's too: with std ${formatNumber(std)} and ${width} features of size 1 the first outputs have std ${formatNumber(size, 3)}. A std of about ${formatNumber(1 / Math.sqrt(width), 2)} keeps them at 1.`;
});

/** Embeddings that serve as output layers too. */
export const EMBEDDING_RULES: readonly Rule[] = [
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
];
