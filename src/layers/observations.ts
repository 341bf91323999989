/** What frameworks' natives notice while a program is evaluated, before its places are lines and columns. */
import type { Machine } from "../python/machine.js";
import type { Span } from "../python/values.js";
import type { Observation } from "../types.js";

type WithoutPlace<T> = T extends unknown ? Omit<T, "site" | "fix" | "other"> : never;

/** An observation, with the calls in which it was made, innermost first. */
export interface Noticed {
  readonly what: WithoutPlace<Observation>;
  readonly calls: readonly Span[];
  /** The calls of what it is compared with. */
  readonly other?: readonly Span[];
  /** A call of which it only holds where it makes a part of a network, rather than the same network again. */
  readonly part?: Span;
}

const records = new WeakMap<Machine, Noticed[]>();

/** Notes something, at the call being executed where none is given. What happens in a branch that may not be taken is not noted. */
export function notice(
  machine: Machine,
  what: WithoutPlace<Observation>,
  calls: readonly Span[] = machine.callStack(),
): void {
  if (machine.inBranch) return;
  const list = records.get(machine) ?? [];
  records.set(machine, list);
  list.push({ what, calls });
}

export const noticed = (machine: Machine): readonly Noticed[] => records.get(machine) ?? [];

/** Notes that initialisation raises, unless the program expects that it may, and raises. */
export function refuse(machine: Machine, exception: string, message: string): never {
  if (!machine.isGuarded) notice(machine, { kind: "raises", exception, message });
  return machine.raise(exception, message);
}
