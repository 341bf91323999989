/** What takes part in the undo journal. */
import type { Value } from "./object.js";
import type { Unknown } from "./unknown.js";

/** Counts evaluations and branches, of all evaluators, so that an object can tell in which one it was made. */
export const evaluations = { count: 0 };

/** Something that can change and be put back. A state is never changed after it was taken. */
export interface Journaled<State> {
  /** The evaluation it was made in; undefined for what no later one can see. */
  readonly born?: number;
  snapshot(): State;
  restore(state: State): void;
  /** The state that says only what both say. */
  merge(first: State, second: State, merger: Merger): State;
}

/** How two ends of a branch become one. */
export interface Merger {
  /**
   * Equal values stay, others (and a value that only one side has) become unknown, called after the variable
   * or attribute `name` that holds them.
   */
  value(first: Value | undefined, second: Value | undefined, name?: string): Value;
  /** A fresh unknown whose reason is the branch; `what` names what is unknown: "this list's length". */
  unknown(what?: string): Unknown;
  /** Whether an object is there only where the arm that changes it is taken. */
  isOfOneArm?(object: Journaled<unknown>): boolean;
}
