/** When a program began to train: what is written to its weights from then on is not what they start from. */
import type { Machine } from "../../python/machine.js";

/** Counts memory, so that each piece tells whether it was there when training began. */
export const memories = { count: 0 };

const began = new WeakMap<Machine, number>();

/** Notes a gradient or an optimizer's step; what was made before is trained, or follows what is. */
export const noteTraining = (machine: Machine): void => {
  if (!began.has(machine)) began.set(machine, memories.count);
};

/** Whether memory was there when the program began to train. */
export const isFromBefore = (machine: Machine, order: number): boolean => order < (began.get(machine) ?? 0);
