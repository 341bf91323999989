/**
 * An unknown that is one of a few objects, each made in an arm of a branch. What is done to it is done to each,
 * in an arm of its own, as if the statement stood in the branch where the object was made.
 */
import type { Engine } from "../engine.js";
import { Raised } from "../errors.js";
import { heldAs } from "../symbols/symbolic.js";
import {
  type Journaled,
  type Merger,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  Unknown,
  type Value,
} from "../values.js";
import { exploreValue } from "./fork.js";
import { merger } from "./journal.js";

/** What `act` gives for each object that something may be; undefined where these are not known. */
export function forEach(machine: Engine, unknown: Unknown, act: (one: Value) => Value): Value | undefined {
  const { frame } = machine;
  const values = unknown.oneOf?.values ?? [];
  if (!values.some(isObject) || frame === null) return undefined;
  const arms = values.map((one) => () => (isObject(one) ? act(one) : onNone(machine)));
  const outcome = exploreValue(frame, arms, choiceMerger(machine, unknown));
  if (!(outcome instanceof Unknown)) return outcome;
  // `model = model.to(device)`: nothing was made by that.
  if (outcome.oneOf?.values.every((one) => values.includes(one)))
    outcome.oneOf = { values: outcome.oneOf.values, made: unknown.oneOf!.made };
  // Through an iterator or a method what it belongs to may be changed.
  if (outcome.may.some(isHandle)) outcome.may = [...outcome.may, ...unknown.may];
  return outcome;
}

const isObject = (one: Value): boolean => one !== null;

/** A program that goes on did not come here with None, unless it handles that. */
function onNone(machine: Engine): never {
  const exception = machine.makeException("AttributeError", "'NoneType' object has no such attribute");
  throw new Raised(exception, null, true);
}

/** What a loop may run over, of an iterable that is one of a few; null where there may be others. */
export function iterables({ oneOf }: Unknown): readonly Value[] | null {
  const values = oneOf?.values.filter(isObject) ?? [];
  return values.length === 0 ? null : values;
}

/** What one arm alone changes, of what was made for its object, is changed wherever it is. */
export function choiceMerger(machine: Engine, { reason, oneOf }: Unknown): Merger {
  const made = oneOf?.made ?? [];
  const isOfOneArm = ({ born }: Journaled<unknown>): boolean =>
    born !== undefined && made.some(({ from, to }) => born >= from && born <= to);
  return {
    ...merger(
      () => machine.unknown(reason),
      (name, unknown) => heldAs(name, machine, unknown),
      made,
    ),
    isOfOneArm,
  };
}

const HOLDERS = [PyInstance, PyList, PyTuple, PyDict, PyFunction, PyClass];

const isHandle = (value: Value): boolean =>
  value instanceof PyObject && value.cls.isBuiltin && !HOLDERS.some((one) => value instanceof one);
