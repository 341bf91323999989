/** Where a program begins to train: what it draws ends there. */
import type { Machine } from "../../../python/machine.js";
import { PyList, PyTuple, Unknown, type Value } from "../../../python/values.js";
import { Tensor } from "../../tensors/tensor.js";

/**
 * Takes what a group of an optimizer has as its parameters, gives them back as a list. What nobody knows of
 * them changes a trained weight from here on, and not what it starts from.
 */
export function beginTraining(machine: Machine, params: Value): Value {
  const all = params instanceof Tensor ? [params] : machine.iterate(params);
  if (all instanceof Unknown) {
    mark(machine, all);
    return all;
  }
  for (const one of all) mark(machine, one);
  return new PyList([...all]);
}

/** A tensor, its name and itself, or one of several that it may be. */
function mark(machine: Machine, value: Value): void {
  if (value instanceof Tensor) {
    machine.touch(value.storage);
    value.storage.isTrained = true;
  } else if (value instanceof PyTuple) for (const one of value.items) mark(machine, one);
  else if (value instanceof Unknown) for (const one of value.may) mark(machine, one);
}
