/** Reading, binding and deleting variables. */
import type { Evaluate, Frame } from "../calls/frame.js";
import { loadGlobal } from "../modules/globals.js";
import type { Resolution } from "../syntax/scope.js";
import { type Cell, Lazy, type Value } from "../values.js";
import type { Unit } from "./unit.js";

export type Store = (frame: Frame, value: Value) => void;

function unbound(frame: Frame, name: string): never {
  return frame.machine.raise(
    "UnboundLocalError",
    `cannot access local variable '${name}' where it is not associated with a value`,
  );
}

export function loadName(name: string, unit: Unit): Evaluate {
  return load(name, unit.resolve(name), unit.mangle(name));
}

/** `own` is what a class body calls it. */
function load(name: string, resolution: Resolution, own: string): Evaluate {
  switch (resolution.kind) {
    case "slot": {
      const { index } = resolution;
      return (frame) => {
        const value = frame.slots[index] as Value | undefined;
        return value === undefined ? unbound(frame, name) : value;
      };
    }
    case "cell": {
      const { index } = resolution;
      return (frame) =>
        (frame.slots[index] as Cell).value ?? boundOrNone(frame, frame.slots[index] as Cell, name);
    }
    case "free": {
      const { index } = resolution;
      return (frame) => frame.closure[index]!.value ?? boundOrNone(frame, frame.closure[index]!, name);
    }
    case "global":
      return (frame) => {
        const value = frame.globals.attributes.get(name);
        return value === undefined || value instanceof Lazy ? loadGlobal(frame, name) : value;
      };
    case "class": {
      const outer = load(name, resolution.outer, own);
      return (frame) => {
        const value = frame.namespace!.attributes!.get(own);
        return value === undefined ? outer(frame) : value;
      };
    }
  }
}

function boundOrNone(frame: Frame, cell: Cell, name: string): Value {
  return cell.value === undefined ? unbound(frame, name) : cell.value;
}

export function storeName(name: string, unit: Unit): Store {
  const resolution = unit.resolve(name);
  switch (resolution.kind) {
    case "slot": {
      const { index } = resolution;
      return (frame, value) => {
        if (frame.machine.journal !== null) frame.touch();
        frame.slots[index] = value;
      };
    }
    case "cell": {
      const { index } = resolution;
      return (frame, value) => setCell(frame, frame.slots[index] as Cell, value);
    }
    case "free": {
      const { index } = resolution;
      return (frame, value) => setCell(frame, frame.closure[index]!, value);
    }
    case "global": {
      // What a module's own statement binds is there as soon as anybody looks, whenever it runs.
      const isOwn = unit.scope.kind === "module";
      return (frame, value) => {
        if (isOwn) frame.machine.save(frame.globals);
        else frame.machine.touch(frame.globals);
        frame.globals.attributes.set(name, value);
      };
    }
    case "class": {
      const own = unit.mangle(name);
      return (frame, value) => {
        const namespace = frame.namespace!;
        frame.machine.touch(namespace);
        namespace.attributes!.set(own, value);
      };
    }
  }
}

function setCell(frame: Frame, cell: Cell, value: Value | undefined): void {
  frame.machine.touch(cell);
  cell.value = value;
}

export function deleteName(name: string, unit: Unit): (frame: Frame) => void {
  const resolution = unit.resolve(name);
  const check = loadName(name, unit);
  return (frame) => {
    check(frame);
    if (resolution.kind === "slot") {
      frame.touch();
      frame.slots[resolution.index] = undefined;
    } else if (resolution.kind === "cell") setCell(frame, frame.slots[resolution.index] as Cell, undefined);
    else if (resolution.kind === "free") setCell(frame, frame.closure[resolution.index]!, undefined);
    else {
      const owner = resolution.kind === "class" ? frame.namespace! : frame.globals;
      frame.machine.touch(owner);
      owner.attributes!.delete(resolution.kind === "class" ? unit.mangle(name) : name);
    }
  };
}
