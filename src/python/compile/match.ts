import { branchMerger, explore } from "../branches/fork.js";
import { type Evaluate, type Execute, type Frame, NORMAL } from "../calls/frame.js";
import { findAttribute } from "../operations/attributes.js";
import { keyOf } from "../operations/hashing.js";
import { iterate } from "../operations/iteration.js";
import { compare, isInstance, truth } from "../operations/operators.js";
import type { Match, Pattern } from "../syntax/ast.js";
import { PyClass, PyDict, PyList, PyTuple, types, Unknown, type Value } from "../values.js";
import { expression } from "./expressions.js";
import { compileBlock } from "./statements.js";
import type { Unit } from "./unit.js";
import { storeName } from "./variables.js";

type Test = (frame: Frame, subject: Value) => boolean | Unknown;

interface Case {
  readonly test: Test;
  readonly guard: Evaluate | null;
}

const compileTests = (node: Match, unit: Unit): Case[] =>
  node.cases.map(({ pattern, guard }) => ({
    test: compilePattern(pattern, unit),
    guard: guard === null ? null : expression(guard, unit),
  }));

function takes(frame: Frame, { test, guard }: Case, subject: Value): boolean | Unknown {
  const matched = test(frame, subject);
  if (matched !== true || guard === null) return matched;
  return truth(frame.machine, guard(frame));
}

export function compileMatch(node: Match, unit: Unit): Execute {
  const subject = expression(node.subject, unit);
  const cases = compileTests(node, unit);
  const bodies = node.cases.map(({ body }) => compileBlock(body, unit));
  const from = (frame: Frame, value: Value, start: number): ReturnType<Execute> => {
    for (let index = start; index < cases.length; index++) {
      const answer = takes(frame, cases[index]!, value);
      if (answer === true) return bodies[index]!(frame);
      if (answer === false) continue;
      const arms = [() => bodies[index]!(frame), () => from(frame, value, index + 1)];
      return explore(frame, arms, branchMerger(frame, answer));
    }
    return NORMAL;
  };
  return (frame) => from(frame, subject(frame), 0);
}

/** Which case is taken: its index, null for none, Unknown where that cannot be told. */
export function compileCases(node: Match, unit: Unit): (frame: Frame) => number | null | Unknown {
  const subject = expression(node.subject, unit);
  const cases = compileTests(node, unit);
  return (frame) => {
    const value = subject(frame);
    for (const [index, one] of cases.entries()) {
      const answer = takes(frame, one, value);
      if (answer === true) return index;
      if (answer !== false) return answer;
    }
    return null;
  };
}

function compilePattern(pattern: Pattern, unit: Unit): Test {
  switch (pattern.kind) {
    case "MatchValue": {
      const value = expression(pattern.value, unit);
      const isSingleton =
        pattern.value.kind === "Constant" && (pattern.value.type === "None" || pattern.value.type === "bool");
      const op = isSingleton ? "is" : "==";
      return (frame, subject) => truth(frame.machine, compare(frame.machine, op, subject, value(frame)));
    }
    case "MatchAs": {
      const inner = pattern.pattern === null ? null : compilePattern(pattern.pattern, unit);
      const store = pattern.name === null ? null : storeName(pattern.name, unit);
      return (frame, subject) => {
        const answer = inner === null ? true : inner(frame, subject);
        if (answer !== false) store?.(frame, subject);
        return answer;
      };
    }
    case "MatchOr": {
      const all = pattern.patterns.map((one) => compilePattern(one, unit));
      return (frame, subject) => {
        for (const test of all) {
          const answer = test(frame, subject);
          if (answer !== false) return answer;
        }
        return false;
      };
    }
    case "MatchSequence":
      return sequencePattern(pattern.patterns, unit);
    case "MatchMapping":
      return mappingPattern(pattern, unit);
    case "MatchClass":
      return classPattern(pattern, unit);
    case "MatchStar":
      return () => true;
  }
}

/** All of them; the first that is not certain decides. */
function allMatch(tests: Iterable<() => boolean | Unknown>): boolean | Unknown {
  for (const test of tests) {
    const answer = test();
    if (answer !== true) return answer;
  }
  return true;
}

function sequencePattern(patterns: readonly Pattern[], unit: Unit): Test {
  const star = patterns.findIndex(({ kind }) => kind === "MatchStar");
  const tests = patterns.map((one) => compilePattern(one, unit));
  const starred = star < 0 ? undefined : patterns[star];
  const name = starred?.kind === "MatchStar" ? starred.name : null;
  const store = name === null ? null : storeName(name, unit);
  const after = star < 0 ? 0 : patterns.length - star - 1;
  return (frame, subject) => {
    if (subject instanceof Unknown) return subject;
    if (!(subject instanceof PyList || subject instanceof PyTuple)) return false;
    const items = iterate(frame.machine, subject);
    if (items instanceof Unknown) return items;
    const fits = star < 0 ? items.length === tests.length : items.length >= tests.length - 1;
    if (!fits) return false;
    return allMatch(
      tests.map((test, index) => () => {
        if (index === star) {
          store?.(frame, new PyList(items.slice(star, items.length - after)));
          return true;
        }
        const at = star >= 0 && index > star ? items.length - (tests.length - index) : index;
        return test(frame, items[at]!);
      }),
    );
  };
}

function mappingPattern(pattern: Extract<Pattern, { kind: "MatchMapping" }>, unit: Unit): Test {
  const keys = pattern.keys.map((key) => expression(key, unit));
  const tests = pattern.patterns.map((one) => compilePattern(one, unit));
  const store = pattern.rest === null ? null : storeName(pattern.rest, unit);
  return (frame, subject) => {
    if (subject instanceof Unknown) return subject;
    if (!(subject instanceof PyDict)) return false;
    if (subject.uncertain !== null) return subject.uncertain;
    const taken = new Set<unknown>();
    const answer = allMatch(
      tests.map((test, index) => () => {
        const key = keyOf(frame.machine, keys[index]!(frame));
        if (key instanceof Unknown) return key;
        taken.add(key.key);
        const value = subject.get(key.key);
        return value === undefined ? false : test(frame, value);
      }),
    );
    if (answer === true && store !== null) {
      const rest = new PyDict();
      for (const { key, value } of subject.items()) {
        const normal = keyOf(frame.machine, key);
        if (!(normal instanceof Unknown) && !taken.has(normal.key)) rest.set(normal.key, key, value);
      }
      store(frame, rest);
    }
    return answer;
  };
}

/** Classes that match themselves by their one positional pattern: `int(x)`. */
const SELF_MATCHING = new Set<PyClass>([
  types.bool,
  types.bytes,
  types.dict,
  types.float,
  types.frozenset,
  types.int,
  types.list,
  types.set,
  types.str,
  types.tuple,
]);

function classPattern(pattern: Extract<Pattern, { kind: "MatchClass" }>, unit: Unit): Test {
  const cls = expression(pattern.cls, unit);
  const positional = pattern.patterns.map((one) => compilePattern(one, unit));
  const keywords = pattern.keywords.map(({ name, pattern: one }) => ({
    name,
    test: compilePattern(one, unit),
  }));
  return (frame, subject) => {
    const { machine } = frame;
    const type = cls(frame);
    const answer = isInstance(machine, subject, type);
    if (answer !== true) return answer;
    if (positional.length === 1 && type instanceof PyClass && SELF_MATCHING.has(type)) {
      return positional[0]!(frame, subject);
    }
    const names =
      positional.length === 0
        ? []
        : iterate(machine, findAttribute(machine, type, "__match_args__") ?? new PyTuple([]));
    if (names instanceof Unknown) return names;
    const tests = [...positional.map((test, index) => ({ name: names[index], test })), ...keywords];
    return allMatch(
      tests.map(({ name, test }) => () => {
        const value = typeof name === "string" ? findAttribute(machine, subject, name) : undefined;
        return value === undefined ? false : test(frame, value);
      }),
    );
  };
}
