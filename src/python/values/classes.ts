/** Classes, their instances, modules, and the table of the built-in classes. */
import type { Merger } from "./journaled.js";
import { mergeMaps, PyObject, type Span, type Value } from "./object.js";
import type { Unknown } from "./unknown.js";

const NO_NAMES: ReadonlySet<string> = new Set();

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
  /** Methods and properties that give plain data: whoever has that cannot change the instance through it. */
  readers: ReadonlySet<string> = NO_NAMES;
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
