/** What every operation does to the signal: one table. An operation without a row makes what follows unknown. */
import { dataProduct, dotProductAttention, manyHeads, masked, softmax } from "./attention.js";
import { elementwise, prelu, unitStatistic } from "./elementwise.js";
import { NORMS } from "./norms.js";
import { POOLS } from "./pools.js";
import { RESHAPING } from "./reshaping.js";
import type { Call, Outcome, Rule } from "./rule.js";
import { WEIGHTED, weightProduct } from "./weighted.js";

/** The first rule that knows an answer. */
const firstOf =
  (...rules: readonly Rule[]): Rule =>
  (call) => {
    for (const rule of rules) {
      const outcome = rule(call);
      if (outcome !== null) return outcome;
    }
    return null;
  };

const product = firstOf(weightProduct, dataProduct);

const RULES: Readonly<Record<string, Rule>> = {
  ...WEIGHTED,
  ...NORMS,
  ...POOLS,
  ...RESHAPING,
  mean: firstOf(POOLS.mean!, unitStatistic),
  matmul: product,
  mm: product,
  bmm: product,
  addmm: weightProduct,
  softmax,
  log_softmax: softmax,
  masked_fill: masked,
  prelu,
  scaled_dot_product_attention: dotProductAttention,
  _attention: manyHeads,
};

/** What comes out of an operation and how gradients go back through it; null where that cannot be derived. */
export const outcomeOf = (call: Call): Outcome | null => (RULES[call.operation.name] ?? elementwise)(call);
