/** Each kind of expression, compiled to a closure over the frame it runs in. */

import { branchMerger, exploreValue } from "../branches/fork.js";
import type { Evaluate, Frame } from "../calls/frame.js";
import { getAttribute } from "../operations/attributes.js";
import { keyOf, setKey } from "../operations/hashing.js";
import { getItem } from "../operations/items.js";
import { iterate, updateDict } from "../operations/iteration.js";
import { compare, truth, unary } from "../operations/operators.js";
import type { Compare, Constant, Dict, Expression, FormattedString, TemplateString } from "../syntax/ast.js";
import { formatValue } from "../texts/format.js";
import {
  ELLIPSIS,
  PyBytes,
  PyComplex,
  PyDict,
  PyFloat,
  PyList,
  PySet,
  PySlice,
  PyTuple,
  Unknown,
  type Value,
} from "../values.js";
import { compileBinary } from "./binary.js";
import { compileCall } from "./calls.js";
import { compileComprehension, compileGeneratorExpression } from "./comprehensions.js";
import { compileLambda } from "./functions.js";
import type { Unit } from "./unit.js";
import { loadName, storeName } from "./variables.js";

type Compilers = {
  [K in Expression["kind"]]: (node: Extract<Expression, { kind: K }>, unit: Unit) => Evaluate;
};

const COMPILERS: Compilers = {
  Constant: constantValue,
  Name: (node, unit) => traced(loadName(node.id, unit), node, unit),
  Attribute(node, unit) {
    const object = expression(node.value, unit);
    const name = unit.mangle(node.attr);
    const span = unit.span(node);
    const read: Evaluate = (frame) => {
      const value = object(frame);
      frame.site = span;
      return getAttribute(frame.machine, value, name);
    };
    return traced(read, node, unit);
  },
  Subscript(node, unit) {
    const object = expression(node.value, unit);
    const index = expression(node.index, unit);
    const span = unit.span(node);
    return (frame) => {
      const value = object(frame);
      const at = index(frame);
      frame.site = span;
      return getItem(frame.machine, value, at);
    };
  },
  Slice(node, unit) {
    const [lower, upper, step] = [node.lower, node.upper, node.step].map((one) => optional(one, unit));
    return (frame) => new PySlice(lower!(frame), upper!(frame), step!(frame));
  },
  Call: (node, unit) => traced(compileCall(node, unit), node, unit),
  BinOp: compileBinary,
  UnaryOp(node, unit) {
    const operand = expression(node.operand, unit);
    if (node.op === "not") {
      return (frame) => {
        const answer = truth(frame.machine, operand(frame));
        return typeof answer === "boolean" ? !answer : frame.machine.unknown(answer.reason);
      };
    }
    const { op } = node;
    return (frame) => unary(frame.machine, op, operand(frame));
  },
  BoolOp(node, unit) {
    const values = expressions(node.values, unit);
    return node.op === "and" ? junction(values, false) : junction(values, true);
  },
  Compare: compileCompare,
  IfExp(node, unit) {
    const test = expression(node.test, unit);
    const body = expression(node.body, unit);
    const orElse = expression(node.orElse, unit);
    const areDicts = node.body.kind === "Dict" && node.orElse.kind === "Dict";
    return (frame) => {
      const answer = truth(frame.machine, test(frame));
      if (answer === true) return body(frame);
      if (answer === false) return orElse(frame);
      const arms = [() => body(frame), () => orElse(frame)];
      return exploreValue(frame, areDicts ? intoOneDict(frame, arms) : arms, branchMerger(frame, answer));
    };
  },
  Lambda: compileLambda,
  Tuple(node, unit) {
    const items = itemsOf(node.elements, unit);
    return (frame) => {
      const values = items(frame);
      return values instanceof Unknown ? values : new PyTuple(values);
    };
  },
  List(node, unit) {
    const items = itemsOf(node.elements, unit);
    return (frame) => {
      const values = items(frame);
      if (!(values instanceof Unknown)) return new PyList(values);
      const list = new PyList([]);
      list.uncertain = values;
      return list;
    };
  },
  Set(node, unit) {
    const items = itemsOf(node.elements, unit);
    return (frame) => {
      const set = new PySet();
      const values = items(frame);
      if (values instanceof Unknown) set.uncertain = values;
      else for (const value of values) addToSet(frame, set, value);
      return set;
    };
  },
  Dict: compileDict,
  ListComp: compileComprehension,
  SetComp: compileComprehension,
  DictComp: compileComprehension,
  GeneratorExp: compileGeneratorExpression,
  Starred: () => (frame) => frame.machine.raise("SyntaxError", "can't use starred expression here"),
  JoinedStr: compileFormatted,
  TemplateStr(node, unit) {
    const parts = compileFormatted(node, unit);
    return (frame) => {
      parts(frame);
      return frame.machine.unknown("a template string");
    };
  },
  NamedExpr(node, unit) {
    const value = expression(node.value, unit);
    let scope = unit;
    while (scope.scope.kind === "comprehension") scope = scope.inside(scope.scope.parent!);
    const store = storeName(node.target.id, unit.scope === scope.scope ? unit : scope);
    return (frame) => {
      const result = value(frame);
      store(frame, result);
      return result;
    };
  },
  Await(node, unit) {
    const value = expression(node.value, unit);
    return (frame) => {
      value(frame);
      return frame.machine.unknown("await: concurrent code is not followed");
    };
  },
  // A function with these in it runs as a generator, which compiles them itself.
  Yield: () => (frame) => frame.machine.raise("SyntaxError", "'yield' outside function"),
  YieldFrom: () => (frame) => frame.machine.raise("SyntaxError", "'yield from' outside function"),
  Error: () => (frame) => frame.machine.unknown("text that is no Python"),
};

export function expression(node: Expression, unit: Unit): Evaluate {
  const special = unit.replaced?.get(node);
  if (special !== undefined) return (frame) => frame.slots[special] as Value;
  return (COMPILERS[node.kind] as (node: Expression, unit: Unit) => Evaluate)(node, unit);
}

export const expressions = (nodes: readonly Expression[], unit: Unit): Evaluate[] =>
  nodes.map((node) => expression(node, unit));

const optional = (node: Expression | null, unit: Unit): Evaluate =>
  node === null ? () => null : expression(node, unit);

function traced(evaluate: Evaluate, node: Expression, unit: Unit): Evaluate {
  if (!unit.source.isTraced) return evaluate;
  const span = unit.span(node);
  return (frame) => {
    const value = evaluate(frame);
    frame.machine.trace(span, value);
    return value;
  };
}

function constantValue(node: Constant): Evaluate {
  const value = constantOf(node);
  return () => value;
}

/** The value that a literal is. */
export function constantOf(node: Constant): Value {
  switch (node.type) {
    case "float":
      return new PyFloat(node.value as number);
    case "complex":
      return new PyComplex(0, node.value as number);
    case "bytes":
      return new PyBytes(Uint8Array.from(node.value as string, (character) => character.charCodeAt(0)));
    case "Ellipsis":
      return ELLIPSIS;
    default:
      return node.value;
  }
}

/** `and` stops at the first value whose truth is `stop` = false, `or` at true. */
function junction(values: readonly Evaluate[], stop: boolean): Evaluate {
  const from = (frame: Frame, index: number): Value => {
    for (let at = index; ; at++) {
      const value = values[at]!(frame);
      if (at === values.length - 1) return value;
      const answer = truth(frame.machine, value);
      if (answer === stop) return value;
      if (typeof answer !== "boolean") {
        const arms = [() => value, () => from(frame, at + 1)];
        return exploreValue(frame, arms, branchMerger(frame, answer));
      }
    }
  };
  return (frame) => from(frame, 0);
}

function compileCompare(node: Compare, unit: Unit): Evaluate {
  const left = expression(node.left, unit);
  const rights = expressions(node.comparators, unit);
  const { ops } = node;
  if (ops.length === 1) {
    const op = ops[0]!;
    const right = rights[0]!;
    const span = unit.span(node);
    return (frame) => {
      const first = left(frame);
      const second = right(frame);
      frame.site = span;
      return compare(frame.machine, op, first, second);
    };
  }
  return (frame) => {
    let value: Value = true;
    let one = left(frame);
    for (let index = 0; index < ops.length; index++) {
      const other = rights[index]!(frame);
      value = compare(frame.machine, ops[index]!, one, other);
      const answer = truth(frame.machine, value);
      if (answer === false) return value;
      // An unknown link leaves the chain unknown unless a later one is false; it is not looked for.
      if (answer !== true) return answer;
      one = other;
    }
    return value;
  };
}

/** The elements of a display or call; a starred one is spread. Unknown when nobody knows how many. */
export function itemsOf(nodes: readonly Expression[], unit: Unit): (frame: Frame) => Value[] | Unknown {
  const parts = nodes.map((node) => ({
    isStarred: node.kind === "Starred",
    value: expression(node.kind === "Starred" ? node.value : node, unit),
  }));
  if (parts.every(({ isStarred }) => !isStarred)) {
    const values = parts.map(({ value }) => value);
    const count = values.length;
    return (frame) => {
      const items: Value[] = [];
      for (let index = 0; index < count; index++) items.push(values[index]!(frame));
      return items;
    };
  }
  const endsPlainly = !parts.at(-1)!.isStarred;
  return (frame) => {
    const items: Value[] = [];
    let unknown: Unknown | null = null;
    for (const { isStarred, value } of parts) {
      const item = value(frame);
      if (!isStarred) items.push(item);
      else {
        const spread = iterate(frame.machine, item);
        if (spread instanceof Unknown) unknown ??= spread;
        else for (const one of spread) items.push(one);
      }
    }
    if (unknown === null) return items;
    const found = frame.machine.unknown(unknown.reason, [...items, ...unknown.may]);
    if (endsPlainly) found.lastItem = items.at(-1);
    return found;
  };
}

export function addToSet(frame: Frame, set: PySet, value: Value): void {
  const key = keyOf(frame.machine, value);
  if (key instanceof Unknown) set.uncertain = frame.machine.unknown(key.reason);
  else set.add(key.key, value);
}

/** Two displays fill one dict, so that what both have of it is known: `{"bias": False} if norm else {}`. */
function intoOneDict(frame: Frame, arms: readonly (() => Value)[]): (() => Value)[] {
  const dict = new PyDict();
  return arms.map((arm) => () => {
    const made = arm() as PyDict;
    frame.machine.touch(dict);
    dict.replace(made);
    return dict;
  });
}

function compileDict(node: Dict, unit: Unit): Evaluate {
  const keys = node.keys.map((key) => (key === null ? null : expression(key, unit)));
  const values = expressions(node.values, unit);
  return (frame) => {
    const dict = new PyDict();
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      if (key === null || key === undefined) updateDict(frame.machine, dict, values[index]!(frame));
      else {
        const name = key(frame);
        setKey(frame.machine, dict, name, values[index]!(frame));
      }
    }
    return dict;
  };
}

function compileFormatted(node: FormattedString | TemplateString, unit: Unit): Evaluate {
  const parts = node.parts.map((part) => {
    if (typeof part === "string") return part;
    const format = part.format === null ? null : compileFormatted(part.format, unit);
    const isDebug = part.debugText !== null && part.conversion === null && format === null;
    return {
      prefix: part.debugText ?? "",
      value: expression(part.value, unit),
      conversion: isDebug ? "r" : part.conversion,
      format,
    };
  });
  return (frame) => {
    let text = "";
    let unknown: Unknown | null = null;
    for (const part of parts) {
      if (typeof part === "string") text += part;
      else {
        const spec = part.format === null ? "" : part.format(frame);
        const piece = formatValue(frame.machine, part.value(frame), part.conversion, spec);
        if (piece instanceof Unknown) unknown ??= piece;
        else text += part.prefix + piece;
      }
    }
    return unknown ?? text;
  };
}
