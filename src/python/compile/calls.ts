import { forEach } from "../branches/choices.js";
import { callMethodDirectly } from "../calls/call.js";
import type { Evaluate, Frame } from "../calls/frame.js";
import type { Engine } from "../engine.js";
import { findMethod, getAttribute } from "../operations/attributes.js";
import { frameNamespace, superOf } from "../operations/introspection.js";
import { mappingItems, withOptionalKeys } from "../operations/iteration.js";
import type { Call, Expression } from "../syntax/ast.js";
import {
  Cell,
  Lazy,
  type NativeFunction,
  type PyFunction,
  PyInstance,
  PyList,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { argumentName, calledByText } from "./argumentNames.js";
import { expression, itemsOf } from "./expressions.js";
import type { Unit } from "./unit.js";

type Keywords = (frame: Frame) => Map<string, Value> | Unknown | undefined;

/** Gives the arguments of a call to a library the names that their texts are. */
type Naming = (
  frame: Frame,
  callee: Value,
  args: Value[] | Unknown,
  keywords: Map<string, Value> | Unknown | undefined,
) => void;

/** `isStatement`: nobody wants its value, so it is called for what it changes. */
export function compileCall(node: Call, unit: Unit, isStatement = false): Evaluate {
  return zeroArgumentSuper(node, unit) ?? locals(node, unit) ?? ordinaryCall(node, unit, isStatement);
}

/** Lists given to a function that nobody knows, called for its effect: it may have changed them. */
function spoilLists(frame: Frame, callee: Unknown, args: readonly Value[]): void {
  for (const list of args) {
    if (!(list instanceof PyList)) continue;
    frame.machine.touch(list);
    list.uncertain ??= frame.machine.unknown(
      `a list given to something unknown: ${callee.reason}`,
      list.items,
    );
  }
}

function ordinaryCall(node: Call, unit: Unit, isStatement: boolean): Evaluate {
  const args = itemsOf(node.args, unit);
  const keywords = compileKeywords(node, unit);
  const span = unit.span(node);
  const nameAll = argumentNames(node, unit);
  if (node.func.kind === "Attribute") return methodCall(node, unit, args, keywords, nameAll, isStatement);
  const callee = expression(node.func, unit);
  return (frame) => {
    const func = callee(frame);
    const given = args(frame);
    const named = keywords?.(frame);
    nameAll(frame, func, given, named);
    frame.site = span;
    if (given instanceof Unknown || named instanceof Unknown) return spreadUnknown(frame, func, given, named);
    if (isStatement && func instanceof Unknown) spoilLists(frame, func, given);
    return frame.machine.call(func, given, named);
  };
}

function argumentNames(node: Call, unit: Unit): Naming {
  const texts = node.args.map((one) => argumentName(one, unit));
  const keywordTexts = node.keywords.flatMap(({ name, value }): [string, string][] => {
    const text = name === null ? null : argumentName(value, unit);
    return name === null || text === null ? [] : [[name, text]];
  });
  // Behind a spread argument nobody knows which is which.
  const isSpread = node.args.some(({ kind }) => kind === "Starred");
  const hasTexts = !isSpread && texts.some((text) => text !== null);
  if (!hasTexts && keywordTexts.length === 0) return () => {};
  return ({ machine }, callee, args, keywords) => {
    if (hasTexts && !(args instanceof Unknown)) {
      for (const [index, text] of texts.entries()) {
        args[index] = calledByText(machine, text, callee, args[index]!);
      }
    }
    if (!(keywords instanceof Map)) return;
    for (const [name, text] of keywordTexts) {
      keywords.set(name, calledByText(machine, text, callee, keywords.get(name)!));
    }
  };
}

/** `object.name(…)`, without making a bound method where the class's own function is meant. */
function methodCall(
  node: Call,
  unit: Unit,
  args: (frame: Frame) => Value[] | Unknown,
  keywords: Keywords | undefined,
  nameAll: Naming,
  isStatement: boolean,
): Evaluate {
  const { value, attr } = node.func as Extract<Expression, { kind: "Attribute" }>;
  const object = expression(value, unit);
  const name = unit.mangle(attr);
  const span = unit.span(node);
  const attributeSpan = unit.span(node.func);
  return (frame) => {
    const { machine } = frame;
    const self = object(frame);
    frame.site = attributeSpan;
    const method = findMethod(self, name);
    const func = method ?? getAttribute(machine, self, name);
    const given = args(frame);
    const named = keywords?.(frame);
    nameAll(frame, func, given, named);
    frame.site = span;
    if (given instanceof Unknown || named instanceof Unknown) return spreadUnknown(frame, func, given, named);
    const reflected = self instanceof Unknown ? reflectedMethod(name, given, named) : undefined;
    if (reflected !== undefined) return callMethodDirectly(machine, reflected, given[0]!, [self], named);
    if (self instanceof Unknown) {
      const each = forEach(machine, self, (one) => callMethod(machine, one, name, [...given], named));
      if (each !== undefined) return each;
    }
    if (isStatement && func instanceof Unknown) spoilLists(frame, func, given);
    return method === undefined
      ? machine.call(func, given, named)
      : callMethodDirectly(machine, method, self, given, named);
  };
}

function callMethod(
  machine: Engine,
  self: Value,
  name: string,
  args: Value[],
  keywords: ReadonlyMap<string, Value> | undefined,
): Value {
  const method = findMethod(self, name);
  return method === undefined
    ? machine.call(getAttribute(machine, self, name), args, keywords)
    : callMethodDirectly(machine, method, self, args, keywords);
}

/**
 * What a class of the host's does where `unknown.name(value)` is called with one of its own: a method
 * `__rname__`, as Python has them for operators.
 */
function reflectedMethod(
  name: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value> | undefined,
): PyFunction | NativeFunction | undefined {
  const [only] = args;
  if (args.length !== 1 || keywords !== undefined || !(only instanceof PyInstance) || name.startsWith("__"))
    return undefined;
  return findMethod(only, `__r${name}__`);
}

/** A call with `*unknown` or `**unknown`: nobody knows its arguments. */
function spreadUnknown(
  frame: Frame,
  callee: Value,
  args: readonly Value[] | Unknown,
  keywords: ReadonlyMap<string, Value> | Unknown | undefined,
): Value {
  const known = [
    ...(args instanceof Unknown ? args.may : args),
    ...(keywords instanceof Unknown ? keywords.may : (keywords?.values() ?? [])),
  ];
  const reason = args instanceof Unknown ? args.reason : (keywords as Unknown).reason;
  frame.machine.incomplete(`a call with arguments that are unknown: ${reason}`);
  frame.machine.escape([callee, ...known]);
  return frame.machine.unknown(`a call with unknown arguments: ${reason}`);
}

function compileKeywords(node: Call, unit: Unit): Keywords | undefined {
  if (node.keywords.length === 0) return undefined;
  const parts = node.keywords.map(({ name, value }) => ({ name, value: expression(value, unit) }));
  return (frame) => {
    const keywords = new Map<string, Value>();
    let unknown: Unknown | null = null;
    for (const { name, value } of parts) {
      const given = value(frame);
      if (name !== null) keywords.set(name, given);
      else {
        const items = keywordItems(frame.machine, given);
        if (items instanceof Unknown) unknown ??= items;
        else for (const [key, item] of items) addKeyword(frame, keywords, key, item);
      }
    }
    return unknown === null ? keywords : frame.machine.unknown(unknown.reason, [...keywords.values()]);
  };
}

/** Keys and values of a mapping; a key that may not be there has a value that says so. */
function keywordItems(machine: Engine, mapping: Value): readonly (readonly [Value, Value])[] | Unknown {
  const listed = withOptionalKeys(mapping);
  if (listed === null) return mappingItems(machine, mapping);
  return [...listed.keyPairs()].map(([key, name]) => {
    const value = listed.get(key)!;
    if (!listed.isOptional(key)) return [name, value];
    const given = machine.unknown(listed.uncertain!.reason, [value]);
    given.isOptional = true;
    return [name, given];
  });
}

function addKeyword(frame: Frame, keywords: Map<string, Value>, key: Value, value: Value): void {
  if (typeof key !== "string") frame.machine.raise("TypeError", "keywords must be strings");
  if (keywords.has(key)) {
    frame.machine.raise("TypeError", `got multiple values for keyword argument '${key}'`);
  }
  keywords.set(key, value);
}

/** `super()` takes the class its function stands in, and the function's first argument. */
function zeroArgumentSuper(node: Call, unit: Unit): Evaluate | null {
  const isSuper = node.func.kind === "Name" && node.func.id === "super";
  if (!isSuper || node.args.length + node.keywords.length > 0) return null;
  const where = unit.resolve("__class__");
  const builtin = expression(node.func, unit);
  const span = unit.span(node);
  // Inside a comprehension the frame is the function's own, so slot 0 is still its first parameter.
  return (frame) => {
    frame.site = span;
    const callee = builtin(frame);
    if (callee !== types.super) return frame.machine.call(callee);
    const cell =
      where.kind === "free"
        ? frame.closure[where.index]
        : where.kind === "cell"
          ? (frame.slots[where.index] as Cell)
          : undefined;
    const first = frame.slots[0];
    return superOf(frame.machine, cell?.value, first instanceof Cell ? first.value : first);
  };
}

/** `locals()`, `vars()` and `dir()` without arguments read the frame they stand in. */
function locals(node: Call, unit: Unit): Evaluate | null {
  if (node.func.kind !== "Name" || node.args.length + node.keywords.length > 0) return null;
  const { id } = node.func;
  if (id !== "locals" && id !== "vars" && id !== "dir") return null;
  if (unit.resolve(id).kind !== "global") return null;
  return (frame) => {
    if (frame.globals.attributes.has(id)) {
      const own = frame.globals.attributes.get(id)!;
      return frame.machine.call(own instanceof Lazy ? own.force() : own);
    }
    const namespace = frameNamespace(frame);
    return id === "dir" ? frame.machine.call(frame.machine.builtin("sorted"), [namespace]) : namespace;
  };
}
