/**
 * What one evaluation may use. Each limit is far above what building a model takes, and low enough that
 * an editor stays alive. The end of a budget ends the evaluation with a diagnostic.
 */
export interface Budgets {
  /** Python operations: statements, calls, iterations. The largest model known to us takes 210 million. */
  readonly steps: number;
  /** Milliseconds by the host's clock, for what steps do not see: so many that a busy machine changes no answer. */
  readonly milliseconds: number;
  /** Elements of lists, characters of strings and the like that may be made in all, natively. */
  readonly elements: number;
}

export const DEFAULT_BUDGETS: Budgets = {
  steps: 300_000_000,
  milliseconds: 600_000,
  elements: 50_000_000,
};

/** Steps for running imported modules whole, in all further attempts: a package with hundreds of parts ends it. */
export const EAGER_STEPS = 12_000_000;

/** What each of these attempts may take where those before it left nothing: the program's own modules are few. */
export const LEAST_EAGER_STEPS = 2_000_000;

/** Characters of a module that is run whole which count as a step: reading it is most of the work. */
export const CHARACTERS_A_STEP = 2;

/**
 * Python calls inside one another. CPython stops at 1,000; real constructors nest below 100. Each takes
 * about ten JavaScript frames of the stack, of which Node has room for about 10,000.
 */
export const MAX_CALL_DEPTH = 350;

/** Elements one native operation may make: `[0] * n`, `"x" * n`, `list(range(n))`. */
export const MAX_ELEMENTS = 20_000_000;

/** Items nobody knows that a class of the program's own may give one after another, as if it had no end. */
export const MAX_UNKNOWN_ITEMS = 200;

/** Bits of an int: `2 ** n` beyond is no size of anything. */
export const MAX_INTEGER_BITS = 4096;

/** What a top-level statement may use of what is left: after ten that use all of it, a twentieth is left. */
export const STATEMENT_SHARE = 0.25;

/** What a loop or a call for its effect at the top of a module may use: training has no end. */
export const TRAINING_STEPS = 6_000_000;

/** Steps that a value nobody knows counts as in such a loop: most of its work are branches on such values. */
export const STEPS_AN_UNKNOWN_IN_TRAINING = 30;

/** Steps between two looks at the clock. */
export const STEPS_BETWEEN_CLOCKS = 20_000;

/** Diagnostics kept; a loop could make millions. */
export const MAX_DIAGNOSTICS = 200;

/** Branches on something unknown inside one another into which calls are followed. */
export const MAX_BRANCH_DEPTH = 8;

/** Steps that undoing or joining one object's change in a branch counts as: a state is copied, put back and compared. */
export const STEPS_A_CHANGE = 10;

/** Calls followed inside branches on something unknown, in one evaluation; a large model takes 100,000 in all. */
export const MAX_CALLS_IN_BRANCHES = 100_000;

/** Levels of one function inside branches on something unknown: each level doubles the work. */
export const MAX_RECURSION_IN_BRANCHES = 3;
