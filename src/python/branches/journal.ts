/**
 * The undo journal. Where the evaluator cannot tell which way a program goes it runs both, each in a
 * journal of its own, and keeps only what both agree on.
 */
import {
  BoundMethod,
  type Choice,
  evaluations,
  type Journaled,
  Lazy,
  type Merger,
  type Period,
  PyFloat,
  PyInstance,
  PyIterator,
  PyTuple,
  possibilities,
  Unknown,
  type Value,
} from "../values.js";

/** What a branch changed: each object's state at its end. */
export type Changes = ReadonlyMap<Journaled<unknown>, unknown>;

export class Journal {
  readonly #before = new Map<Journaled<unknown>, unknown>();
  /** How many branches are open around it, itself included. */
  readonly depth: number;
  readonly #opened = ++evaluations.count;
  /** What was made between these moments is no part of the branch. */
  readonly #outside: { readonly from: number; readonly to: number }[] = [];

  constructor(private readonly outer: Journal | null = null) {
    this.depth = outer === null ? 1 : outer.depth + 1;
  }

  /**
   * Keeps the state of an object that is about to change. What the branch itself made it alone can see:
   * nothing has to be put back, nor joined with another branch.
   */
  save(object: Journaled<unknown>): void {
    if (object.born !== undefined && this.isOwn(object.born)) return;
    if (!this.#before.has(object)) this.#before.set(object, object.snapshot());
  }

  /** How many objects have changed. */
  get size(): number {
    return this.#before.size;
  }

  /** Modules that are loaded while a branch runs are no part of it, nor of those around it. */
  exclude(from: number, to: number): void {
    this.#outside.push({ from, to });
    this.outer?.exclude(from, to);
  }

  private isOwn(born: number): boolean {
    return born >= this.#opened && !this.#outside.some(({ from, to }) => born >= from && born <= to);
  }

  /** What has changed since the journal was opened. */
  changes(): Changes {
    const after = new Map<Journaled<unknown>, unknown>();
    for (const object of this.#before.keys()) after.set(object, object.snapshot());
    return after;
  }

  /** The same, as if `more` had been applied on top. */
  changesWith(more: Changes): Changes {
    return new Map([...this.changes(), ...more]);
  }

  /** Puts everything back as it was. */
  rollBack(): void {
    for (const [object, state] of this.#before) object.restore(state);
  }
}

/**
 * A merger for one condition; `make` gives the unknown that stands for what differs, `call` gives it a name.
 * `made`: when the objects were made that the branches are about.
 */
export function merger(
  make: (what: string | undefined) => Unknown,
  call: (name: string, unknown: Unknown) => Value,
  made: readonly Period[] = [],
): Merger {
  const from = evaluations.count + 1;
  return {
    unknown: make,
    value(first, second, name) {
      const same = agreed(first, second);
      if (same !== undefined) return same;
      // Both branches import the name: whether it is the same shows when somebody reads it.
      if (first instanceof Lazy && second instanceof Lazy)
        return new Lazy(() => this.value(first.force(), second.force(), name));
      // A program that reads a name which one branch alone imports went that way.
      if (first === undefined && second instanceof Lazy) return second;
      if (second === undefined && first instanceof Lazy) return first;
      const unknown = make(first === undefined || second === undefined ? "whether this exists" : undefined);
      unknown.may = possibilities([first, second]);
      unknown.arms = [first, second].filter((one) => one instanceof Unknown);
      // What is made from here on is of no arm.
      unknown.oneOf = choiceOf([first, second], [...made, { from, to: evaluations.count++ }]);
      return name === undefined ? unknown : call(name, unknown);
    },
  };
}

/** More are something unknown like any other: each is a branch of its own. */
const MOST_ALTERNATIVES = 4;
/** Of more branches, one after the other, the last ones are remembered. */
const MOST_PERIODS = 8;

function choiceOf(ends: readonly (Value | undefined)[], made: readonly Period[]): Choice | null {
  const choices = ends.flatMap((end): Choice[] => {
    if (end === undefined) return [];
    return [(end instanceof Unknown && end.oneOf) || { values: [end], made: [] }];
  });
  const values = new Set(choices.flatMap((one) => one.values));
  if (values.size > MOST_ALTERNATIVES || ![...values].some(isChosen)) return null;
  const periods = new Set([...choices.flatMap((one) => one.made), ...made]);
  return { values: [...values], made: [...periods].slice(-MOST_PERIODS) };
}

const isChosen = (value: Value): boolean =>
  value instanceof PyIterator || (value instanceof PyInstance && !value.cls.isBuiltin);

/** The value that both are, or undefined. */
function agreed(first: Value | undefined, second: Value | undefined): Value | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (first === second) return first;
  if (first instanceof PyFloat && second instanceof PyFloat && first.cls === second.cls) {
    return Object.is(first.value, second.value) ? first : undefined;
  }
  if (first instanceof PyTuple && second instanceof PyTuple && first.cls === second.cls) {
    const same =
      first.items.length === second.items.length &&
      first.items.every((item, index) => agreed(item, second.items[index]) !== undefined);
    return same ? first : undefined;
  }
  if (first instanceof BoundMethod && second instanceof BoundMethod) {
    return first.self === second.self && first.func === second.func ? first : undefined;
  }
  return undefined;
}

/** Merges the changes of two branches that began in the present state; changes nothing yet. */
export function mergeChanges(first: Changes, second: Changes, how: Merger): Changes {
  const merged = new Map<Journaled<unknown>, unknown>();
  for (const object of new Set([...first.keys(), ...second.keys()])) {
    const alone = first.has(object) ? (second.has(object) ? null : first) : second;
    if (alone !== null && how.isOfOneArm?.(object)) {
      merged.set(object, alone.get(object));
      continue;
    }
    const base = object.snapshot();
    const one = first.has(object) ? first.get(object) : base;
    const other = second.has(object) ? second.get(object) : base;
    merged.set(object, object.merge(one, other, how));
  }
  return merged;
}

/** Does again what a branch did before it was rolled back. */
export function reapply(changes: Changes, touch: (object: Journaled<unknown>) => void): void {
  for (const [object, state] of changes) {
    touch(object);
    object.restore(state);
  }
}
