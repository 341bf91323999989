import type { Finding } from "../types.js";
import { ARGUMENT_RULES } from "./findings/arguments.js";
import { DEAD_RULES } from "./findings/dead.js";
import { EFFECT_RULES } from "./findings/effect.js";
import { EMBEDDING_RULES } from "./findings/embeddings.js";
import { EQUAL_LAYER_RULES } from "./findings/equalLayers.js";
import { FAN_RULES } from "./findings/fans.js";
import { MEMORY_RULES } from "./findings/memory.js";
import { ORDER_RULES } from "./findings/order.js";
import { RAISING_RULES } from "./findings/raising.js";
import { RECURRENT_RULES } from "./findings/recurrent.js";
import { RESIDUAL_RULES } from "./findings/residual.js";
import type { Judged, Rule } from "./findings/rule.js";
import { SCALE_RULES } from "./findings/scale.js";
import { SIZE_RULES } from "./findings/sizes.js";
import { SYMMETRY_RULES } from "./findings/symmetry.js";
import { TRUNCATION_RULES } from "./findings/truncation.js";
import { UNTRAINED_RULES } from "./findings/untrained.js";

/** The files of rules. A rule is one entry of its family's list. */
const FAMILIES: readonly (readonly Rule[])[] = [
  MEMORY_RULES,
  SYMMETRY_RULES,
  SCALE_RULES,
  DEAD_RULES,
  TRUNCATION_RULES,
  FAN_RULES,
  RECURRENT_RULES,
  RESIDUAL_RULES,
  SIZE_RULES,
  ORDER_RULES,
  ARGUMENT_RULES,
  RAISING_RULES,
  EFFECT_RULES,
  EQUAL_LAYER_RULES,
  EMBEDDING_RULES,
  UNTRAINED_RULES,
];

/** Every rule, by code. Codes are never used twice; a rule that goes leaves its code behind. */
export const RULES: readonly Rule[] = FAMILIES.flat().sort((a, b) => (a.code < b.code ? -1 : 1));

/** What the rules find in an analysis, in the order of the source. */
export function findings(analysis: Judged, rules: readonly Rule[] = RULES): readonly Finding[] {
  const found = rules.flatMap(({ code, severity, find }) =>
    find(analysis).map(({ fix = null, ...remark }) => ({ code, severity, ...remark, fix })),
  );
  return found.sort((a, b) => a.site.line - b.site.line || a.site.column - b.site.column);
}
