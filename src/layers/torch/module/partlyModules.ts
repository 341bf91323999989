/**
 * What a program does to the modules in an object whose base class nobody knows: a base of another library is a
 * module of torch's where parts of the object are. Its own methods walk through those parts.
 */
import { native } from "../../../python/host.js";
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyInstance, PyIterator, PyTuple, type Value } from "../../../python/values.js";
import { Tensor } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { entries, isModule, type Named, walk } from "./traversal.js";

/** Whether it is a module for sure. */
const isWhole = (machine: Machine, value: Value): boolean => isModule(machine, value);

/** Whether it is an object of which only a base is not known. */
const isPartly = (machine: Machine, value: Value): value is PyInstance =>
  value instanceof PyInstance && value.cls.unknownBase !== null && !isWhole(machine, value);

/** The parts of an object, or of a module, that are modules or may be. */
function partsOf(machine: Machine, object: PyInstance): Named[] {
  if (isWhole(machine, object)) return entries(machine, object, "_modules");
  return [...(object.attributes ?? [])]
    .map(([name, value]) => ({ name, value }))
    .filter(
      ({ value }) => isWhole(machine, value) || (isPartly(machine, value) && holdsSome(machine, value)),
    );
}

function parametersOf(machine: Machine, object: PyInstance): Named[] {
  if (isWhole(machine, object)) return entries(machine, object, "_parameters");
  const { Parameter } = worldOf(machine);
  return [...(object.attributes ?? [])]
    .map(([name, value]) => ({ name, value }))
    .filter(({ value }) => value instanceof Tensor && value.cls.isSubclassOf(Parameter));
}

/** Whether something of torch's is in it, or in what it holds. */
function holdsSome(machine: Machine, object: PyInstance, seen = new Set<Value>()): boolean {
  if (seen.has(object)) return false;
  seen.add(object);
  if (parametersOf(machine, object).length > 0) return true;
  return [...(object.attributes?.values() ?? [])].some(
    (value) => isWhole(machine, value) || (isPartly(machine, value) && holdsSome(machine, value, seen)),
  );
}

interface Visited {
  readonly name: string;
  readonly module: PyInstance;
}

const joined = (prefix: string, name: string): string => (prefix === "" ? name : `${prefix}.${name}`);

/** The object and all below it, each once. */
function* all(
  machine: Machine,
  object: PyInstance,
  prefix = "",
  seen = new Set<Value>(),
): Generator<Visited> {
  if (isWhole(machine, object)) {
    yield* walk(machine, object, prefix, seen);
    return;
  }
  if (seen.has(object)) return;
  seen.add(object);
  yield { name: prefix, module: object };
  for (const { name, value } of partsOf(machine, object))
    yield* all(machine, value as PyInstance, joined(prefix, name), seen);
}

function* allParameters(machine: Machine, object: PyInstance): Generator<Named> {
  const seen = new Set<Value>();
  for (const { name: prefix, module } of all(machine, object)) {
    for (const { name, value } of parametersOf(machine, module)) {
      if (value === null || seen.has(value)) continue;
      seen.add(value);
      yield { name: joined(prefix, name), value };
    }
  }
}

/** `apply`: the parts first. */
function applyTo(machine: Machine, object: PyInstance, func: Value): Value {
  for (const { value } of partsOf(machine, object)) {
    if (isPartly(machine, value)) applyTo(machine, value, func);
    else machine.callMethod(value, "apply", [func]);
  }
  machine.call(func, [object]);
  return object;
}

const listed = <T>(values: Iterable<T>, show: (one: T) => Value): PyIterator => {
  const rest = [...values].map(show);
  return new PyIterator(() => rest.shift());
};

const pair = (name: string, value: Value): PyTuple => new PyTuple([name, value]);

/** The methods of a module that go through it, for an object that may be one. */
const METHODS: Readonly<Record<string, (object: PyInstance) => readonly [string, NativeBody]>> = {
  apply: (object) => ["apply(fn, /)", (machine, func) => applyTo(machine, object, func!)],
  modules: (object) => ["modules()", (machine) => listed(all(machine, object), ({ module }) => module)],
  named_modules: (object) => [
    "named_modules()",
    (machine) => listed(all(machine, object), ({ name, module }) => pair(name, module)),
  ],
  children: (object) => ["children()", (machine) => listed(partsOf(machine, object), ({ value }) => value)],
  named_children: (object) => [
    "named_children()",
    (machine) => listed(partsOf(machine, object), ({ name, value }) => pair(name, value)),
  ],
  parameters: (object) => [
    "parameters(recurse=True)",
    (machine) => listed(allParameters(machine, object), ({ value }) => value),
  ],
  named_parameters: (object) => [
    "named_parameters(prefix='', recurse=True)",
    (machine) => listed(allParameters(machine, object), ({ name, value }) => pair(name, value)),
  ],
};

/** The method of that name, where the object holds something of torch's; undefined where it does not. */
export function walkingMethod(machine: Machine, object: Value, name: string): Value | undefined {
  const make = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (make === undefined || !isPartly(machine, object) || !holdsSome(machine, object)) return undefined;
  return native(...make(object));
}
