/** What is told of a stretch of text, and how the text is mended. */
import type { Observation } from "../../types.js";

type WithoutPlace<T> = T extends unknown ? Omit<T, "site" | "fix"> : never;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A change of the text, by offsets. */
export interface Change extends Stretch {
  readonly newText: string;
}

export interface Pattern extends Stretch {
  readonly what: WithoutPlace<Observation>;
  readonly fix?: { readonly title: string; readonly changes: readonly Change[] };
}

/** A pattern by the text of its statement, and whether the module's whole text lets it be told. */
export interface Candidate extends Pattern {
  readonly isTold?: (text: string) => boolean;
}
