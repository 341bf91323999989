import type { PyInstance, Span } from "./values.js";

/** A Python exception on its way up. Not an Error: it is thrown often and needs no JavaScript stack. */
export class Raised {
  constructor(
    readonly exception: PyInstance,
    /** Where it was raised. */
    readonly origin: Span | null,
    /** By a `raise` or `assert` of the program, not by an operation that failed. */
    readonly isDeliberate = false,
  ) {}

  toString(): string {
    return this.exception.cls.name;
  }
}

/** A budget is used up: ends the whole evaluation; Python code cannot catch it. */
export class Exhausted {
  constructor(
    /** In plain words: "more than 200 million steps". */
    readonly reason: string,
    /** The call expressions it ended in, innermost first. */
    readonly calls: readonly Span[],
  ) {}

  toString(): string {
    return this.reason;
  }
}

/** What the reason of every `Exhausted` begins with. */
export const STOPPED = "Evaluation stopped: ";

/** How notes begin that say what a statement raised. */
export const FAILED = "This statement failed: ";
