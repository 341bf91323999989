/** What is in a `torch.nn.Module`: its registries, and all that is below it. */
import type { Machine } from "../../../python/machine.js";
import {
  type PyClass,
  PyDict,
  PyInstance,
  type PyObject,
  Unknown,
  type Value,
} from "../../../python/values.js";

/** The dicts every module has, in torch's order. */
export const REGISTRIES = ["_parameters", "_buffers", "_modules"] as const;
export type Registry = (typeof REGISTRIES)[number];

const moduleClasses = new WeakMap<Machine, PyClass>();
/** Tells which class of one evaluator is the base of all modules. */
export const setModuleClass = (machine: Machine, cls: PyClass): void => {
  moduleClasses.set(machine, cls);
};

/** Whether a value is an instance of torch.nn.Module. */
export function isModule(machine: Machine, value: Value | undefined): value is PyInstance {
  const cls = moduleClasses.get(machine);
  return cls !== undefined && value instanceof PyInstance && value.cls.isSubclassOf(cls);
}

/** `_parameters`, `_buffers` or `_modules` of a module; made if `__init__` has not run yet. */
export function registry(machine: Machine, module: PyObject, name: Registry): PyDict {
  const found = module.attributes?.get(name);
  if (found instanceof PyDict) return found;
  machine.touch(module);
  module.attributes ??= new Map();
  const made = new PyDict();
  module.attributes.set(name, made);
  return made;
}

export interface Named {
  readonly name: string;
  readonly value: Value;
}

/** What stands for the name of a module that may be there under a name nobody knows. */
const NAMELESS = "*";

/** A registry's values that are only known as what may be there: made in a loop nobody knows the length of. */
export function possible(machine: Machine, module: PyObject, kind: Registry): readonly Value[] {
  const dict = registry(machine, module, kind);
  const unknowns = [dict.uncertain, ...dict.values()].filter((one) => one instanceof Unknown);
  return [...new Set(unknowns.flatMap(({ may }) => may))];
}

/** Whether a module may have submodules that are not known. */
export const isOpen = (machine: Machine, module: PyObject): boolean => {
  const dict = registry(machine, module, "_modules");
  return dict.uncertain !== null || [...dict.values()].some((one) => one instanceof Unknown);
};

/** The entries of a registry, by name. */
export function entries(machine: Machine, module: PyObject, kind: Registry): Named[] {
  const named: Named[] = [];
  for (const { key, value } of registry(machine, module, kind).items())
    named.push({ name: String(key), value });
  return named;
}

/** Values that may be in a registry, under the name that stands for any. */
const unnamed = (machine: Machine, module: PyObject, kind: Registry): Named[] =>
  possible(machine, module, kind).map((value) => ({ name: NAMELESS, value }));

const joinName = (prefix: string, name: string): string => (prefix === "" ? name : `${prefix}.${name}`);

/**
 * The module and all below it, depth first, each once (or, with duplicates, as often as it is reached); those
 * that may be there too: what is done to all of a model's modules is done to them wherever they are.
 */
export function* walk(
  machine: Machine,
  module: PyInstance,
  prefix = "",
  seen: Set<Value> | null = new Set(),
): Generator<{ readonly name: string; readonly module: PyInstance }> {
  if (seen?.has(module)) return;
  seen?.add(module);
  yield { name: prefix, module };
  for (const { name, value } of entries(machine, module, "_modules")) {
    if (isModule(machine, value)) yield* walk(machine, value, joinName(prefix, name), seen);
  }
  for (const value of possible(machine, module, "_modules")) {
    if (isModule(machine, value)) yield* walk(machine, value, joinName(prefix, NAMELESS), seen);
  }
}

/** Parameters or buffers of a module and those below it. */
export function members(
  machine: Machine,
  module: PyInstance,
  kind: "_parameters" | "_buffers",
  { prefix = "", recurse = true, unique = true } = {},
): Named[] {
  const found: Named[] = [];
  const seen = new Set<Value>();
  const modules = recurse
    ? walk(machine, module, prefix, unique ? new Set() : null)
    : [{ name: prefix, module }];
  for (const { name: path, module: owner } of modules) {
    for (const { name, value } of [...entries(machine, owner, kind), ...unnamed(machine, owner, kind)]) {
      if (value === null || (unique && seen.has(value))) continue;
      seen.add(value);
      found.push({ name: joinName(path, name), value });
    }
  }
  machine.spend(found.length);
  return found;
}

/** Why there may be more modules below this one than can be listed. */
export function whyOpen(machine: Machine, module: PyInstance, recurse = true): Unknown | null {
  const all = recurse ? [...walk(machine, module)].map((one) => one.module) : [module];
  return all.some((one) => isOpen(machine, one)) ? machine.unknown(MORE_MODULES) : null;
}

const MORE_MODULES = "modules that are not known";

/** Whether it stands for more modules of a model than can be listed, or for one of those. */
export const isUnknownPart = ({ reason }: Unknown): boolean =>
  reason.endsWith(MORE_MODULES) && !reason.startsWith("a call");

/** Direct submodules, each once, and those that may be there. */
export function children(machine: Machine, self: PyInstance): Named[] {
  const seen = new Set<Value>([null]);
  return [...entries(machine, self, "_modules"), ...unnamed(machine, self, "_modules")].filter(
    ({ value }) => {
      if (value instanceof Unknown || seen.has(value)) return false;
      seen.add(value);
      return true;
    },
  );
}
