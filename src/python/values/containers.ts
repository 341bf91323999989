/** Lists, dicts, sets, and views of namespaces. */

import type { Machine } from "../machine.js";
import { Lazy, type PyClass, PyModule, types } from "./classes.js";
import { PyTuple } from "./data.js";
import type { Merger } from "./journaled.js";
import { PyObject, type Value } from "./object.js";
import { possibilities, type Unknown } from "./unknown.js";

interface ListState {
  readonly items: Value[];
  readonly uncertain: Unknown | null;
  readonly attributes: unknown;
}

export class PyList extends PyObject {
  /** Set when nobody knows which items it has: every use of its content is then unknown. */
  uncertain: Unknown | null = null;

  constructor(
    public items: Value[],
    cls: PyClass = types.list,
  ) {
    super(cls);
  }
  override snapshot(): unknown {
    return { items: this.items.slice(), uncertain: this.uncertain, attributes: super.snapshot() };
  }
  override restore(state: ListState): void {
    this.items = state.items.slice();
    this.uncertain = state.uncertain;
    super.restore(state.attributes);
  }
  override merge(first: ListState, second: ListState, merger: Merger): unknown {
    const isSameLength = first.items.length === second.items.length;
    const uncertain =
      first.uncertain ?? second.uncertain ?? (isSameLength ? null : merger.unknown("this list's length"));
    return {
      // Which item stands where nobody asks any more, and at each turn of a loop there would be more of them.
      items:
        uncertain === null
          ? first.items.map((item, index) => merger.value(item, second.items[index]))
          : [...possibilities([...first.items, ...second.items])],
      uncertain,
      attributes: super.merge(first.attributes, second.attributes, merger),
    };
  }
}

/**
 * A key in normal form, so that `1`, `1.0` and `True` are one key: see `keyOf` in hashing.ts.
 * A PyObject stands for its identity.
 */
export type Key = null | number | bigint | string | PyObject;

export interface Entry {
  readonly key: Value;
  readonly value: Value;
}

interface DictState {
  readonly entries: Map<Key, Entry>;
  readonly uncertain: Unknown | null;
  readonly optional: ReadonlySet<Key> | null;
  readonly attributes: unknown;
}

export class PyDict extends PyObject {
  /** Set when nobody knows which keys it has. */
  uncertain: Unknown | null = null;
  /**
   * While it is `uncertain`: those of its keys that may not be there, where no others can be and all the rest
   * are; null where any key may be there.
   */
  optional: ReadonlySet<Key> | null = null;
  protected entries = new Map<Key, Entry>();

  constructor(cls: PyClass = types.dict) {
    super(cls);
  }
  get size(): number {
    return this.entries.size;
  }
  get(key: Key): Value | undefined {
    return this.entries.get(key)?.value;
  }
  has(key: Key): boolean {
    return this.entries.has(key);
  }
  /** Only after `machine.touch(this)`. */
  set(key: Key, original: Value, value: Value): void {
    const old = this.entries.get(key);
    this.entries.set(key, { key: old === undefined ? original : old.key, value });
    if (this.optional?.has(key)) this.settle(key);
  }
  delete(key: Key): boolean {
    if (this.optional?.has(key)) this.settle(key);
    return this.entries.delete(key);
  }
  /** Only after `machine.touch(this)`: a key that may not be there, with its value in case it is. */
  setOptional(key: Key, original: Value, value: Unknown): void {
    const { listsAll } = this;
    this.entries.set(key, { key: original, value });
    this.optional = listsAll ? new Set([...(this.optional ?? []), key]) : null;
    this.uncertain ??= value;
  }
  /** From here on any key may be there, and any may not. */
  doubt(reason: Unknown): void {
    this.uncertain ??= reason;
    this.optional = null;
  }
  /** Whether it has no other keys than those that are listed. */
  get listsAll(): boolean {
    return this.uncertain === null || this.optional !== null;
  }
  /** Whether a key may or may not be there, of those that are listed. */
  isOptional(key: Key): boolean {
    return this.uncertain !== null && this.optional?.has(key) !== false;
  }
  /** It is known of a key whether it is there. */
  private settle(key: Key): void {
    const others = [...this.optional!].filter((one) => one !== key);
    this.optional = others.length === 0 ? null : new Set(others);
    if (others.length === 0) this.uncertain = null;
  }
  clear(): void {
    this.entries.clear();
  }
  /** The same content under the built-in class. */
  asBuiltin(): PyDict {
    const view = new PyDict();
    view.entries = this.entries;
    view.uncertain = this.uncertain;
    return view;
  }
  normalKeys(): IterableIterator<Key> {
    return this.entries.keys();
  }
  /** Keys in normal form with what they were written as. */
  *keyPairs(): IterableIterator<[Key, Value]> {
    for (const [key, entry] of this.entries) yield [key, entry.key];
  }
  /** Only after `machine.touch(this)`. */
  replace(other: PyDict): void {
    this.entries = new Map(other.entries);
    this.uncertain = other.uncertain;
    this.optional = other.optional;
  }
  *keys(): IterableIterator<Value> {
    for (const { key } of this.entries.values()) yield key;
  }
  *values(): IterableIterator<Value> {
    for (const { value } of this.entries.values()) yield value;
  }
  items(): IterableIterator<Entry> {
    return this.entries.values();
  }

  override snapshot(): unknown {
    const state: DictState = {
      entries: new Map(this.entries),
      uncertain: this.uncertain,
      optional: this.optional,
      attributes: super.snapshot(),
    };
    return state;
  }
  override restore(state: DictState): void {
    this.entries = new Map(state.entries);
    this.uncertain = state.uncertain;
    this.optional = state.optional;
    super.restore(state.attributes);
  }
  override merge(first: DictState, second: DictState, merger: Merger): unknown {
    const entries = new Map<Key, Entry>();
    for (const [key, entry] of first.entries) {
      const other = second.entries.get(key);
      entries.set(key, { key: entry.key, value: merger.value(entry.value, other?.value) });
    }
    for (const [key, entry] of second.entries) {
      if (!entries.has(key))
        entries.set(key, { key: entry.key, value: merger.value(undefined, entry.value) });
    }
    const sides = [first, second];
    const isListed = sides.every(({ uncertain, optional }) => uncertain === null || optional !== null);
    const keys = [...entries.keys()].filter((key) =>
      sides.some((side) => !side.entries.has(key) || side.optional?.has(key)),
    );
    return {
      entries,
      uncertain:
        first.uncertain ??
        second.uncertain ??
        (keys.length === 0 ? null : merger.unknown("this dict's keys")),
      optional: isListed && keys.length > 0 ? new Set(keys) : null,
      attributes: super.merge(first.attributes, second.attributes, merger),
    };
  }
}

/** set and frozenset: the keys of a dict. */
export class PySet extends PyDict {
  constructor(cls: PyClass = types.set) {
    super(cls);
  }
  add(key: Key, value: Value): void {
    if (!this.entries.has(key)) this.entries.set(key, { key: value, value: null });
  }
}

/** `vars(object)`, `globals()`: a dict that is a live view of a namespace. */
export class NamespaceDict extends PyDict {
  constructor(
    readonly owner: PyObject,
    private readonly machine: Machine,
  ) {
    super();
  }
  private get namespace(): Map<string, Value> {
    this.owner.attributes ??= new Map();
    return this.owner.attributes;
  }
  private force(name: string): Value | undefined {
    if (this.owner instanceof PyModule) return this.machine.moduleName(this.owner, name);
    const value = this.namespace.get(name);
    return value instanceof Lazy ? value.force() : value;
  }
  override get size(): number {
    return this.namespace.size;
  }
  override get(key: Key): Value | undefined {
    return typeof key === "string" ? this.force(key) : undefined;
  }
  override has(key: Key): boolean {
    return typeof key === "string" && this.force(key) !== undefined;
  }
  override set(key: Key, _original: Value, value: Value): void {
    if (typeof key !== "string") return;
    this.machine.touch(this.owner);
    this.namespace.set(key, value);
  }
  override delete(key: Key): boolean {
    this.machine.touch(this.owner);
    return typeof key === "string" && this.namespace.delete(key);
  }
  override clear(): void {
    this.machine.touch(this.owner);
    this.namespace.clear();
  }
  override normalKeys(): IterableIterator<Key> {
    return this.namespace.keys();
  }
  override *keyPairs(): IterableIterator<[Key, Value]> {
    for (const name of this.namespace.keys()) yield [name, name];
  }
  override *keys(): IterableIterator<Value> {
    yield* this.namespace.keys();
  }
  override *values(): IterableIterator<Value> {
    for (const name of this.namespace.keys()) yield this.force(name)!;
  }
  override *items(): IterableIterator<Entry> {
    for (const key of this.namespace.keys()) yield { key, value: this.force(key)! };
  }
  override snapshot(): unknown {
    return null;
  }
  override restore(): void {}
  override merge(): unknown {
    return null;
  }
}

/** `dict.keys()`, `.values()`, `.items()`: live views. */
export class PyDictView extends PyObject {
  constructor(
    readonly dict: PyDict,
    readonly kind: "keys" | "values" | "items",
  ) {
    super(types.dictView);
  }
  *iterate(): IterableIterator<Value> {
    if (this.kind === "keys") yield* this.dict.keys();
    else if (this.kind === "values") yield* this.dict.values();
    else for (const { key, value } of this.dict.items()) yield new PyTuple([key, value]);
  }
}
