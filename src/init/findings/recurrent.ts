import { mean } from "../distributions.js";
import { eachLayer } from "./rule.js";

/** torch's and Flax's LSTM start the forget gate half closed. */
export const forgetGate = eachLayer((layer) => {
  if (!/(^|\.)(Optimized)?LSTM(Cell)?$/.test(layer.class)) return [];
  const biases = layer.parameters.filter(({ name }) => /bias/.test(name));
  const centres = biases.map(({ current }) => mean(current));
  if (biases.length === 0 || centres.some((centre) => centre === null || centre !== 0)) return [];
  const message =
    "The forget gate's bias starts around 0, so about half of the state is forgotten at every step; a bias of 1 keeps it longer (Jozefowicz et al., 2015).";
  return [{ message, site: layer.site }];
});
