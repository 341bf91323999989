/** Which modules and parameters the loops of a program went through, and which modules its functions were applied to. */
import type { Machine } from "../python/machine.js";
import type { Span } from "../python/values.js";

/** A module or a parameter. */
export interface Visited {
  /** Its path in the model, where the visitor is told it. */
  readonly name: string | null;
  /** A module's own class and those above it, nearest first; empty for a parameter. */
  readonly classes: readonly string[];
  /** Whether there is something to draw: it is a parameter, or has some that no other visited module has. */
  readonly hasWeights: boolean;
}

/** Everything that one call of `modules()`, `named_parameters()` or `apply` goes through. */
export interface Visit {
  /** The call. */
  readonly span: Span;
  /** The definition of the function that is applied; null for a loop. */
  readonly applied: Span | null;
  readonly items: readonly Visited[];
  /** There may be others that are not known. */
  readonly isOpen: boolean;
  /** Attributes whose values are arguments that nobody knows: each may be a module. */
  readonly given: readonly string[];
  /** Parameters that the module has in the end, where it had none then; else null. */
  readonly later: number | null;
}

/** A visit when it begins. */
interface Begun extends Omit<Visit, "later"> {
  readonly later: () => number | null;
}

interface Records {
  readonly visits: Begun[];
  /** Items of all visits. */
  held: number;
}

const records = new WeakMap<Machine, Records>();

/** What visits may hold together: past it they only say that they were. */
const MAX_ITEMS = 50_000;

/** Notes what a call goes through. */
export function noteVisit(machine: Machine, { items, isOpen, ...visit }: Begun): void {
  const noted = records.get(machine) ?? { visits: [], held: 0 };
  records.set(machine, noted);
  const distinct = new Map(items.map((one) => [`${one.name} ${one.classes.join(" ")}`, one]));
  const isTooMuch = noted.held + distinct.size > MAX_ITEMS;
  if (!isTooMuch) noted.held += distinct.size;
  noted.visits.push({
    ...visit,
    items: isTooMuch ? [] : [...distinct.values()],
    isOpen: isOpen || isTooMuch,
  });
}

/** What was noted since it was last asked. */
export function takeVisits(machine: Machine): readonly Visit[] {
  const visits = records.get(machine)?.visits ?? [];
  records.delete(machine);
  return visits.map((visit) => ({ ...visit, later: visit.later() }));
}
