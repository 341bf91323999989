import type { InitStep } from "../../types.js";
import { mean } from "../distributions.js";
import { fillsAnew } from "../inPlaceCalls.js";
import { eachLayer, type LayerParameter, type Remark, type Rule } from "./rule.js";

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

/** The gates of torch's LSTM, in the order in which its biases have them. */
const GATES = ["input gate", "forget gate", "cell candidate", "output gate"];

/** A positive number that is given to another gate than the one that forgets. */
const otherGate = eachLayer((layer): readonly Remark[] => {
  if (!/^torch\.nn\.LSTM(Cell)?$/.test(layer.class)) return [];
  return layer.parameters.flatMap((parameter) => {
    const gates = raisedGates(parameter);
    const [other] = gates;
    if (other === undefined || gates.includes(1)) return [];
    const size = (parameter.shape[0] as number) / GATES.length;
    const message = `${parameter.name} is raised for the ${GATES[other]}; the forget gate's entries are ${size} to ${2 * size - 1}.`;
    return [{ message, site: layer.site }];
  });
});

/** Of a bias the gates all of whose entries are set to one positive number, in the order it is done. */
function raisedGates({ name, shape, steps }: LayerParameter): readonly number[] {
  const [entries] = shape;
  if (!/^bias/.test(name) || typeof entries !== "number") return [];
  const size = entries / GATES.length;
  return steps.flatMap((step) => {
    const [from, to] = step.entries ?? [];
    return from !== undefined && to === from + size && from % size === 0 && isRaised(step)
      ? [from / size]
      : [];
  });
}

const isRaised = ({ op, args }: InitStep): boolean =>
  fillsAnew(op) && Object.values(args).some((one) => typeof one === "number" && one > 0);

/** Recurrent layers' gates. */
export const RECURRENT_RULES: readonly Rule[] = [
  {
    code: "IL011",
    severity: "information",
    title: "forget gate starts half closed",
    why: "With a forget bias around 0 an LSTM forgets about half of its state at each step until it has learnt not to. A forget bias of 1 lets gradients reach further back from the start (Gers et al., 2000; Jozefowicz et al., 2015). Keras does so by default. The gates of torch's biases are, in this order, input, forget, cell candidate, output: a number meant for the second quarter is sometimes given to another.",
    found: "self.rnn = nn.LSTM(128, 256)",
    fine: "self.rnn = nn.LSTM(128, 256)\nself.rnn.bias_ih_l0.data[256:512].fill_(1)",
    history: [{ issue: "kyegomez/xLSTM#1", what: "the forget gate's bias was not started at 1" }],
    find: (analysis) => [...forgetGate(analysis), ...otherGate(analysis)],
  },
];
