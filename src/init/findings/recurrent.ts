import { mean } from "../distributions.js";
import { eachLayer, type Rule } from "./rule.js";

/** torch's and Flax's LSTM start the forget gate half closed. */
const forgetGate = eachLayer((layer) => {
  if (!/(^|\.)(Optimized)?LSTM(Cell)?$/.test(layer.class)) return [];
  const biases = layer.parameters.filter(({ name }) => /bias/.test(name));
  const centres = biases.map(({ current }) => mean(current));
  if (biases.length === 0 || centres.some((centre) => centre === null || centre !== 0)) return [];
  const message =
    "The forget gate's bias starts around 0, so about half of the state is forgotten at every step; a bias of 1 keeps it longer (Jozefowicz et al., 2015).";
  return [{ message, site: layer.site }];
});

/** Recurrent layers' gates. */
export const RECURRENT_RULES: readonly Rule[] = [
  {
    code: "IL011",
    severity: "information",
    title: "forget gate starts half closed",
    why: "With a forget bias around 0 an LSTM forgets about half of its state at each step until it has learnt not to. A forget bias of 1 lets gradients reach further back from the start (Gers et al., 2000; Jozefowicz et al., 2015). Keras does so by default.",
    found: "self.rnn = nn.LSTM(128, 256)",
    fine: "self.rnn = nn.LSTM(128, 256)\nself.rnn.bias_ih_l0.data[256:512].fill_(1)",
    history: [{ issue: "kyegomez/xLSTM#1", what: "the forget gate's bias was not started at 1" }],
    find: forgetGate,
  },
];
