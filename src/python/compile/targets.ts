/** The left side of an assignment. */

import type { Frame } from "../calls/frame.js";
import { deleteAttribute, setAttribute } from "../operations/attributes.js";
import { deleteItem, setItem } from "../operations/items.js";
import { iterate } from "../operations/iteration.js";
import { heldAs } from "../symbols/symbolic.js";
import type { Expression } from "../syntax/ast.js";
import { PyList, Unknown, type Value } from "../values.js";
import { elementOf } from "./comprehensions.js";
import { expression } from "./expressions.js";
import type { Unit } from "./unit.js";
import { deleteName, type Store, storeName } from "./variables.js";

export function assignTo(target: Expression, unit: Unit): Store {
  // What the stubs call their variables says nothing to people.
  const called = unit.isStub
    ? (_frame: Frame, _name: string, value: Value) => value
    : (frame: Frame, name: string, value: Value) => heldAs(name, frame.machine, value);
  switch (target.kind) {
    case "Name": {
      const store = storeName(target.id, unit);
      return (frame, value) => store(frame, called(frame, target.id, value));
    }
    case "Attribute": {
      const object = expression(target.value, unit);
      const name = unit.mangle(target.attr);
      return (frame, value) => setAttribute(frame.machine, object(frame), name, called(frame, name, value));
    }
    case "Subscript": {
      const object = expression(target.value, unit);
      const index = expression(target.index, unit);
      return (frame, value) => setItem(frame.machine, object(frame), index(frame), value);
    }
    case "Starred":
      return assignTo(target.value, unit);
    case "Tuple":
    case "List":
      return unpackTo(target.elements, unit);
    default:
      return () => {};
  }
}

function unpackTo(elements: readonly Expression[], unit: Unit): Store {
  const targets = elements.map((one) => assignTo(one, unit));
  const star = elements.findIndex((one) => one.kind === "Starred");
  const after = star < 0 ? 0 : elements.length - star - 1;
  return (frame, value) => {
    const items = iterate(frame.machine, value);
    if (items instanceof Unknown) {
      const last = value instanceof Unknown ? value.lastItem : undefined;
      targets.forEach((assign, index) => {
        if (index === star) assign(frame, unknownList(frame, items));
        else assign(frame, (index === targets.length - 1 ? last : undefined) ?? elementOf(frame, items));
      });
      return;
    }
    checkCount(frame, items.length, elements.length, star >= 0);
    targets.forEach((assign, index) => {
      if (index === star) assign(frame, new PyList(items.slice(star, items.length - after)));
      else
        assign(frame, items[star >= 0 && index > star ? items.length - (elements.length - index) : index]!);
    });
  };
}

function unknownList(frame: Frame, reason: Unknown): PyList {
  const list = new PyList([]);
  list.uncertain = elementOf(frame, reason) as Unknown;
  return list;
}

function checkCount(frame: Frame, given: number, wanted: number, hasStar: boolean): void {
  if (hasStar ? given >= wanted - 1 : given === wanted) return;
  const atLeast = hasStar ? `at least ${wanted - 1}` : `${wanted}`;
  const message =
    given < wanted
      ? `not enough values to unpack (expected ${atLeast}, got ${given})`
      : `too many values to unpack (expected ${wanted})`;
  frame.machine.raise("ValueError", message);
}

export function deleteTarget(target: Expression, unit: Unit): (frame: Frame) => void {
  switch (target.kind) {
    case "Name":
      return deleteName(target.id, unit);
    case "Attribute": {
      const object = expression(target.value, unit);
      const name = unit.mangle(target.attr);
      return (frame) => deleteAttribute(frame.machine, object(frame), name);
    }
    case "Subscript": {
      const object = expression(target.value, unit);
      const index = expression(target.index, unit);
      return (frame) => deleteItem(frame.machine, object(frame), index(frame));
    }
    case "Tuple":
    case "List": {
      const all = target.elements.map((one) => deleteTarget(one, unit));
      return (frame) => {
        for (const one of all) one(frame);
      };
    }
    default:
      return () => {};
  }
}
