/** Iterators, which cannot be wound back. */
import type { Machine } from "../machine.js";
import { type PyClass, types } from "./classes.js";
import { PyObject, type Value } from "./object.js";
import type { Unknown } from "./unknown.js";

/**
 * Any iterator. `step` gives the next value, undefined at the end.
 * An iterator cannot be wound back: one that was advanced in an undone branch is spoiled, and what it
 * gives from then on is unknown.
 */
export class PyIterator extends PyObject {
  spoiled = false;
  /** Looked at once `next` gave undefined: set when nobody knows whether there would have been more. */
  uncertain: Unknown | null = null;

  constructor(
    private readonly step: () => Value | undefined,
    cls: PyClass = types.iterator,
    /** What it reads from: where they end uncertainly, so does this. */
    private readonly sources: readonly Next[] = [],
  ) {
    super(cls);
  }
  next(machine: Machine): Value | undefined {
    machine.touch(this);
    if (this.spoiled) {
      this.uncertain = machine.unknown("an iterator that was advanced in one branch only");
      return undefined;
    }
    const value = this.step();
    if (value === undefined) {
      for (const source of this.sources) this.uncertain ??= source.uncertain ?? null;
    }
    return value;
  }
  override snapshot(): unknown {
    return null;
  }
  override restore(): void {
    this.spoiled = true;
  }
  override merge(): unknown {
    return null;
  }
}

/** One value after the other; undefined at the end. `uncertain` is as in PyIterator. */
export interface Next {
  (): Value | undefined;
  uncertain?: Unknown | null;
}
