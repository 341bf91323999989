/** The module `_lens` that the stubs import: what they may ask about what is not known, and where they are. */

import { native } from "../../python/host.js";
import type { Machine } from "../../python/machine.js";
import { rootFormula } from "../../python/symbols/formula.js";
import { key, nameOf, polynomialText, symbol } from "../../python/symbols/polynomial.js";
import { formulaOf, heldAs, sizeOf } from "../../python/symbols/symbolic.js";
import type { BinaryOperator } from "../../python/syntax/ast.js";
import {
  BoundMethod,
  PyClass,
  PyFloat,
  PyFunction,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  type Span,
  Sym,
  types,
  Unknown,
  type Value,
} from "../../python/values.js";
import { refuse } from "../observations.js";
import { closes, optional, wrapped } from "../reading/assumedArguments.js";
import { flowNatives } from "./flow.js";
import { matrixProduct, offsets } from "./places.js";

const PLACE = new PyClass("place", [types.object], types.type, "_lens");
PLACE.mro = [PLACE, types.object];

/** Call expressions, innermost first, as a Python value. */
export class Place extends PyObject {
  constructor(readonly spans: readonly Span[]) {
    super(PLACE);
  }
}

/** Something the stubs made, in the order it was made. */
export interface Created {
  readonly value: PyInstance;
  /** `layer`, `variable`, or the function that drew an array. */
  readonly what: string;
  readonly made: readonly Span[];
}

interface Records {
  readonly made: Created[];
  /** How often something was made by the very same chain of calls. */
  readonly atPlace: Map<string, number>;
}

/** A loop that draws for ever would keep everything; no model has more equal layers at one place. */
const MOST_AT_A_PLACE = 1000;

const records = new WeakMap<Machine, Records>();

/** Everything the stubs of this evaluator made so far. */
export function createdBy(machine: Machine): readonly Created[] {
  return records.get(machine)?.made ?? [];
}

function record(machine: Machine, value: Value, what: Value): Value {
  if (!(value instanceof PyInstance)) return null;
  const list: Records = records.get(machine) ?? { made: [], atPlace: new Map() };
  records.set(machine, list);
  const made = machine.callStack();
  const place = `${what} ${made.map(({ file, start }) => `${file}:${start}`).join(" ")}`;
  const count = (list.atPlace.get(place) ?? 0) + 1;
  list.atPlace.set(place, count);
  if (count > MOST_AT_A_PLACE) return null;
  list.made.push({ value, what: String(what), made });
  return null;
}

/** Names of the symbols for dimensions left free begin so; no Python name can. */
const FREE = "?";

const isFree = (value: Value): boolean => value instanceof Sym && key(value.polynomial).includes(FREE);

/**
 * A size: a named unknown becomes its symbol, everything else stays. Half of a size is a float since Python 3,
 * and libraries that take it make an integer of it.
 */
function size(machine: Machine, value: Value): Value {
  if (value instanceof PyFloat && Number.isInteger(value.value)) return value.value;
  if (!(value instanceof Unknown) || value instanceof Sym) return value;
  return computed(value) ?? machine.asInteger(value) ?? value;
}

/** What is computed from names is a size by that formula: `n/2`. */
function computed({ reason, origin, size: known, formula }: Unknown): Unknown | null {
  if (known !== null || formula === null) return null;
  const found = new Unknown(reason, origin);
  found.size = symbol(`${formula.names.join()}: ${formula.text}`, formula.text);
  return found;
}

/** A shape of unknown rank that ends so; of a last size that is free, or has not even a name, it says nothing. */
function endingWith(machine: Machine, last: Value): Value {
  const shape = machine.unknown("shape of unknown rank");
  shape.isTuple = true;
  const isKnown = last !== null && !isFree(last) && !(last instanceof Unknown && formulaOf(last) === null);
  if (isKnown) shape.lastItem = last;
  return shape;
}

/** Whether nobody knows a value that is read from a shape, so that it is an integer: `x.shape[-1]`. */
const isEntryOfShape = (value: Value): boolean =>
  value instanceof Unknown && /\bshape\[-?\d+\]$/.test(value.size === null ? "" : polynomialText(value.size));

/** Whether a factor beside an array of this shape is one number: of sizes of the array, or of what math gave. */
function isOneNumber(factor: Value, shape: Value): boolean {
  const formula = formulaOf(factor);
  if (formula === null || !(shape instanceof PyTuple)) return false;
  const sizes = new Set(shape.items.flatMap((one) => formulaOf(one)?.names ?? []));
  return formula.names.every((name) => sizes.has(name));
}

/** What a function gives for something unknown: `prod(x.shape[1:])`, if that has a name. */
function functionOf(machine: Machine, name: Value, x: Value): Value {
  const outcome = machine.unknown(x instanceof Unknown ? x.reason : `a ${name}`);
  const size = sizeOf(x);
  const of = size && nameOf(size);
  if (of !== null) outcome.size = symbol(`${name}(${of.key})`, `${name}(${of.text})`);
  return outcome;
}

/** The square root of something unknown, entry by entry. */
function root(machine: Machine, x: Value): Value {
  const outcome = machine.unknown(x instanceof Unknown ? x.reason : "a square root");
  outcome.formula = rootFormula(formulaOf(x));
  return outcome;
}

/** The function a method or a wrapper stands for, and how many parameters are bound already. */
function underlying(callable: Value): { readonly func: Value; readonly bound: number } {
  if (callable instanceof BoundMethod) return { ...underlying(callable.func), bound: 1 };
  return { func: callable instanceof PyFunction ? wrapped(callable) : callable, bound: 0 };
}

/** Names of what a function can be given; `**` stands for any name. Unknown for what is no Python function. */
function parameterNames(machine: Machine, callable: Value): Value {
  const { func, bound } = underlying(callable);
  if (!(func instanceof PyFunction)) return machine.unknown("parameters of something that is no function");
  const { positionalOnly, positional, keywordOnly, doubleStar } = func.code.parameters;
  const named = [...[...positionalOnly, ...positional].slice(bound), ...keywordOnly].map(({ name }) => name);
  return new PyList(doubleStar === null ? named : [...named, "**"]);
}

/** How many arguments a function must be given by position, and the names of those it must be given by name. */
function requiredArguments(callable: Value): Value {
  const { func, bound } = underlying(callable);
  if (!(func instanceof PyFunction)) return new PyTuple([1, new PyList([])]);
  const { positionalOnly, positional, keywordOnly } = func.code.parameters;
  const count = positionalOnly.length + positional.length - func.defaults.length - bound;
  const named = keywordOnly.filter((one) => one.default === null).map(({ name }) => name);
  return new PyTuple([Math.max(0, count), new PyList(named)]);
}

/** Names of the arguments whose default may be there to leave something out. */
function closingArguments(callable: Value): Value {
  const { func } = underlying(callable);
  const given = func instanceof PyFunction ? optional(func) : [];
  return new PyList(given.filter((one) => closes(one.default)).map(({ name }) => name));
}

/** The dtype of an array of these; None where there is none, or one that is no plain number. */
function kindOfNumbers(_machine: Machine, list: Value): Value {
  const isKnown = list instanceof PyTuple || (list instanceof PyList && list.uncertain === null);
  const items = isKnown ? list.items : [];
  const kinds = new Set(items.map(kindOf));
  if (kinds.size === 0 || kinds.has(null)) return null;
  if (kinds.has("float64")) return "float64";
  return kinds.has("int64") ? "int64" : "bool";
}

function kindOf(value: Value): "bool" | "int64" | "float64" | null {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "int64";
  return value instanceof PyFloat ? "float64" : null;
}

const isNumber = (value: Value): boolean => typeof value === "number" || value instanceof PyFloat;

/** An operation on two values: plain numbers need nothing of arrays, `otherwise` has all else. */
function numbersFirst(operator: BinaryOperator, otherwise: Value): Value {
  return native(
    "operation(x1, x2, out=None, *, where=True, casting=None, order=None, dtype=None, subok=True)",
    (machine, x1, x2) =>
      isNumber(x1!) && isNumber(x2!)
        ? machine.binary(operator, x1!, x2!)
        : machine.call(otherwise, [x1!, x2!]),
  );
}

export const lensNatives = (): Readonly<Record<string, Value>> => ({
  ...flowNatives(),
  is_unknown: native("is_unknown(x, /)", (_, x) => x instanceof Unknown && !(x instanceof Sym)),
  is_symbol: native("is_symbol(x, /)", (_, x) => x instanceof Sym),
  unknown: native("unknown(reason, /)", (machine, reason) => machine.unknown(String(reason))),
  ending_with: native("ending_with(last, /)", endingWith),
  last_item: native("last_item(x, /)", (_, x) => (x instanceof Unknown && x.lastItem) ?? null),
  placeholder: native(
    "placeholder(axis, /)",
    (_, axis) => new Sym(symbol(`${FREE}${axis}`, `${FREE}${axis}`)),
  ),
  is_entry_of_shape: native("is_entry_of_shape(x, /)", (_, x) => isEntryOfShape(x!)),
  is_placeholder: native("is_placeholder(x, /)", (_, x) => isFree(x)),
  certain: native("certain(condition, /)", (_, condition) => condition === true),
  size: native("size(x, /)", size),
  is_one_number: native("is_one_number(factor, shape, /)", (_, factor, shape) =>
    isOneNumber(factor!, shape!),
  ),
  function_of: native("function_of(name, x, /)", (machine, name, x) => functionOf(machine, name!, x!)),
  root: native("root(x, /)", (machine, x) => root(machine, x!)),
  called: native("called(x, name, /)", (machine, x, name) => heldAs(String(name), machine, x!)),
  site: native("site()", (machine) => new Place(machine.callStack())),
  offsets: native("offsets(shape, axes, /)", (machine, shape, axes) => offsets(machine, shape!, axes!)),
  matrix_product: native("matrix_product(left, right, n, m, p, /)", (machine, left, right, ...sizes) =>
    matrixProduct(machine, [left!, right!], sizes as [number, number, number]),
  ),
  numbers_first: native("numbers_first(operator, otherwise, /)", (_, operator, otherwise) =>
    numbersFirst(operator as BinaryOperator, otherwise!),
  ),
  kind_of_numbers: native("kind_of_numbers(list, /)", kindOfNumbers),
  identity: native("identity(x, /)", (_, x) => (x instanceof PyObject ? `#${x.id}` : String(x))),
  created: native("created(value, what='', /)", record),
  parameter_names: native("parameter_names(function, /)", parameterNames),
  required_arguments: native("required_arguments(function, /)", (_, callable) =>
    requiredArguments(callable!),
  ),
  closing_arguments: native("closing_arguments(function, /)", (_, callable) => closingArguments(callable!)),
  version: native("version(package, /)", (machine, name) => machine.versions.get(String(name)) ?? null),
  refuse: native("refuse(exception, message, /)", (machine, exception, message) =>
    refuse(machine, String(exception), String(message)),
  ),
  unknown_calls: native("unknown_calls()", (machine) => machine.unknownCalls),
  incomplete: native("incomplete(reason, /)", (machine, reason) => {
    machine.incomplete(String(reason));
    return null;
  }),
});
