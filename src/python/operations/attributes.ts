/** Attribute access: descriptors, instance namespaces, `__getattr__` and friends. */

import { choiceMerger, forEach } from "../branches/choices.js";
import type { Engine } from "../engine.js";
import { Raised } from "../errors.js";
import { moduleAttribute } from "../modules/globals.js";
import { heldAs, partOf } from "../symbols/symbolic.js";
import { DictNamespace } from "../values/dictNamespace.js";
import {
  BoundMethod,
  ifAbsent,
  NativeFunction,
  PyClass,
  PyClassMethod,
  PyDict,
  PyFunction,
  PyInstance,
  PyModule,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PySuper,
  Sym,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { matchesException, unlessRaised } from "./raising.js";
import { typeOf } from "./typeOf.js";

export function getAttribute(machine: Engine, object: Value, name: string): Value {
  const value = readAttribute(machine, object, name);
  if (value === undefined) {
    const lacked = machine.lackedAttribute(object, name);
    if (lacked !== undefined) return lacked;
    const of =
      object instanceof PyClass
        ? `type object '${object.name}'`
        : object instanceof PyModule
          ? `module '${object.name}'`
          : `'${typeOf(object).name}' object`;
    return machine.raise("AttributeError", `${of} has no attribute '${name}'`);
  }
  return value;
}

/** Undefined where Python raises AttributeError, from wherever: `hasattr`, `getattr` with a default. */
export function findAttribute(machine: Engine, object: Value, name: string): Value | undefined {
  const { frame } = machine;
  try {
    return readAttribute(machine, object, name);
  } catch (error) {
    if (!(error instanceof Raised) || !matchesException(error.exception, machine.builtin("AttributeError"))) {
      throw error;
    }
    machine.frame = frame;
    return undefined;
  }
}

/** What `hasattr` says: not known where an attribute of unknown name may be this one. */
export function hasAttribute(machine: Engine, object: Value, name: string): Value {
  const value = findAttribute(machine, object, name);
  const isOpen = object instanceof PyInstance && object.unnamed !== null && value instanceof Unknown;
  return isOpen ? machine.unknown("whether there is an attribute") : value !== undefined;
}

/** Undefined where there is no such attribute; a property may still raise. */
function readAttribute(machine: Engine, object: Value, name: string): Value | undefined {
  if (object instanceof PyInstance) {
    const custom = object.cls.lookup("__getattribute__");
    if (custom instanceof PyFunction) return customRead(machine, object, name, custom);
    return readInstance(machine, object, name);
  }
  if (object instanceof Sym && isPrivate(name)) return undefined;
  if (object instanceof Unknown) return unknownAttribute(machine, object, name);
  if (object instanceof PyModule) return moduleAttribute(machine, object, name);
  if (object instanceof PyClass) return readClass(machine, object, name);
  if (object instanceof PySuper) return readSuper(machine, object, name);
  if (object instanceof PyObject && !object.cls.isBuiltin) {
    // A class derived from list, dict and the like.
    const custom = object.cls.lookup("__getattribute__");
    if (custom instanceof PyFunction) return customRead(machine, object, name, custom);
  }
  return readInstance(machine, object, name);
}

/** What a symbol stands for may be more than an integer, but nothing of which a stub asks for its own marks. */
const isPrivate = (name: string): boolean => name.startsWith("_") && !name.startsWith("__");

function customRead(machine: Engine, object: PyObject, name: string, custom: PyFunction): Value | undefined {
  const fallback = object.cls.lookup("__getattr__");
  if (fallback === undefined) return machine.call(custom, [object, name]);
  const { frame } = machine;
  try {
    return machine.call(custom, [object, name]);
  } catch (error) {
    if (!(error instanceof Raised) || !matchesException(error.exception, machine.builtin("AttributeError"))) {
      throw error;
    }
    machine.frame = frame;
    return machine.call(fallback, [object, name]);
  }
}

/** `object.__getattribute__`, then `__getattr__`. */
export function readInstance(machine: Engine, object: Value, name: string): Value | undefined {
  const plain = plainAttribute(machine, object, name);
  if (plain !== undefined) return plain;
  const cls = typeOf(object);
  const fallback = cls.lookup("__getattr__");
  if (fallback !== undefined) return machine.call(bind(machine, fallback, object, cls), [name]);
  if (object instanceof PyInstance && object.unnamed !== null) return heldAs(name, machine, object.unnamed);
  if (cls.unknownBase === null) return undefined;
  const known = machine.readUnknown(object, name);
  if (known !== undefined) return known;
  return heldAs(
    name,
    machine,
    machine.unknown(`an attribute of an unknown base class: ${cls.unknownBase.reason}`),
  );
}

/** What `object.__getattribute__` finds. */
export function plainAttribute(machine: Engine, object: Value, name: string): Value | undefined {
  const cls = typeOf(object);
  const found = cls.lookup(name);
  if (found instanceof PyProperty) return readProperty(machine, found, object);
  if (found instanceof PyInstance && isDataDescriptor(found)) return bind(machine, found, object, cls);
  const own = object instanceof PyObject ? object.attributes?.get(name) : undefined;
  if (own !== undefined) return own;
  return found === undefined ? undefined : bind(machine, found, object, cls);
}

const isDataDescriptor = (value: PyInstance): boolean =>
  value.cls.lookup("__set__") !== undefined || value.cls.lookup("__delete__") !== undefined;

function readProperty(machine: Engine, property: PyProperty, object: Value): Value {
  if (property.cls !== types.property) {
    const get = property.cls.lookup("__get__");
    if (get instanceof PyFunction) return machine.call(get, [property, object, typeOf(object)]);
  }
  if (property.getter === null) return machine.raise("AttributeError", "property has no getter");
  return machine.call(property.getter, [object]);
}

/** What reading `found`, an attribute of the class, through an instance gives. */
export function bind(machine: Engine, found: Value, object: Value, cls: PyClass): Value {
  if (found instanceof PyFunction) return new BoundMethod(object, found);
  if (found instanceof NativeFunction) return found.owner === null ? found : new BoundMethod(object, found);
  if (found instanceof PyClassMethod) return bindTo(machine, found.func, cls);
  if (found instanceof PyStaticMethod) return found.func;
  if (found instanceof PyProperty) return readProperty(machine, found, object);
  if (found instanceof PyInstance) {
    const get = found.cls.lookup("__get__");
    if (get !== undefined) return machine.call(get, [found, object, cls]);
  }
  return found;
}

function bindTo(machine: Engine, func: Value, cls: PyClass): Value {
  if (func instanceof PyProperty) return machine.call(func.getter, [cls]);
  if (func instanceof PyInstance) return bind(machine, func, cls, cls.cls);
  return new BoundMethod(cls, func);
}

function readClass(machine: Engine, cls: PyClass, name: string): Value | undefined {
  const meta = cls.cls.lookup(name);
  if (meta instanceof PyProperty && (meta.getter instanceof NativeFunction || cls.cls !== types.type)) {
    return readProperty(machine, meta, cls);
  }
  const found = cls.lookup(name);
  if (found !== undefined) return bindToClass(machine, found, cls);
  if (meta !== undefined) return bind(machine, meta, cls, cls.cls);
  const fallback = cls.cls.lookup("__getattr__");
  if (fallback !== undefined) return machine.call(fallback, [cls, name]);
  if (cls.unknownBase !== null)
    return machine.unknown(`an attribute of an unknown base class: ${cls.unknownBase.reason}`);
  return undefined;
}

function bindToClass(machine: Engine, found: Value, cls: PyClass): Value {
  if (found instanceof PyClassMethod) return bindTo(machine, found.func, cls);
  if (found instanceof PyStaticMethod) return found.func;
  if (found instanceof PyInstance) {
    const get = found.cls.lookup("__get__");
    if (get !== undefined) return machine.call(get, [found, null, cls]);
  }
  return found;
}

function readSuper(machine: Engine, proxy: PySuper, name: string): Value | undefined {
  const { mro } = proxy.type;
  for (let index = mro.indexOf(proxy.owner) + 1; index < mro.length; index++) {
    const found = mro[index]!.attributes.get(name);
    if (found === undefined) continue;
    return proxy.self instanceof PyClass && proxy.type === proxy.self
      ? bindToClass(machine, found, proxy.type)
      : bind(machine, found, proxy.self, proxy.type);
  }
  if (name === "__class__") return types.super;
  // What comes after the known classes may be a class nobody knows.
  if (proxy.type.unknownBase !== null) return machine.unknown(`super(): ${proxy.type.unknownBase.reason}`);
  return undefined;
}

function unknownAttribute(machine: Engine, object: Unknown, name: string): Value {
  const set = object.attributes?.get(name);
  if (set !== undefined) return set;
  const ofEach = attributeOfEach(machine, object, name);
  if (ofEach !== undefined && !(ofEach instanceof Unknown)) return ofEach;
  const value = machine.unknown(object.reason, mayHave(machine, object, name));
  value.oneOf = ofEach?.oneOf ?? null;
  if (object.path !== null) value.path = `${object.path}.${name}`;
  value.size = partOf(object, `.${name}`);
  value.isTuple = name === "shape";
  value.isInert = object.isInert;
  value.member = { of: object, name };
  // What it is may get another one by another name.
  if (object.oneOf !== null) return value;
  // Reading it again gives the same value: `config.width` is one symbol. That is no change of the program's.
  object.attributes ??= new Map();
  object.attributes.set(name, value);
  return value;
}

/** What all that the object may be have in their namespaces under a name; undefined where that is not known. */
function attributeOfEach(machine: Engine, object: Unknown, name: string): Value | undefined {
  const values = object.oneOf?.values.map((one) =>
    one instanceof PyInstance
      ? ifAbsent(one.attributes?.get(name), () => hostAttribute(machine, one, name))
      : undefined,
  );
  if (values === undefined || values.includes(undefined)) return undefined;
  const { value } = choiceMerger(machine, object);
  return (values as Value[]).reduce((first, second) => value(first, second));
}

/**
 * The attribute's values in the instances that the object may be. Through what their class has under that
 * name, a method or `tensor.data`, the instance itself may be changed.
 */
function mayHave(machine: Engine, object: Unknown, name: string): Value[] {
  const found: Value[] = [];
  // Of hundreds of objects most have one class.
  const ways = new Map<PyClass, Way>();
  for (const one of object.may) {
    if (!(one instanceof PyObject)) continue;
    const own = one.attributes?.get(name);
    if (own !== undefined) {
      found.push(own);
      continue;
    }
    const cls = typeOf(one);
    const way = ways.get(cls) ?? wayOf(cls, name);
    ways.set(cls, way);
    const value = way === "member" ? one : way === "host" ? hostAttribute(machine, one, name) : undefined;
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** What a name leads to in objects of a class: a member of the class, plain data, or what a host finds. */
type Way = "member" | "data" | "host";

function wayOf(cls: PyClass, name: string): Way {
  if (cls.mro.some(({ readers }) => readers.has(name))) return "data";
  return cls.lookup(name) === undefined ? "host" : "member";
}

/** What a host's own `__getattr__` finds; the program's might do anything. */
function hostAttribute(machine: Engine, object: PyObject, name: string): Value | undefined {
  const getter = typeOf(object).lookup("__getattr__");
  if (!(getter instanceof NativeFunction)) return undefined;
  return unlessRaised(machine, "AttributeError", () => machine.call(getter, [object, name]));
}

/** The class's own function behind `object.name(…)`, if calling it directly means the same; else undefined. */
export function findMethod(object: Value, name: string): PyFunction | NativeFunction | undefined {
  if (object instanceof PyClass || object instanceof PyModule || object instanceof PySuper) return undefined;
  const cls = typeOf(object);
  const found = cls.lookup(name);
  if (!(found instanceof PyFunction) && !(found instanceof NativeFunction && found.owner !== null)) {
    return undefined;
  }
  if (object instanceof PyObject && object.attributes?.has(name)) return undefined;
  return cls.lookup("__getattribute__") instanceof PyFunction ? undefined : found;
}

export function setAttribute(machine: Engine, object: Value, name: string, value: Value): void {
  if (object instanceof Unknown) {
    const set = (one: Value): null => {
      setAttribute(machine, one, name, value);
      return null;
    };
    if (forEach(machine, object, set) !== undefined) return;
  }
  const custom = customHook(object, "__setattr__", machine.objectSetattr);
  if (custom === undefined) plainSetAttribute(machine, object, name, value);
  else machine.call(custom, [object, name, value]);
}

/** What the object's class puts in the place of `object`'s own way to set or delete an attribute. */
function customHook(object: Value, hook: string, own: Value | undefined): Value | undefined {
  if (!(object instanceof PyObject) || object instanceof Unknown) return undefined;
  const found = object.cls.lookup(hook);
  if (object instanceof PyClass) return found instanceof PyFunction ? found : undefined;
  return found === own ? undefined : found;
}

/** `setattr` with a name that is not known: only a host's own `__setattr__` can make something of it. */
export function setUnnamed(machine: Engine, object: Value, name: Value, value: Value): void {
  const setter = object instanceof PyInstance ? object.cls.lookup("__setattr__") : undefined;
  if (setter instanceof NativeFunction && setter !== machine.objectSetattr) {
    machine.call(setter, [object, name, value]);
    return;
  }
  plainSetUnnamed(machine, object, value);
}

/** `object.__setattr__` with a name that is not known: no attribute of the object is certainly absent from here on. */
export function plainSetUnnamed(machine: Engine, object: Value, value: Value): void {
  if (object instanceof PyInstance) object.unnamed ??= machine.unknown("an attribute of unknown name");
  machine.incomplete("setattr with an unknown name");
  machine.escape([object, value]);
}

/** `object.__setattr__`. */
export function plainSetAttribute(machine: Engine, object: Value, name: string, value: Value): void {
  if (!(object instanceof PyObject)) {
    machine.raise("AttributeError", `'${typeOf(object).name}' object has no attribute '${name}'`);
  }
  if (object instanceof Unknown) {
    if (object.may.length > 0) machine.escape(object.may);
  } else if (name === "__dict__" && setNamespace(machine, object, value)) return;
  else if (setThroughDescriptor(machine, object, name, value)) return;
  if (object instanceof PyClass) {
    if (object.isShared)
      machine.raise("TypeError", `cannot set '${name}' attribute of immutable type '${object.name}'`);
    PyClass.changes++;
    // What `functools.wraps` copies to a class that stands for another.
    if ((name === "__name__" || name === "__module__") && typeof value === "string") {
      machine.touch(object);
      object[name === "__name__" ? "name" : "module"] = value;
      return;
    }
  }
  machine.touch(object);
  object.attributes ??= new Map();
  object.attributes.set(name, value);
}

/** `object.__dict__ = value`; false where the class or module has a namespace of another kind. */
function setNamespace(machine: Engine, object: PyObject, value: Value): boolean {
  if (object instanceof PyClass || object instanceof PyModule) return false;
  if (!(value instanceof PyDict) && !(value instanceof Unknown)) {
    machine.raise("TypeError", `__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`);
  }
  machine.touch(object);
  object.attributes = new DictNamespace(value instanceof PyDict ? value : anyDict(value), machine);
  return true;
}

/** A dict of which nothing is known. */
function anyDict(unknown: Unknown): PyDict {
  const dict = new PyDict();
  dict.uncertain = unknown;
  return dict;
}

function setThroughDescriptor(machine: Engine, object: PyObject, name: string, value: Value): boolean {
  const found = object.cls.lookup(name);
  if (found instanceof PyProperty) {
    if (found.setter === null) {
      // Those that every object has, such as `__doc__`, are plain attributes in Python.
      const isNative = found.getter instanceof NativeFunction;
      if (isNative && (!(object instanceof PyInstance) || found.getter.owner === types.object)) return false;
      machine.raise("AttributeError", `property '${name}' of '${object.cls.name}' object has no setter`);
    }
    machine.call(found.setter, [object, value]);
    return true;
  }
  const set = found instanceof PyInstance ? found.cls.lookup("__set__") : undefined;
  if (set === undefined) return false;
  machine.call(set, [found!, object, value]);
  return true;
}

export function deleteAttribute(machine: Engine, object: Value, name: string): void {
  const custom = customHook(object, "__delattr__", machine.objectDelattr);
  if (custom === undefined) plainDeleteAttribute(machine, object, name);
  else machine.call(custom, [object, name]);
}

/** `object.__delattr__`. */
export function plainDeleteAttribute(machine: Engine, object: Value, name: string): void {
  const cls = typeOf(object);
  const found = cls.lookup(name);
  if (found instanceof PyProperty && found.deleter !== null) {
    machine.call(found.deleter, [object]);
    return;
  }
  if (!(object instanceof PyObject) || !object.attributes?.has(name)) {
    if (object instanceof Unknown) return;
    machine.raise("AttributeError", `'${cls.name}' object has no attribute '${name}'`);
  }
  machine.touch(object);
  object.attributes.delete(name);
  if (object instanceof PyClass) PyClass.changes++;
}
