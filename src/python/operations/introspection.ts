/** What code asks about the frame it runs in. */

import type { Frame } from "../calls/frame.js";
import type { Engine } from "../engine.js";
import { Cell, NamespaceDict, PyClass, PyDict, PySuper, Unknown, type Value } from "../values.js";
import { typeOf } from "./typeOf.js";

/** `locals()`: a live view of a module or class body, a copy of a function's variables. */
export function frameNamespace(frame: Frame): PyDict {
  const { machine } = frame;
  if (frame.namespace !== null) return new NamespaceDict(frame.namespace, machine);
  if (frame.scope.kind === "module") return new NamespaceDict(frame.globals, machine);
  const names = new PyDict();
  for (const [name, { index }] of frame.scope.variables) {
    const slot = frame.slots[index];
    const value = slot instanceof Cell ? slot.value : slot;
    if (value !== undefined) names.set(name, name, value);
  }
  frame.scope.free.forEach((name, index) => {
    const value = frame.closure[index]?.value;
    if (value !== undefined) names.set(name, name, value);
  });
  return names;
}

/** `super()`: after the class the function stands in, in the MRO of its first argument. */
export function superOf(machine: Engine, owner: Value | undefined, self: Value | undefined): Value {
  if (owner instanceof Unknown) return owner;
  if (!(owner instanceof PyClass) || self === undefined) {
    return machine.raise("RuntimeError", "super(): no arguments");
  }
  if (self instanceof Unknown) return machine.unknown(self.reason, self.may);
  const type = self instanceof PyClass && self.isSubclassOf(owner) ? self : typeOf(self);
  if (!type.isSubclassOf(owner)) {
    return machine.raise("TypeError", "super(type, obj): obj must be an instance or subtype of type");
  }
  return new PySuper(owner, self, type);
}
