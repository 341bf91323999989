import type { Fork } from "../branches/fork.js";
import type { Journal } from "../branches/journal.js";
import type { Engine } from "../engine.js";
import type { Scope } from "../syntax/scope.js";
import type { Journaled, Merger } from "../values.js";
import {
  Cell,
  type PyInstance,
  type PyModule,
  type PyObject,
  type Span,
  type Unknown,
  type Value,
} from "../values.js";

/** How a statement ended. */
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export const RETURN = 3;
/** In several ways, depending on what is unknown: see `frame.fork`. */
export const FORKED = 4;
export type Completion = typeof NORMAL | typeof BREAK | typeof CONTINUE | typeof RETURN | typeof FORKED;

/** A compiled expression, and a compiled statement. */
export type Evaluate = (frame: Frame) => Value;
export type Execute = (frame: Frame) => Completion;

type Slot = Value | Cell | undefined;

/** One activation of a function, class body or module. */
export class Frame implements Journaled<Slot[]> {
  slots: Slot[];
  /** The call expression this frame is executing. */
  site: Span | null = null;
  /** The value of a `return`. */
  returned: Value = null;
  fork: Fork | null = null;
  /** The exception an `except` block is handling, for a bare `raise`. */
  handling: PyInstance | null = null;
  /** Holds the names of a class body. */
  namespace: PyObject | null = null;
  /** Set when a generator ended only because nobody knows whether it would have gone on. */
  uncertain: Unknown | null = null;
  depth: number;
  /** A frame made inside a branch vanishes with it, so its variables need no saving there. */
  readonly journal: Journal | null;

  constructor(
    readonly machine: Engine,
    readonly scope: Scope,
    readonly globals: PyModule,
    readonly closure: readonly Cell[],
    public back: Frame | null,
  ) {
    this.slots = new Array<Slot>(scope.layout.slots).fill(undefined);
    this.depth = back === null ? 0 : back.depth + 1;
    this.journal = machine.journal;
  }

  /** Call before a local variable changes. */
  touch(): void {
    const { journal } = this.machine;
    if (journal !== null && journal !== this.journal) journal.save(this);
  }

  snapshot(): Slot[] {
    return this.slots.slice();
  }
  restore(state: Slot[]): void {
    this.slots = state.slice();
  }
  merge(first: Slot[], second: Slot[], merger: Merger): Slot[] {
    return first.map((one, index) => {
      const other = second[index];
      if (one instanceof Cell || other instanceof Cell) return one instanceof Cell ? one : other;
      return one === undefined && other === undefined
        ? undefined
        : merger.value(one, other, this.scope.nameOf(index));
    });
  }
}
