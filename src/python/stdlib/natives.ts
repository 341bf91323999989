/** What the standard library's stubs cannot say in Python. Each table's functions are globals of its module. */

import { functions } from "../builtins/define.js";
import { allocate } from "../calls/call.js";
import { parametersOf } from "../calls/signature.js";
import type { Engine } from "../engine.js";
import { installedPackage } from "../modules/metadata.js";
import { callingFile } from "../modules/stubs.js";
import { setKey } from "../operations/hashing.js";
import { typeOf } from "../operations/typeOf.js";
import { literalOf } from "../texts/evalText.js";
import {
  BoundMethod,
  NativeFunction,
  PyClass,
  PyClassMethod,
  PyDict,
  PyFunction,
  PyInstance,
  PyIterator,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PySet,
  PyStaticMethod,
  PyTuple,
  type Span,
  Unknown,
  type Value,
} from "../values.js";
import { readJson } from "./jsonText.js";
import { isYamlVersion, readYaml } from "./yamlText.js";

type Natives = Readonly<Record<string, Value>>;

const named = (table: Parameters<typeof functions>[0]): Natives =>
  Object.fromEntries(functions(table).map((one) => [one.name, one]));

/** `copy` and `deepcopy` share these. */
export const COPY = named({
  "is_atomic(x, /)": (_, x: Value) => isAtomic(x),
  "make_bare(x, /)": (machine, x: Value) => {
    const object = x as PyObject;
    if (object instanceof PyInstance && object.payload !== undefined)
      return new PyInstance(object.cls, object.payload);
    return allocate(machine, object.cls);
  },
  "copy_parts(x, y, convert, /)": (machine, x: Value, y: Value, convert: Value) => {
    copyParts(machine, x as PyObject, y as PyObject, (part) => machine.call(convert, [part]));
    return null;
  },
});

const ATOMIC = [
  PyFunction,
  NativeFunction,
  BoundMethod,
  PyClass,
  PyModule,
  PyProperty,
  PyClassMethod,
  PyStaticMethod,
  PyIterator,
  Unknown,
];

function isAtomic(value: Value): boolean {
  if (!(value instanceof PyObject) || ATOMIC.some((cls) => value instanceof cls)) return true;
  return !(
    value instanceof PyInstance ||
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PyTuple ||
    !value.cls.isBuiltin
  );
}

function copyParts(machine: Engine, from: PyObject, to: PyObject, convert: (part: Value) => Value): void {
  machine.touch(to);
  if (from instanceof PyList && to instanceof PyList) {
    to.items = from.items.map(convert);
    to.uncertain = from.uncertain;
  }
  if (from instanceof PySet && to instanceof PySet)
    for (const key of from.keys()) setKey(machine, to, convert(key), null);
  else if (from instanceof PyDict && to instanceof PyDict) {
    for (const { key, value } of from.items()) setKey(machine, to, convert(key), convert(value));
    to.uncertain = from.uncertain;
  }
  if (from.attributes !== null) {
    to.attributes = new Map();
    for (const [name, value] of from.attributes) to.attributes.set(name, convert(value));
  }
}

export const ABC = named({
  "_made_subclasses(cls, /)": (_, cls: Value) =>
    new PyList(cls instanceof PyClass ? [...(cls.subclasses ?? [])] : []),
  "_set_abstract(cls, names, /)": (machine, cls: Value, names: Value) => {
    const all = machine.iterate(names);
    if (cls instanceof PyClass && !(all instanceof Unknown)) {
      cls.abstractMethods = all.filter((name) => typeof name === "string");
    }
    return null;
  },
});

const KINDS = { positional: 0, either: 1, star: 2, keyword: 3, doubleStar: 4 };

const UNKNOWN_TEST: Parameters<typeof functions>[0] = {
  "is_unknown(value, /)": (_, value: Value) => value instanceof Unknown,
};

/** Where a class, function or method is written. */
function definitionOf(value: Value): Span | null {
  if (value instanceof PyClass) return value.definition;
  if (value instanceof BoundMethod) return definitionOf(value.func);
  return value instanceof PyFunction ? value.code.unit.span(value.code.node) : null;
}

export const INSPECT = named({
  "file_of(value, /)": (machine, value: Value) => {
    if (value instanceof PyModule) return value.file;
    const file = definitionOf(value)?.file;
    if (file !== undefined && !file.startsWith("<")) return file;
    return machine.raise("TypeError", `${typeOf(value).name} is a built-in`);
  },
  "source_of(value, /)": (machine, value: Value) => {
    const span = definitionOf(value);
    const file = value instanceof PyModule ? value.file : span?.file;
    machine.isRepeatable = false;
    const text = file == null ? null : machine.modules.textOf(file);
    // What a stub stands for has a source that nobody knows.
    if (text === null) return new Unknown("the source of a library");
    return span === null ? text : `${text.slice(span.start, span.end)}\n`;
  },
  ...UNKNOWN_TEST,
  /** Name, kind and, where there are any, default and annotation of each parameter. */
  "parameters_of(func, /)": (machine, func: Value) => {
    if (func instanceof PyFunction) return pythonParameters(machine, func);
    if (func instanceof NativeFunction) {
      return new PyList(
        parametersOf(func).map((one) =>
          described(one.name, KINDS[one.kind], one.isRequired ? undefined : one.default, undefined),
        ),
      );
    }
    return machine.raise("ValueError", `no signature found for ${typeOf(func).name}`);
  },
});

function described(
  name: string,
  kind: number,
  value: Value | undefined,
  annotation: Value | undefined,
): PyTuple {
  const extra = new PyDict();
  if (value !== undefined) extra.set("default", "default", value);
  if (annotation !== undefined) extra.set("annotation", "annotation", annotation);
  return new PyTuple([name, kind, extra]);
}

function pythonParameters(machine: Engine, func: PyFunction): Value {
  const { code, defaults, keywordDefaults } = func;
  const { positionalOnly, positional, star, keywordOnly, doubleStar } = code.parameters;
  const annotations = machine.getAttribute(func, "__annotations__");
  const hint = (name: string) => (annotations instanceof PyDict ? annotations.get(name) : undefined);
  const first = code.positionalCount - defaults.length;
  const list = [...positionalOnly, ...positional].map(({ name }, index) =>
    described(
      name,
      index < positionalOnly.length ? 0 : 1,
      index >= first ? defaults[index - first] : undefined,
      hint(name),
    ),
  );
  if (star !== null) list.push(described(star.name, 2, undefined, hint(star.name)));
  for (const { name } of keywordOnly) list.push(described(name, 3, keywordDefaults.get(name), hint(name)));
  if (doubleStar !== null) list.push(described(doubleStar.name, 4, undefined, hint(doubleStar.name)));
  return new PyList(list);
}

const UNKNOWN_TABLE: Parameters<typeof functions>[0] = {
  "unknown(reason, /)": (machine, reason: Value) => machine.unknown(String(reason)),
};

/** A value that depends on chance, the clock or the machine. */
export const UNKNOWN = named(UNKNOWN_TABLE);

/** The same, with the question whether a value is such. */
export const UNKNOWN_OR_NOT = named({ ...UNKNOWN_TABLE, ...UNKNOWN_TEST });

/** What is in a folder may change without any file that was read changing. */
function namesIn(machine: Engine, path: string): readonly string[] | null | undefined {
  const names = machine.modules.finder.dataFolder(path);
  if (names !== undefined) machine.isRepeatable = false;
  return names;
}

export const PATHS = named({
  "file_exists(path, /)": (machine, path: Value) => {
    const { finder } = machine.modules;
    if (typeof path !== "string") return machine.unknown("whether a file exists");
    if (finder.dataFile(path) !== null) return true;
    if (!finder.lacksText(path)) return machine.unknown("whether a file exists");
    machine.isRepeatable = false;
    return false;
  },
  "list_folder(path, /)": (machine, path: Value) => {
    const names = typeof path === "string" ? namesIn(machine, path) : undefined;
    // A folder that may not be read looks like one that is not there.
    if (!names) return machine.unknown("what is in a folder");
    return new PyList(names.map((name) => name.replace(/\/$/, "")));
  },
  "is_folder(path, /)": (machine, path: Value) => {
    const { finder } = machine.modules;
    if (typeof path !== "string") return machine.unknown("whether a folder exists");
    if (namesIn(machine, path)) return true;
    const isNone = finder.dataFile(path) !== null || finder.lacksText(path);
    return isNone ? false : machine.unknown("whether a folder exists");
  },
  ...UNKNOWN_TABLE,
  ...UNKNOWN_TEST,
});

/** Files that a program makes for itself. */
export const FILES = named({
  "copy_file(source, target, /)": (machine, from: Value, to: Value) => {
    const source = typeof from === "string" ? machine.modules.finder.sourceFile(from) : null;
    if (source !== null && typeof to === "string") machine.modules.finder.make(to, source);
    return to;
  },
  "make_file(path, text, /)": (machine, path: Value, text: Value) => {
    if (typeof path === "string" && typeof text === "string")
      machine.modules.finder.make(path, { file: path, text });
    return null;
  },
});

export const ARGUMENTS = named({
  ...UNKNOWN_TEST,
  "not_given(name, /)": (machine, name: Value) => {
    const unknown = machine.unknown(`the argument ${String(name)} has no default`);
    unknown.path = `args.${String(name)}`;
    return unknown;
  },
});

export const IMPORTLIB = named({
  ...UNKNOWN_TEST,
  "load_module(name, /)": (machine, name: Value) => {
    if (typeof name !== "string") return machine.unknown("a module of unknown name");
    const module = machine.modules.load(name);
    if (module !== undefined) return module;
    const error = machine.makeException("ModuleNotFoundError", `No module named '${name}'`);
    if (machine.wouldCatch(error)) machine.raise("ModuleNotFoundError", `No module named '${name}'`);
    return machine.unknown(`the module ${name} was not found`);
  },
  "load_path(name, path, /)": (machine, name: Value, path: Value) => {
    const module =
      typeof name === "string" && typeof path === "string" ? machine.modules.loadPath(name, path) : undefined;
    return module ?? machine.unknown("a module of a file that was not found");
  },
  "module_exists(name, /)": (machine, name: Value) =>
    typeof name === "string" ? machine.modules.exists(name) : machine.unknown("a module of unknown name"),
  "installed_version(name, /)": (machine, name: Value) =>
    typeof name === "string" ? installedVersion(machine, name) : machine.unknown("a version"),
});

/** What metadata, else the package itself, says of its version; null where it is not installed. */
function installedVersion(machine: Engine, name: string): Value {
  const known = machine.versions.get(name);
  if (known !== undefined) return known;
  const { folders, finder } = machine.modules;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_.]+/g, "-");
  const entries = folders.flatMap((folder) => finder.dataFolder(folder) ?? []);
  const installed = entries.map(installedPackage).filter((one) => one !== null);
  const found = installed.find((one) => plain(one.name) === plain(name));
  if (found !== undefined) return found.version;
  const module = machine.modules.load(name.replaceAll("-", "_"));
  if (module === undefined) return null;
  const own = machine.findAttribute(module, "__version__");
  if (typeof own === "string") return own;
  return installed.length > 0 ? null : machine.unknown(`the version of ${name}`);
}

/** What `pydoc` needs: which modules there are. */
export const LOCATING = { ...IMPORTLIB, ...UNKNOWN };

/** What Hydra needs: unknowns, and the file of the program's innermost call. */
export const CALLERS = {
  ...UNKNOWN_OR_NOT,
  ...named({
    "calling_file()": (machine) => callingFile(machine) ?? machine.unknown("the calling file"),
  }),
};

export const LITERALS = named({
  "literal_eval(node_or_string, /)": (machine, text: Value) => literalOf(machine, text),
});

export const JSON_NATIVES = named({
  "parse(text, /)": (machine, text: Value) => {
    if (typeof text !== "string") return machine.unknown("JSON of something unknown");
    machine.allocate(text.length);
    const value = readJson(text);
    return value === undefined ? machine.raise("ValueError", "text that is no JSON") : value;
  },
  "quote(text, /)": (machine, text: Value) =>
    typeof text === "string"
      ? JSON.stringify(text).replace(
          /[\u007f-\uffff]/g,
          (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
        )
      : machine.unknown("JSON"),
});

export const YAML = named({
  "parse(text, version, meaning, /)": (machine, text: Value, version: Value, meaning: Value) => {
    if (typeof text !== "string" || !isYamlVersion(version))
      return machine.unknown("YAML of something unknown");
    machine.allocate(text.length);
    const value = readYaml(text, version, (tag, content) => machine.call(meaning, [tag, content]));
    return value === undefined ? machine.unknown("YAML that is not plain data") : value;
  },
});
