/** `property`, `classmethod`, `staticmethod`, `super`, functions and methods as objects. */

import { parametersOf } from "../calls/signature.js";
import type { Engine } from "../engine.js";
import { bind, getAttribute } from "../operations/attributes.js";
import { superOf } from "../operations/introspection.js";
import { typeOf } from "../operations/typeOf.js";
import { repr } from "../texts/text.js";
import {
  BoundMethod,
  ifAbsent,
  NamespaceDict,
  NativeFunction,
  PyClass,
  PyClassMethod,
  PyDict,
  PyFunction,
  PyInstance,
  PyModule,
  PyProperty,
  PyStaticMethod,
  type PySuper,
  PyTuple,
  types,
  type Value,
} from "../values.js";
import { define } from "./define.js";

export function installDescriptors(): void {
  installProperty();
  installFunction();
  installMethod();
  define<PyModule>(types.module, {
    properties: { __dict__: (machine, self) => new NamespaceDict(self, machine) },
    staticMethods: {
      "__new__(cls, /, *args, **kwargs)": (_, cls: PyClass, args: Value) =>
        cls === types.module
          ? new PyModule(String((args as PyTuple).items[0]), null, false)
          : new PyInstance(cls),
    },
    methods: {
      "__init__(self, name, doc=None)": (machine, self, name, doc) => {
        machine.setAttribute(self, "__name__", name);
        machine.setAttribute(self, "__doc__", doc);
        return null;
      },
      "__getattribute__(self, name, /)": (machine, self, name) => machine.getAttribute(self, name as string),
    },
  });
  define(types.super, {
    staticMethods: {
      "__new__(cls, type=..., object=..., /)": (machine, _: Value, type?: Value, object?: Value) => {
        if (object === undefined && type === undefined) return bareSuper(machine);
        return superOf(machine, type, object);
      },
    },
    methods: {
      "__getattribute__(self, name, /)": (machine, self, name) =>
        getAttribute(machine, self as PySuper, name as string),
    },
  });
}

/** `super()` reached other than by its own name: the frame tells. */
function bareSuper(machine: Engine): Value {
  const frame = machine.frame;
  const at = frame?.scope.free.indexOf("__class__") ?? -1;
  const first = frame?.slots[0];
  const self =
    first !== null && typeof first === "object" && "restore" in first && !("cls" in first)
      ? first.value
      : first;
  return superOf(machine, at < 0 ? undefined : frame?.closure[at]?.value, self as Value | undefined);
}

function installProperty(): void {
  define<PyProperty>(types.property, {
    staticMethods: {
      "__new__(cls, fget=None, fset=None, fdel=None, doc=None)": (
        _,
        cls: PyClass,
        get: Value,
        set: Value,
        del: Value,
      ) => new PyProperty(get, set, del, cls),
    },
    methods: {
      "getter(self, func, /)": (_, self, func) => new PyProperty(func, self.setter, self.deleter, self.cls),
      "setter(self, func, /)": (_, self, func) => new PyProperty(self.getter, func, self.deleter, self.cls),
      "deleter(self, func, /)": (_, self, func) => new PyProperty(self.getter, self.setter, func, self.cls),
      "__get__(self, instance, owner=None, /)": (machine, self, instance) =>
        instance === null ? self : machine.call(self.getter, [instance]),
      "__set__(self, instance, value, /)": (machine, self, instance, value) =>
        machine.call(self.setter, [instance, value]),
    },
    properties: {
      fget: (_, self) => self.getter,
      fset: (_, self) => self.setter,
      fdel: (_, self) => self.deleter,
    },
  });
  for (const [cls, make] of [
    [types.classmethod, (func: Value, own: PyClass) => new PyClassMethod(func, own)],
    [types.staticmethod, (func: Value, own: PyClass) => new PyStaticMethod(func, own)],
  ] as const) {
    define<PyClassMethod | PyStaticMethod>(cls, {
      staticMethods: { "__new__(cls, func, /)": (_, own: PyClass, func: Value) => make(func, own) },
      methods: {
        "__get__(self, instance, owner=None, /)": (machine, self, instance, owner) =>
          bind(machine, self, instance, owner instanceof PyClass ? owner : typeOf(instance)),
      },
      properties: {
        __func__: (_, self) => self.func,
        __wrapped__: (_, self) => self.func,
        __name__: (machine, self) => getAttribute(machine, self.func, "__name__"),
        __doc__: (machine, self) => getAttribute(machine, self.func, "__doc__"),
        __isabstractmethod__: (machine, self) =>
          machine.findAttribute(self.func, "__isabstractmethod__") ?? false,
      },
    });
  }
}

const annotationsOf = (machine: Engine, self: PyFunction): Value => {
  const own = self.attributes?.get("__annotations__");
  if (own !== undefined) return own;
  const annotations = new PyDict();
  for (const [name, node] of self.code.annotations()) {
    annotations.set(
      name,
      name,
      machine.attempt(() => self.code.evaluateAnnotation(machine, self, node), "an annotation"),
    );
  }
  machine.touch(self);
  self.attributes ??= new Map();
  self.attributes.set("__annotations__", annotations);
  return annotations;
};

function keywordDefaults(self: PyFunction): Value {
  if (self.keywordDefaults.size === 0) return null;
  const dict = new PyDict();
  for (const [name, value] of self.keywordDefaults) dict.set(name, name, value);
  return dict;
}

function installFunction(): void {
  define<PyFunction>(types.function, {
    staticMethods: {
      "__new__(cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)": (
        machine,
        _: Value,
        code: Value,
        _globals: Value,
        name: Value,
        defaults: Value,
      ) => copyOf(machine, code, name, defaults),
    },
    methods: {
      "__get__(self, instance, owner=None, /)": (_, self, instance) =>
        instance === null ? self : new BoundMethod(instance, self),
      "__call__(self, /, *args, **kwargs)": callBack,
    },
    properties: {
      __code__: (machine, self) => codeObject(machine, self),
      __globals__: (machine, self) => new NamespaceDict(self.globals, machine),
      __annotations__: annotationsOf,
      __closure__: (machine) => machine.unknown("__closure__"),
    },
  });
  const own = (name: string, initial: (self: PyFunction) => Value) =>
    plainAttribute(types.function, name, initial);
  own("__name__", (self) => self.name);
  own("__qualname__", (self) => self.qualifiedName);
  own("__module__", (self) => self.globals.attributes.get("__name__") ?? null);
  own("__doc__", (self) => self.code.doc);
  own("__kwdefaults__", keywordDefaults);
  own("__defaults__", (self) => (self.defaults.length === 0 ? null : new PyTuple(self.defaults)));
  for (const cls of [types.builtinFunction, types.methodDescriptor]) {
    define<NativeFunction>(cls, {
      properties: nativeProperties,
      methods: { "__call__(self, /, *args, **kwargs)": callBack },
    });
  }
}

const nativeProperties = {
  __name__: (_: Engine, self: NativeFunction) => self.name,
  __qualname__: (_: Engine, self: NativeFunction) => self.name,
  __doc__: () => null,
  __module__: () => "builtins",
  __kwdefaults__: (_: Engine, self: NativeFunction) => nativeKeywordDefaults(self),
};

/** What functions that are written in Python in their library have. */
function nativeKeywordDefaults(self: NativeFunction): Value {
  const dict = new PyDict();
  for (const { name, kind, default: value } of parametersOf(self))
    if (kind === "keyword" && value !== undefined) dict.set(name, name, value);
  return dict.size === 0 ? null : dict;
}

/** An attribute that a function has until somebody assigns it. */
function plainAttribute(cls: PyClass, name: string, initial: (self: PyFunction) => Value): void {
  const read = new NativeFunction(
    name,
    "(self, /)",
    (_machine, self: Value) => {
      const func = self as PyFunction;
      return ifAbsent(func.attributes?.get(name), () => initial(func));
    },
    cls,
  );
  const write = new NativeFunction(
    name,
    "(self, value, /)",
    (machine, self: Value, value: Value) => {
      const func = self as PyFunction;
      machine.touch(func);
      func.attributes ??= new Map();
      func.attributes.set(name, value);
      return null;
    },
    cls,
  );
  cls.attributes.set(name, new PyProperty(read, write));
}

/** A function made of another one's code, with its variables. */
function copyOf(machine: Engine, code: Value, name: Value, defaults: Value): Value {
  const original = code instanceof PyInstance ? code.host : undefined;
  if (!(original instanceof PyFunction)) return machine.unknown("a function made of unknown code");
  const { globals, closure, keywordDefaults: keywords, qualifiedName } = original;
  const given = defaults instanceof PyTuple ? defaults.items : [];
  const copy = new PyFunction(original.code, globals, closure, given, keywords, qualifiedName);
  if (typeof name === "string") copy.name = name;
  return copy;
}

/** What `inspect`-like code reads of a code object. */
function codeObject(machine: Engine, self: PyFunction): Value {
  const code = new PyInstance(types.object);
  code.host = self;
  const { names, positionalCount, keywordOnlyCount, positionalOnlyCount } = self.code;
  code.attributes = new Map<string, Value>([
    ["co_name", self.code.name],
    ["co_varnames", new PyTuple(names)],
    ["co_argcount", positionalCount],
    ["co_posonlyargcount", positionalOnlyCount],
    ["co_kwonlyargcount", keywordOnlyCount],
    ["co_filename", self.globals.file],
    ["co_flags", machine.unknown("co_flags")],
    ["co_firstlineno", machine.unknown("co_firstlineno")],
  ]);
  code.host = self;
  return code;
}

function callBack(machine: Engine, self: Value, args: Value, kwargs: Value): Value {
  const keywords = new Map<string, Value>();
  for (const { key, value } of (kwargs as PyDict).items()) keywords.set(key as string, value);
  return machine.call(self, (args as PyTuple).items, keywords);
}

function installMethod(): void {
  define<BoundMethod>(types.method, {
    staticMethods: {
      "__new__(cls, func, instance, /)": (_, _cls: Value, func: Value, self: Value) =>
        new BoundMethod(self, func),
    },
    methods: {
      "__call__(self, /, *args, **kwargs)": callBack,
      "__getattr__(self, name, /)": (machine, self, name) => getAttribute(machine, self.func, name as string),
      "__repr__(self, /)": (machine, self) =>
        machine.unknown(`the text of a method ${String(repr(machine, self.func))}`),
    },
    properties: {
      __self__: (_, self) => self.self,
      __func__: (_, self) => self.func,
      __name__: (machine, self) => getAttribute(machine, self.func, "__name__"),
      __doc__: (machine, self) => getAttribute(machine, self.func, "__doc__"),
    },
  });
}
