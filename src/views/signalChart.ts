/** The size of a model's signal as the data of a chart. */
import type { PayloadInput } from "../charts/payload.js";
import type { SignalReport } from "../types.js";

/** The layers whose std is known in one direction at least; null where there is none. */
export function signalPayload({ layers }: SignalReport): PayloadInput | null {
  const known = layers.filter(({ forwardStd, backwardStd }) => forwardStd !== null || backwardStd !== null);
  return known.length === 0 ? null : { version: 1, chart: "signal", layers: known };
}
