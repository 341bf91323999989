/** Names of modules: their own, those of a star import, a package's submodules, and the built-ins. */

import type { Frame } from "../calls/frame.js";
import type { Engine } from "../engine.js";
import { bind } from "../operations/attributes.js";
import { ifAbsent, Lazy, type PyModule, types, type Value } from "../values.js";

/** A name of the module's own namespace, computed if it was left for later; undefined if it has none. */
export function moduleName(machine: Engine, module: PyModule, name: string): Value | undefined {
  const value = module.attributes.get(name);
  if (value instanceof Lazy) {
    // A package that imports its own submodule of the same name means the file, not this very thunk.
    if (value.isRunning) return undefined;
    const forced = value.force();
    if (module.attributes.get(name) === value) module.attributes.set(name, forced);
    return forced;
  }
  return ifAbsent(value, () => machine.modules.names.find(module, name));
}

/** What a global name means in this frame's module. */
export function loadGlobal(frame: Frame, name: string): Value {
  const { machine, globals } = frame;
  const value = ifAbsent(moduleName(machine, globals, name), () => machine.builtins.get(name));
  if (value !== undefined) return value;
  const unknown = machine.modules.names.missing(globals, name);
  return unknown ?? machine.raise("NameError", `name '${name}' is not defined`);
}

/** `module.name`, undefined where Python raises AttributeError. */
export function moduleAttribute(machine: Engine, module: PyModule, name: string): Value | undefined {
  const own = moduleName(machine, module, name);
  if (own !== undefined) return own;
  const special = machine.modules.special(module, name);
  if (special !== undefined) return special;
  const method = name.startsWith("__") ? types.module.attributes.get(name) : undefined;
  if (method !== undefined) return bind(machine, method, module, types.module);
  const fallback = moduleName(machine, module, "__getattr__");
  if (fallback !== undefined && module.attributes.has("__getattr__")) return machine.call(fallback, [name]);
  const inner = machine.modules.submodule(module, name);
  if (inner !== undefined) return inner;
  const substitute = machine.modules.substitute(module);
  const stood = substitute === undefined ? undefined : machine.findAttribute(substitute, name);
  return stood === undefined ? machine.modules.names.missing(module, name) : stood;
}
