/** What every Python value is to the evaluator: see values.ts. */

import { isStub } from "../modules/stubs.js";
import type { PyClass } from "./classes.js";
import { evaluations, type Journaled, type Merger } from "./journaled.js";

export type Value = null | boolean | number | bigint | string | PyObject;

/** A place in a source text; offsets as in the syntax tree. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** `value`, or `other()` where there is none. `??` will not do: null is Python's None, a value like any other. */
export const ifAbsent = <Result extends Value | undefined>(
  value: Value | undefined,
  other: () => Result,
): Value | Result => (value === undefined ? other() : value);

let identities = 0;

/** Attributes that another object keeps, and puts back where a branch is undone. */
export abstract class LiveNamespace extends Map<string, Value> {}

/** Every value with an identity. `attributes` is the object's own namespace (`__dict__`), made when first needed. */
export abstract class PyObject implements Journaled<unknown> {
  attributes: Map<string, Value> | null = null;
  /** A plain field: every value has one, and a `#private` one costs more to make. */
  private identity = 0;
  readonly born = evaluations.count;

  constructor(public cls: PyClass) {}

  /** What `id()` gives: unique while the process lives. */
  get id(): number {
    if (this.identity === 0) this.identity = ++identities;
    return this.identity;
  }

  /** Subclasses with more state than attributes override the three, calling `super` for the attributes. */
  snapshot(): unknown {
    const { attributes } = this;
    return attributes === null || attributes instanceof LiveNamespace ? attributes : new Map(attributes);
  }
  restore(state: unknown): void {
    this.attributes =
      state === null || state instanceof LiveNamespace ? state : new Map(state as Map<string, Value>);
  }
  merge(first: unknown, second: unknown, merger: Merger): unknown {
    if (first === second && first instanceof LiveNamespace) return first;
    const { definition } = this.cls;
    return mergeMaps(
      first as Map<string, Value> | null,
      second as Map<string, Value> | null,
      merger,
      definition !== null && isStub(definition) ? publicName : nameOf,
    );
  }
}

const nameOf = (key: unknown): string | undefined => (typeof key === "string" ? key : undefined);
/** What the stubs' objects keep for themselves says nothing to people. */
const publicName = (key: unknown): string | undefined =>
  typeof key === "string" && !key.startsWith("_") ? key : undefined;

/** Entries that both sides agree on keep their value; the others become unknown. */
export function mergeMaps<Key>(
  first: ReadonlyMap<Key, Value> | null,
  second: ReadonlyMap<Key, Value> | null,
  merger: Merger,
  /** What the value of a key is called. */
  called: (key: Key) => string | undefined = nameOf,
): Map<Key, Value> {
  const merged = new Map<Key, Value>();
  for (const [key, value] of first ?? []) merged.set(key, merger.value(value, second?.get(key), called(key)));
  for (const [key, value] of second ?? []) {
    if (!first?.has(key)) merged.set(key, merger.value(undefined, value, called(key)));
  }
  return merged;
}
