/** What an argument that nobody knows is called where it is given to a library: as it is written there. */

import type { Engine } from "../engine.js";
import { isStub } from "../modules/stubs.js";
import { heldAs } from "../symbols/symbolic.js";
import type { Expression } from "../syntax/ast.js";
import { BoundMethod, PyClass, PyFunction, PyInstance, Unknown, type Value } from "../values.js";
import type { Unit } from "./unit.js";

/** Longer texts nobody reads as a size. */
const LONGEST = 40;

/** Expressions that read as one name, and those that need brackets where they are part of a larger one. */
const READ_AS_NAME: ReadonlySet<string> = new Set(["Call", "Attribute", "Subscript"]);
const BRACKETED: ReadonlySet<string> = new Set(["BinOp"]);

/** The text that names the value of an argument; null for what a variable names, and for what reads badly. */
export function argumentName(node: Expression, unit: Unit): string | null {
  if (unit.isStub || !(READ_AS_NAME.has(node.kind) || BRACKETED.has(node.kind))) return null;
  const text = unit.textOf(node);
  if (text.length > LONGEST || /[\n"'{]/.test(text)) return null;
  return BRACKETED.has(node.kind) ? `(${text})` : text;
}

/** The argument, called by its text where a stub takes it; the program's own functions have names for theirs. */
export function calledByText(machine: Engine, text: string | null, callee: Value, value: Value): Value {
  const isNameless = text !== null && value instanceof Unknown && value.size === null && value.path === null;
  return isNameless && isStubCode(callee) ? heldAs(text, machine, value) : value;
}

function isStubCode(callee: Value): boolean {
  if (callee instanceof BoundMethod) return isStubCode(callee.func);
  if (callee instanceof PyFunction) return callee.code.unit.isStub;
  const cls = callee instanceof PyClass ? callee : callee instanceof PyInstance ? callee.cls : null;
  return cls?.definition != null && isStub(cls.definition);
}
