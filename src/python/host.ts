/**
 * How a framework gets into the evaluator: it registers modules. A module is Python source of its own
 * (a stub, evaluated like any other file) or a table of native values, or both: the source then sees
 * the natives as globals.
 *
 * ```ts
 * const shapes: HostModule = {
 *   name: "geometry._native",
 *   natives: (machine) => {
 *     const Box = nativeClass<BoxState>({ name: "Box", module: "geometry", methods: {
 *       "__init__(self, width, height=1)": (machine, self, width, height) => { … return null; },
 *       "__setattr__(self, name, value, /)": …
 *     } });
 *     return { Box, area: native("area(box, /)", (machine, box) => …) };
 *   },
 * };
 * ```
 */

import type { Machine } from "./machine.js";
import { linearize } from "./operations/linearization.js";
import {
  type NativeBody,
  NativeFunction,
  PyClass,
  PyClassMethod,
  type PyObject,
  PyProperty,
  PyStaticMethod,
  type Span,
  types,
  type Unknown,
  type Value,
} from "./values.js";

/** One importable module. Parents of a dotted name are made on their own if nobody registers them. */
export interface HostModule {
  readonly name: string;
  /** Its `__init__.py`, rather than a plain module: relative imports then start at itself. */
  readonly isPackage?: boolean;
  /** Called once an evaluator, when the module is first imported. */
  readonly natives?: (machine: Machine) => Readonly<Record<string, Value>>;
  /** Native functions, each made when its name is first read. Gives the same table each time. */
  readonly functions?: () => FunctionTable;
  /** Python source. Keep it plain: it is parsed when a name of it is first read. */
  readonly source?: string;
  /**
   * A name that neither source nor natives have is unknown (default), not an ImportError or
   * AttributeError: stubs never cover a whole framework.
   */
  readonly isWhole?: boolean;
  /** It steps in only where no file of its top-level package is found. */
  readonly isSpare?: boolean;
  /** It stands for one module of a package that is otherwise read from its files. */
  readonly isWithin?: boolean;
  /** Its unknown functions draw, log or save: they neither change what they are given nor hand it back. */
  readonly isInert?: boolean;
  /** What its functions call they call for the program: `partial(Linear, 3)(4)` is the program's call of Linear. */
  readonly isTransparent?: boolean;
  /**
   * Where a module below this one (or this one, if it has neither source nor natives) is that nobody
   * registered: the name of another module, null to look among the files, undefined where it is not modelled.
   */
  readonly standIn?: (name: string, isRegistered: (name: string) => boolean) => string | null | undefined;
}

/** What the host wants to be told. All are optional. */
export interface HostHooks {
  /**
   * Code that nobody knows was given this value and may have changed it, or what it holds. Called with
   * the value itself; containers are opened by the evaluator, instances are not.
   */
  onEscape?(machine: Machine, value: Value): void;
  /** A class made this object, and an error or a budget ended its `__init__`: what it would still have done nobody knows. */
  onUnfinished?(machine: Machine, object: PyObject): void;
  /**
   * An attribute was read that only a base class nobody knows can have: calling it may change the object. Gives what
   * stands for it, where something is known of it.
   */
  onUnknownAttribute?(machine: Machine, object: Value, name: string): Value | undefined;
  /** What stands for an attribute that the object lacks: numbers of some libraries have more of them than Python's. */
  lackedAttribute?(machine: Machine, object: Value, name: string): Value | undefined;
  /**
   * Something was done with a value that nobody knows, or by a function that nobody knows: an operator or a method by
   * its name (`__add__`, `view`), or that function. What it gave is not known either.
   */
  onUnknownResult?(machine: Machine, by: string | Unknown, operands: readonly Value[], result: Unknown): void;
  /** An assignment bound an object to a name, an attribute or a key; `span` is the expression it came from. */
  onBind?(machine: Machine, value: PyObject, name: string, span: Span): void;
}

/**
 * A function from a Python-like signature: `sorted(iterable, /, *, key=None, reverse=False)`.
 * The body gets the arguments in that order, `*args` as a PyTuple and `**kwargs` as a PyDict. Defaults
 * are literals; `...` is "not given" (undefined).
 */
export function native(signature: string, body: NativeBody): NativeFunction {
  const open = signature.indexOf("(");
  return new NativeFunction(signature.slice(0, open), signature.slice(open), body);
}

/** Functions by signature. */
export type FunctionTable = Readonly<Record<string, NativeBody>>;

/** Methods by signature, `self` included: `"append(self, object, /)"`. */
export type MethodTable<Self> = Readonly<
  Record<string, { bivariant(machine: Machine, self: Self, ...args: Value[]): Value }["bivariant"]>
>;
/** Read-only properties by name. */
export type PropertyTable<Self> = Readonly<
  Record<string, { bivariant(machine: Machine, self: Self): Value }["bivariant"]>
>;

export interface NativeClass<Self> {
  readonly name: string;
  readonly module: string;
  readonly bases?: readonly PyClass[];
  readonly metaclass?: PyClass;
  /** Methods and dunder methods; static and class methods have tables of their own. */
  readonly methods?: MethodTable<Self>;
  readonly properties?: PropertyTable<Self>;
  /** Whether it only carries natives for its subclasses: a program sees its bases in its place. */
  readonly isHidden?: boolean;
  /** Whether it is made once for all evaluators: nothing may change it, and it remembers no subclass. */
  readonly isShared?: boolean;
  /** Names among these that give plain data: an instance cannot be changed through what they give. */
  readonly readers?: readonly string[];
  /** Called with the class first. */
  readonly classMethods?: MethodTable<PyClass>;
  readonly staticMethods?: Readonly<Record<string, NativeBody>>;
  readonly attributes?: Readonly<Record<string, Value>>;
  /**
   * The bare object that `__new__` gives, for a class with a representation of its own (a PyObject
   * subclass); Python subclasses inherit it. Without it an instance is a PyInstance, with its state for
   * natives in `host`.
   */
  readonly allocate?: (cls: PyClass) => PyObject;
}

/** A class that Python code can instantiate, subclass and patch. Make it anew for each evaluator, if it isn't shared. */
export function nativeClass<Self>(definition: NativeClass<Self>): PyClass {
  const bases = definition.bases ?? [types.object];
  const cls = new PyClass(definition.name, bases, definition.metaclass ?? bases[0]!.cls, definition.module);
  const mro = linearize(cls, bases);
  if (mro === null) throw new Error(`${definition.name}: no method resolution order`);
  cls.mro = mro;
  cls.isHidden = definition.isHidden ?? false;
  cls.isShared = definition.isShared ?? false;
  cls.readers = new Set(definition.readers);
  cls.allocate = definition.allocate ?? bases.find((base) => base.allocate !== null)?.allocate ?? null;
  for (const base of bases) base.addSubclass(cls);
  install(cls, definition);
  return cls;
}

type Members<Self> = Pick<
  NativeClass<Self>,
  "methods" | "properties" | "classMethods" | "staticMethods" | "attributes"
>;

/** Puts natives into a class. */
export function install<Self>(cls: PyClass, members: Members<Self>): void {
  for (const [signature, body] of Object.entries(members.methods ?? {})) {
    const name = nameOf(signature);
    cls.attributes.set(name, new NativeFunction(name, signature.slice(name.length), body as NativeBody, cls));
  }
  for (const [name, read] of Object.entries(members.properties ?? {})) {
    cls.attributes.set(name, new PyProperty(new NativeFunction(name, "(self, /)", read as NativeBody, cls)));
  }
  for (const [signature, body] of Object.entries(members.classMethods ?? {})) {
    cls.attributes.set(nameOf(signature), new PyClassMethod(native(signature, body as NativeBody)));
  }
  for (const [signature, body] of Object.entries(members.staticMethods ?? {})) {
    cls.attributes.set(nameOf(signature), new PyStaticMethod(native(signature, body)));
  }
  for (const [name, value] of Object.entries(members.attributes ?? {})) cls.attributes.set(name, value);
}

/** What stands before the parameters of a signature. */
export const nameOf = (signature: string): string => signature.slice(0, signature.indexOf("("));
