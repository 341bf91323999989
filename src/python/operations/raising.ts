/** Raising and matching Python exceptions. */

import type { Frame } from "../calls/frame.js";
import type { Engine } from "../engine.js";
import { Raised } from "../errors.js";
import type { Machine } from "../machine.js";
import { PyClass, PyInstance, PyTuple, Unknown, type Value } from "../values.js";

/** Whether `except type` takes the exception; a tuple takes what one of its classes takes. */
export function matchesException(exception: PyInstance, type: Value): boolean {
  if (type instanceof PyTuple) return type.items.some((one) => matchesException(exception, one));
  return type instanceof PyClass && exception.cls.isSubclassOf(type);
}

/** `raise value`: a class is instantiated first. */
export function raiseValue(frame: Frame, value: Value, cause: Value | undefined): never {
  const { machine } = frame;
  const exception = value instanceof PyClass ? machine.call(value) : value;
  if (exception instanceof Unknown) {
    throw new Raised(machine.makeException("Exception", "an exception that is unknown"), frame.site, true);
  }
  if (
    !(exception instanceof PyInstance) ||
    !exception.cls.isSubclassOf(machine.builtin("BaseException") as PyClass)
  ) {
    return machine.raise("TypeError", "exceptions must derive from BaseException");
  }
  exception.attributes ??= new Map();
  if (cause !== undefined) exception.attributes.set("__cause__", cause);
  if (frame.handling !== null && !exception.attributes.has("__context__")) {
    exception.attributes.set("__context__", frame.handling);
  }
  throw new Raised(exception, frame.site, true);
}

/** A bare `raise`. */
export function raiseAgain(frame: Frame): never {
  for (let one: Frame | null = frame; one !== null; one = one.back) {
    if (one.handling !== null) throw new Raised(one.handling, frame.site, true);
  }
  return frame.machine.raise("RuntimeError", "No active exception to reraise");
}

/** "ValueError: message", for a diagnostic. */
export function exceptionText(machine: Machine, exception: PyInstance): string {
  const text = machine.str(exception);
  return typeof text === "string" && text !== "" ? `${exception.cls.name}: ${text}` : exception.cls.name;
}

/** Undefined where `body` raises that exception. */
export function unlessRaised(machine: Engine, exception: string, body: () => Value): Value | undefined {
  const { frame } = machine;
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Raised) || !matchesException(error.exception, machine.builtin(exception)))
      throw error;
    machine.frame = frame;
    return undefined;
  }
}
