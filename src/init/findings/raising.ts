import { eachObservation } from "./observed.js";
import type { Rule } from "./rule.js";

/** Initialisation that stops with an exception. */
const willRaise = eachObservation(
  "raises",
  ({ exception, message }) => `This raises ${exception}: ${message.replace(/\.$/, "")}.`,
);

/** Initialisation that stops with an exception. */
export const RAISING_RULES: readonly Rule[] = [
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
];
