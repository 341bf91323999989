import type { PyInstance, Span } from "./values.js";

/** Where each exception was first raised. */
const ORIGINS = new WeakMap<PyInstance, Span>();

/** A Python exception on its way up. Not an Error: it is thrown often and needs no JavaScript stack. */
export class Raised {
  constructor(
    readonly exception: PyInstance,
    /** Where it was raised. */
    readonly origin: Span | null,
    /** By a `raise` or `assert` of the program, not by an operation that failed. */
    readonly isDeliberate = false,
  ) {
    if (origin !== null && !ORIGINS.has(exception)) ORIGINS.set(exception, origin);
  }

  /** Where it was raised, and before it those that were being handled then: the first one first. */
  get places(): readonly Span[] {
    const found: Span[] = [];
    const seen = new Set<unknown>();
    for (let one: unknown = this.exception; isException(one) && !seen.has(one); ) {
      seen.add(one);
      const place = ORIGINS.get(one);
      if (place !== undefined) found.unshift(place);
      one = one.attributes?.get("__cause__") ?? one.attributes?.get("__context__");
    }
    return found;
  }

  toString(): string {
    return this.exception.cls.name;
  }
}

const isException = (value: unknown): value is PyInstance => typeof value === "object" && value !== null;

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
