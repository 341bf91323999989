/** Parts of a model that are put in the place of others which an optimizer has. */
import type { Machine } from "../../../python/machine.js";
import type { PyInstance, Value } from "../../../python/values.js";
import type { Noticed } from "../../observations.js";
import { Tensor } from "../../tensors/tensor.js";
import { noteTraining } from "../../tensors/trainingState.js";
import { madeBy } from "../module/moduleState.js";
import { entries, isModule, members } from "../module/traversal.js";

interface Replaced {
  readonly owner: PyInstance;
  readonly name: string;
  readonly part: Value;
}

interface Record {
  readonly replaced: Replaced[];
  /** How many of these an optimizer had made a step after. */
  stepped: number;
}

const records = new WeakMap<Machine, Record>();

function recordOf(machine: Machine): Record {
  const record = records.get(machine) ?? { replaced: [], stepped: 0 };
  records.set(machine, record);
  return record;
}

/** Notes that a module gets another part under a name whose present one is trained. */
export function noteReplaced(
  machine: Machine,
  owner: PyInstance,
  name: string,
  before: Value | undefined,
  part: Value,
): void {
  if (before === undefined || before === part || machine.inBranch) return;
  if (!tensorsOf(machine, before).some(({ storage }) => storage.isTrained)) return;
  recordOf(machine).replaced.push({ owner, name, part });
}

/** Notes a step of an optimizer. */
export function noteStep(machine: Machine): null {
  noteTraining(machine);
  const record = records.get(machine);
  if (record !== undefined) record.stepped = record.replaced.length;
  return null;
}

/** New parts that no optimizer ever has, though one trains what stood there before. */
export function leftBehind(machine: Machine): Noticed[] {
  const { replaced, stepped } = records.get(machine) ?? { replaced: [], stepped: 0 };
  return replaced.slice(0, stepped).flatMap(({ owner, name, part }): Noticed[] => {
    const isThere = [...entries(machine, owner, "_parameters"), ...entries(machine, owner, "_modules")].some(
      (one) => one.name === name && one.value === part,
    );
    const tensors = tensorsOf(machine, part);
    const isLeft = tensors.every(
      ({ storage, requiresGrad }) => requiresGrad && !storage.isTrained && storage.history?.op !== "unknown",
    );
    if (!isThere || tensors.length === 0 || !isLeft) return [];
    const calls = part instanceof Tensor ? part.made : isModule(machine, part) ? madeBy(part) : [];
    return [{ what: { kind: "left_behind", name }, calls }];
  });
}

function tensorsOf(machine: Machine, part: Value): Tensor[] {
  if (part instanceof Tensor) return [part];
  return isModule(machine, part)
    ? members(machine, part, "_parameters").flatMap(({ value }) => (value instanceof Tensor ? [value] : []))
    : [];
}
