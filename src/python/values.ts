/**
 * What a Python value is to the evaluator.
 *
 * int = JS number (bigint past 2^53), bool = boolean, str = string, None = null; everything else is a
 * PyObject. Floats are objects because `1` and `1.0` are different things to Python code.
 * Whatever can change takes part in the undo journal: call `machine.touch(object)` BEFORE changing it.
 */

import type { FunctionCode } from "./code.js";
import type { Formula } from "./formula.js";
import { evaluations, type Journaled, type Merger } from "./journal.js";
import type { Machine } from "./machine.js";
import { type Polynomial, polynomialText } from "./polynomial.js";
import { isStub } from "./stubs.js";

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

// ── unknown and symbolic ─────────────────────────────────────────────────────

/**
 * A value nobody knows. It is a legal operand everywhere: what is computed from it is unknown too.
 */
export class Unknown extends PyObject {
  /** Dotted name it was read by (`config.n_embd`): where an int is wanted it acts as that symbol. */
  path: string | null = null;
  /**
   * The integer it is in case it is one, called after the variable that holds it: for people to read where a
   * size is wanted. It decides nothing, for it may be an array or a model as well.
   */
  size: Polynomial | null = null;
  /** The real number it is computed as, for people to read: see formula.ts. */
  formula: Formula | null = null;
  /** Whether it is certainly a tuple, of whatever items: a shape. */
  isTuple = false;
  /** What it ends with, in case it is a sequence: the last size of a shape whose rank nobody knows. */
  lastItem: Value | undefined = undefined;
  /** Known objects that it possibly is, so that a change through it is not lost. */
  may: readonly Value[] = [];
  /** Where it is certainly one of a few: see choices.ts. */
  oneOf: Choice | null = null;
  /** Whether it stands for an argument by name that may not have been given at all. */
  isOptional = false;
  /** It belongs to a library that changes nothing it is given: see `HostModule.isInert`. */
  isInert = false;
  /** Itself, before variables that hold it gave it their names. */
  nameless: Unknown = this;

  constructor(
    /** In plain words, for a diagnostic: "the module foo was not found". */
    readonly reason: string,
    /** Where it came from; null for what the host supplied. */
    readonly origin: Span | null = null,
  ) {
    super(types.unknown);
  }

  static named(path: string, reason: string, origin: Span | null = null): Unknown {
    const unknown = new Unknown(reason, origin);
    unknown.path = path;
    return unknown;
  }
}

/** The values that the arms of a branch gave one variable. */
export interface Choice {
  readonly values: readonly Value[];
  /** What was `born` within one of these was made in one of the arms. */
  readonly made: readonly Period[];
}

/** Moments of `evaluations`, both included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * What an unknown may be, given what it may be made of: each object once, and only those that can change.
 * Without that the lists double at each join.
 */
export function possibilities(values: readonly (Value | undefined)[]): readonly Value[] {
  const found = new Set<Value>();
  for (const value of values) {
    if (value instanceof Unknown) for (const one of value.may) found.add(one);
    else if (value !== undefined && canChange(value)) found.add(value);
  }
  return found.size === 0 ? NOTHING : [...found];
}

/** A tuple of numbers and strings stays what it is: a loop that makes one each time would fill the list. */
function canChange(value: Value): boolean {
  if (value instanceof PyTuple) return value.items.some(canChange);
  if (value instanceof Unknown) return value.may.length > 0;
  return value instanceof PyObject && !(value instanceof PyFloat);
}
const NOTHING: readonly Value[] = [];

/** An integer known only as an expression of named unknown integers; prints as Python: `4*n_embd`. */
export class Sym extends Unknown {
  constructor(
    readonly polynomial: Polynomial,
    origin: Span | null = null,
  ) {
    super("symbolic", origin);
  }
  override toString(): string {
    return polynomialText(this.polynomial);
  }
}

// ── immutable data ───────────────────────────────────────────────────────────

export class PyFloat extends PyObject {
  constructor(
    readonly value: number,
    cls: PyClass = types.float,
  ) {
    super(cls);
  }
}

export class PyComplex extends PyObject {
  constructor(
    readonly real: number,
    readonly imaginary: number,
  ) {
    super(types.complex);
  }
}

export class PyBytes extends PyObject {
  constructor(
    readonly value: Uint8Array,
    cls: PyClass = types.bytes,
  ) {
    super(cls);
  }
}

export class PyTuple extends PyObject {
  constructor(
    readonly items: readonly Value[],
    cls: PyClass = types.tuple,
  ) {
    super(cls);
  }
}

export class PyRange extends PyObject {
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super(types.range);
  }
  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
}

export class PySlice extends PyObject {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {
    super(types.slice);
  }
}

/** `Ellipsis`, `NotImplemented`. */
export class PySingleton extends PyObject {
  constructor(
    readonly name: string,
    cls: PyClass,
  ) {
    super(cls);
  }
}

// ── mutable containers ───────────────────────────────────────────────────────

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

// ── functions ────────────────────────────────────────────────────────────────

/** A variable that an inner function sees too. `undefined` = not bound. */
export class Cell implements Journaled<Value | undefined> {
  value: Value | undefined = undefined;
  readonly born = evaluations.count;
  snapshot(): Value | undefined {
    return this.value;
  }
  restore(state: Value | undefined): void {
    this.value = state;
  }
  merge(first: Value | undefined, second: Value | undefined, merger: Merger): Value | undefined {
    return first === undefined && second === undefined ? undefined : merger.value(first, second);
  }
}

export class PyFunction extends PyObject {
  /** Set by `functools.wraps` and assignments; the code keeps its own. */
  name: string;
  constructor(
    readonly code: FunctionCode,
    readonly globals: PyModule,
    readonly closure: readonly Cell[],
    /** One a parameter with a default, the last positional ones. */
    public defaults: readonly Value[],
    public keywordDefaults: ReadonlyMap<string, Value>,
    readonly qualifiedName: string,
  ) {
    super(types.function);
    this.name = code.name;
  }
}

export type Keywords = ReadonlyMap<string, Value>;

/** Arguments in the order of the signature; an argument not given is its default (`...` = undefined). */
export type NativeBody = {
  bivariant(machine: Machine, ...args: Value[]): Value;
}["bivariant"];

/** A function written in TypeScript; make it with `native()` of host.ts. */
export class NativeFunction extends PyObject {
  constructor(
    readonly name: string,
    /** Python-like, without the name: `(iterable, /, *, key=None, reverse=False)`. */
    readonly signature: string,
    readonly body: NativeBody,
    /** The class whose method this is: it binds like a Python method and checks its first argument. */
    readonly owner: PyClass | null = null,
  ) {
    super(owner === null ? types.builtinFunction : types.methodDescriptor);
  }
}

export class BoundMethod extends PyObject {
  constructor(
    readonly self: Value,
    readonly func: Value,
  ) {
    super(types.method);
  }
}

export class PyProperty extends PyObject {
  constructor(
    readonly getter: Value,
    readonly setter: Value = null,
    readonly deleter: Value = null,
    cls: PyClass = types.property,
  ) {
    super(cls);
  }
}

export class PyClassMethod extends PyObject {
  constructor(
    readonly func: Value,
    cls: PyClass = types.classmethod,
  ) {
    super(cls);
  }
}

export class PyStaticMethod extends PyObject {
  constructor(
    readonly func: Value,
    cls: PyClass = types.staticmethod,
  ) {
    super(cls);
  }
}

/** `super()`: attributes of `self` looked up after `owner` in the MRO of `type`. */
export class PySuper extends PyObject {
  constructor(
    readonly owner: PyClass,
    readonly self: Value,
    readonly type: PyClass,
  ) {
    super(types.super);
  }
}

// ── classes, instances, modules ──────────────────────────────────────────────

export class PyClass extends PyObject {
  /** Counts changes to any existing class; cached look-ups older than it are thrown away. */
  static changes = 0;

  declare attributes: Map<string, Value>;
  mro: readonly PyClass[] = [this];
  readonly #subclasses: PyClass[] = [];
  /** Set when a base class is unknown: attributes that are not found are then unknown, not errors. */
  unknownBase: Unknown | null = null;
  /** Makes the bare object for `__new__`; inherited. Null: an ordinary PyInstance. */
  allocate: ((cls: PyClass) => PyObject) | null = null;
  /** A class of the evaluator itself: its attributes cannot be assigned, its instances may have no namespace. */
  isBuiltin = false;
  /** Only carries natives for its subclasses: a program sees its bases in its place. */
  isHidden = false;
  /** A class of all evaluators: nothing may change it, and it remembers nobody. */
  isShared = false;
  /** Methods that a subclass must define before it can be instantiated; null where nobody asked (no ABCMeta). */
  abstractMethods: readonly string[] | null = null;
  /** The whole statement that defines it; null for classes not written in Python. */
  definition: Span | null = null;
  #cache = new Map<string, Value | undefined>();
  #cachedAt = 0;

  constructor(
    public name: string,
    public bases: readonly PyClass[],
    metaclass?: PyClass,
    public module = "builtins",
  ) {
    super(metaclass as PyClass);
    this.attributes = new Map();
  }
  /** The attribute as it stands in the first class of the MRO that has it; undefined if none has. */
  lookup(name: string): Value | undefined {
    if (this.#cachedAt !== PyClass.changes) {
      this.#cache.clear();
      this.#cachedAt = PyClass.changes;
    }
    const cached = this.#cache.get(name);
    if (cached !== undefined || this.#cache.has(name)) return cached;
    let found: Value | undefined;
    for (const cls of this.mro) {
      found = cls.attributes.get(name);
      if (found !== undefined) break;
    }
    this.#cache.set(name, found);
    return found;
  }
  isSubclassOf(other: PyClass): boolean {
    return this === other || this.mro.includes(other);
  }
  /** Null for a class of all evaluators. */
  get subclasses(): readonly PyClass[] | null {
    return this.isShared ? null : this.#subclasses;
  }
  addSubclass(cls: PyClass): void {
    if (!this.isShared) this.#subclasses.push(cls);
  }
  override snapshot(): ClassState {
    return { attributes: super.snapshot(), name: this.name, module: this.module };
  }
  override restore({ attributes, name, module }: ClassState): void {
    PyClass.changes++;
    super.restore(attributes);
    this.name = name;
    this.module = module;
  }
  override merge(first: ClassState, second: ClassState, merger: Merger): ClassState {
    return { ...first, attributes: super.merge(first.attributes, second.attributes, merger) };
  }
}

interface ClassState {
  readonly attributes: unknown;
  readonly name: string;
  readonly module: string;
}

/** An instance of a class written in Python, or of a native class without a representation of its own. */
export class PyInstance extends PyObject {
  constructor(
    cls: PyClass,
    /** The int or str that an instance of a subclass of int or str is. */
    readonly payload: Value | undefined = undefined,
  ) {
    super(cls);
  }
  /** State that a host keeps with the instance; it journals that itself. */
  host: unknown = undefined;
  /** Why it may have attributes whose names nobody knows; never taken back. */
  unnamed: Unknown | null = null;
}

export class PyModule extends PyObject {
  declare attributes: Map<string, Value>;
  /** Names bound by loading the module while a branch was open: that is no part of the branch. */
  readonly settled = new Map<string, Value>();

  constructor(
    readonly name: string,
    readonly file: string | null,
    readonly isPackage: boolean,
  ) {
    super(types.module);
    this.attributes = new Map();
  }
  override restore(state: Map<string, Value>): void {
    super.restore(this.completed(state));
  }
  override merge(first: Map<string, Value>, second: Map<string, Value>, merger: Merger): unknown {
    return mergeMaps(this.completed(first), this.completed(second), merger);
  }
  /** The state with all that has been loaded since it was taken. */
  private completed(state: ReadonlyMap<string, Value>): Map<string, Value> {
    const full = new Map(state);
    for (const [name, value] of full) {
      if (value instanceof Lazy && value.known !== undefined) full.set(name, value.known);
    }
    for (const [name, value] of this.settled) if (!full.has(name)) full.set(name, value);
    return full;
  }
}

/** A name in a module that is computed when somebody reads it. It never leaves the module's namespace. */
export class Lazy extends PyObject {
  #value: Value | undefined;
  isRunning = false;

  constructor(private readonly compute: () => Value) {
    super(types.lazy);
  }
  /** Its value if it has been computed. */
  get known(): Value | undefined {
    return this.#value;
  }
  /** Always the same value, even where the namespace that held it was put back. */
  force(): Value {
    if (this.#value !== undefined) return this.#value;
    this.isRunning = true;
    try {
      this.#value = this.compute();
      return this.#value;
    } finally {
      this.isRunning = false;
    }
  }
}

// ── the built-in classes ─────────────────────────────────────────────────────

const typeClass = new PyClass("type", []);
typeClass.cls = typeClass;
const objectClass = new PyClass("object", [], typeClass);
typeClass.bases = [objectClass];
typeClass.mro = [typeClass, objectClass];
for (const cls of [typeClass, objectClass]) cls.isBuiltin = cls.isShared = true;

/** A class of the evaluator itself; its methods are installed by the tables in `builtins/`. */
export function builtinClass(name: string, base: PyClass = objectClass, module = "builtins"): PyClass {
  const cls = new PyClass(name, [base], typeClass, module);
  cls.mro = [cls, ...base.mro];
  cls.allocate = base.allocate;
  cls.isBuiltin = cls.isShared = true;
  return cls;
}

const intClass = builtinClass("int");
/** The classes of built-in values. They are shared by all evaluators, so nothing may change them. */
export const types = {
  object: objectClass,
  type: typeClass,
  int: intClass,
  bool: builtinClass("bool", intClass),
  float: builtinClass("float"),
  complex: builtinClass("complex"),
  str: builtinClass("str"),
  bytes: builtinClass("bytes"),
  none: builtinClass("NoneType"),
  ellipsis: builtinClass("ellipsis"),
  notImplemented: builtinClass("NotImplementedType"),
  list: builtinClass("list"),
  tuple: builtinClass("tuple"),
  dict: builtinClass("dict"),
  set: builtinClass("set"),
  frozenset: builtinClass("frozenset"),
  dictView: builtinClass("dict_view"),
  range: builtinClass("range"),
  slice: builtinClass("slice"),
  iterator: builtinClass("iterator"),
  generator: builtinClass("generator"),
  function: builtinClass("function"),
  builtinFunction: builtinClass("builtin_function_or_method"),
  methodDescriptor: builtinClass("method_descriptor"),
  method: builtinClass("method"),
  property: builtinClass("property"),
  classmethod: builtinClass("classmethod"),
  staticmethod: builtinClass("staticmethod"),
  super: builtinClass("super"),
  module: builtinClass("module"),
  unknown: builtinClass("unknown"),
  lazy: builtinClass("lazy"),
};

export const ELLIPSIS = new PySingleton("Ellipsis", types.ellipsis);
export const NOT_IMPLEMENTED = new PySingleton("NotImplemented", types.notImplemented);
