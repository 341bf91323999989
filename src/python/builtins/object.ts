/** `object` and `type`. */

import { allocate, instantiate } from "../calls/call.js";
import type { Engine } from "../engine.js";
import {
  plainAttribute,
  plainDeleteAttribute,
  plainSetAttribute,
  plainSetUnnamed,
} from "../operations/attributes.js";
import { makeClass } from "../operations/classes.js";
import { identical } from "../operations/comparison.js";
import { typeOf } from "../operations/typeOf.js";
import { plainRepr, qualifiedName, repr } from "../texts/text.js";
import { DictNamespace } from "../values/dictNamespace.js";
import {
  ifAbsent,
  NamespaceDict,
  NOT_IMPLEMENTED,
  PyClass,
  PyDict,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  Sym,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { define } from "./define.js";

export function installObject(): void {
  define<Value>(types.object, {
    methods: {
      "__init__(self, /, *args, **kwargs)": () => null,
      "__setattr__(self, name, value, /)": (machine, self, name, value) => {
        if (typeof name === "string") plainSetAttribute(machine, self, name, value!);
        else plainSetUnnamed(machine, self, value!);
        return null;
      },
      "__delattr__(self, name, /)": (machine, self, name) => {
        if (typeof name === "string") plainDeleteAttribute(machine, self, name);
        return null;
      },
      "__getattribute__(self, name, /)": (machine, self, name) => {
        if (typeof name !== "string") return machine.unknown("an attribute of unknown name");
        const value =
          self instanceof PyClass ? machine.findAttribute(self, name) : plainAttribute(machine, self, name);
        return ifAbsent(value, () =>
          machine.raise("AttributeError", `'${typeOf(self).name}' object has no attribute '${name}'`),
        );
      },
      "__eq__(self, other, /)": (machine, self, other) => {
        const same = identical(machine, self, other!);
        return same === true ? true : same === false ? NOT_IMPLEMENTED : same;
      },
      "__ne__(self, other, /)": (machine, self, other) => {
        const same = identical(machine, self, other!);
        return same === true ? false : same === false ? NOT_IMPLEMENTED : same;
      },
      "__hash__(self, /)": (machine, self) => hashOf(machine, self),
      "__repr__(self, /)": (machine, self) =>
        self instanceof PyInstance && self.payload === undefined
          ? `<${self.cls.module}.${qualifiedName(self.cls)} object at 0x${self.id.toString(16).padStart(12, "0")}>`
          : repr(machine, self),
      "__str__(self, /)": (machine, self) => machine.repr(self),
      "__format__(self, spec, /)": (machine, self) => machine.str(self),
      "__dir__(self, /)": (machine, self) => machine.call(machine.builtin("dir"), [self]),
      "__reduce__(self, /)": (machine) => machine.unknown("pickling"),
      "__reduce_ex__(self, protocol, /)": (machine) => machine.unknown("pickling"),
      "__sizeof__(self, /)": (machine) => machine.unknown("the size of an object"),
    },
    staticMethods: {
      "__new__(cls, /, *args, **kwargs)": (machine, cls: Value) =>
        cls instanceof PyClass ? allocate(machine, cls) : machine.unknown("an instance of an unknown class"),
    },
    classMethods: {
      "__init_subclass__(cls, /)": () => null,
      "__subclasshook__(cls, other, /)": () => NOT_IMPLEMENTED,
    },
    properties: {
      __class__: (_, self) => typeOf(self),
      __dict__: namespaceOf,
      __doc__: (_, self) =>
        self instanceof PyObject
          ? (self.attributes?.get("__doc__") ?? self.cls.lookup("__doc__") ?? null)
          : null,
    },
  });
  installType();
}

function namespaceOf(machine: Engine, self: Value): Value {
  if (self instanceof PyObject && self.attributes instanceof DictNamespace) return self.attributes.dict;
  return self instanceof PyObject && self.cls.mro.some(givesNamespace)
    ? new NamespaceDict(self, machine)
    : machine.raise("AttributeError", `'${typeOf(self).name}' object has no attribute '__dict__'`);
}

/** Built-in classes whose objects have no attributes of their own. */
const BARE: ReadonlySet<PyClass> = new Set([
  types.object,
  types.int,
  types.bool,
  types.float,
  types.complex,
  types.str,
  types.bytes,
  types.none,
  types.list,
  types.tuple,
  types.dict,
  types.set,
  types.frozenset,
  types.dictView,
  types.range,
  types.slice,
  types.iterator,
  types.generator,
]);

/** Whether objects have a `__dict__` because of that class. */
function givesNamespace(cls: PyClass): boolean {
  const slots = cls.attributes.get("__slots__");
  const isListed = slots instanceof PyTuple || slots instanceof PyList;
  return !BARE.has(cls) && (!isListed || slots.items.includes("__dict__"));
}

/** `hash(value)`: a number that equal values share; only text and objects have one of our own making. */
export function hashOf(machine: Engine, value: Value): Value {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (value instanceof Unknown) return machine.unknown(value.reason);
  if (typeof value === "string") {
    let hash = 7;
    for (let index = 0; index < value.length; index++)
      hash = (hash * 31 + value.charCodeAt(index)) % 2147483647;
    return hash;
  }
  if (value instanceof PyTuple) return tupleHash(machine, value);
  return value instanceof PyObject ? value.id : machine.unknown("a hash");
}

function tupleHash(machine: Engine, tuple: PyTuple): Value {
  let hash = 11;
  for (const item of tuple.items) {
    const part = machine.call(machine.builtin("hash"), [item]);
    if (typeof part !== "number") return machine.unknown("a hash");
    hash = (hash * 31 + Math.abs(part)) % 2147483647;
  }
  return hash;
}

function installType(): void {
  define<PyClass>(types.type, {
    methods: {
      "__call__(self, /, *args, **kwargs)": (machine, self, args, kwargs) => {
        const keywords = new Map<string, Value>();
        for (const { key, value } of (kwargs as PyDict).items()) keywords.set(key as string, value);
        return instantiate(machine, self, (args as PyTuple).items, keywords);
      },
      "__init__(self, /, *args, **kwargs)": () => null,
      "__instancecheck__(self, instance, /)": (_, self, instance) =>
        typeOf(instance!).isSubclassOf(self) ? true : isUnknownIn(instance!),
      "__subclasscheck__(self, subclass, /)": (_, self, subclass) =>
        subclass instanceof PyClass && subclass.isSubclassOf(self),
      "__subclasses__(self, /)": (machine, self) => {
        // Whoever derives from the class changes what this gives.
        machine.isSelfContained = false;
        // Subclasses of the standard library's own classes are everywhere; nobody registers by those.
        if (!machine.modules.finder.isHosted(self.module))
          machine.modules.names.materializeMentions(self.name);
        return self.subclasses === null
          ? machine.unknown(`which classes derive from ${self.name}`)
          : new PyList([...self.subclasses]);
      },
      "mro(self, /)": (_, self) => new PyList(self.mro.filter((one) => !one.isHidden)),
      "__or__(self, other, /)": (machine, self, other) => machine.unionType(self, other!),
      "__ror__(self, other, /)": (machine, self, other) => machine.unionType(other!, self),
      "__repr__(self, /)": (machine, self) => plainRepr(machine, self),
      "__hash__(self, /)": (_, self) => self.id,
    },
    staticMethods: {
      "__new__(cls, name, bases=..., namespace=..., /, **kwargs)": newType,
    },
    classMethods: {
      "__prepare__(cls, *args, **kwargs)": () => new PyDict(),
    },
    properties: {
      __name__: (_, self) => self.name,
      __qualname__: (_, self) => qualifiedName(self),
      __module__: (_, self) => self.module,
      __mro__: (_, self) => new PyTuple(self.mro.filter((one) => !one.isHidden)),
      __bases__: (_, self) => new PyTuple(basesOf(self)),
      __base__: (_, self) => basesOf(self)[0] ?? null,
      __dict__: (machine, self) => new NamespaceDict(self, machine),
      __doc__: (_, self) => self.attributes.get("__doc__") ?? null,
      __annotations__: ownAnnotations,
      __abstractmethods__: (machine, self) =>
        machine.call(machine.builtin("frozenset"), [new PyTuple(self.abstractMethods ?? [])]),
      __flags__: (machine) => machine.unknown("__flags__"),
    },
  });
}

const basesOf = ({ bases }: PyClass): readonly PyClass[] =>
  bases.flatMap((one) => (one.isHidden ? basesOf(one) : [one]));

const isUnknownIn = (instance: Value): Value =>
  instance instanceof Unknown ? instance : (typeOf(instance).unknownBase ?? false);

function ownAnnotations(machine: Engine, self: PyClass): Value {
  let own = self.attributes.get("__annotations__");
  if (own === undefined) {
    own = new PyDict();
    machine.touch(self);
    self.attributes.set("__annotations__", own);
  }
  return own;
}

/** `type(value)`, or a new class from name, bases and namespace. */
function newType(
  machine: Engine,
  cls: Value,
  name: Value,
  bases?: Value,
  namespace?: Value,
  kwargs?: Value,
): Value {
  if (bases === undefined) {
    if (name instanceof Sym) return types.int;
    if (!(name instanceof Unknown)) return typeOf(name);
    return machine.unknown(`the type of something unknown: ${name.reason}`);
  }
  const parents = machine.iterate(bases);
  if (
    !(cls instanceof PyClass) ||
    parents instanceof Unknown ||
    typeof name !== "string" ||
    !(namespace instanceof PyDict)
  ) {
    return machine.unknown("a class made of something unknown");
  }
  const keywords = new Map<string, Value>();
  for (const { key, value } of (kwargs as PyDict).items()) keywords.set(key as string, value);
  const names: [string, Value][] = [];
  for (const { key, value } of namespace.items()) if (typeof key === "string") names.push([key, value]);
  return makeClass(machine, cls, name, parents, names, keywords);
}
