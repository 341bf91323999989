import assert from "node:assert/strict";
import type { FoundParameters } from "../../../src/layers/framework.js";
import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES, parametersOf } from "../../../src/layers/frameworks.js";
import { type Evaluation, Evaluator, ProgramCache } from "../../../src/python/evaluator.js";
import type { Machine } from "../../../src/python/machine.js";
import type { Value } from "../../../src/python/values.js";

/** Stubs are parsed once for all programs of a test file. */
const cache = new ProgramCache();

/** What an expression is at the end of a program. */
export interface Result extends Evaluation {
  readonly machine: Machine;
}

export function evaluate(source: string, expression: string): Result {
  const evaluator = new Evaluator({ modules: FRAMEWORK_MODULES, hooks: FRAMEWORK_HOOKS, cache });
  const module = evaluator.loadMain({ file: "/program/main.py", text: source });
  return { ...evaluator.evaluate(expression, module), machine: evaluator.machine };
}

/** The value; fails where the program raised. */
export function valueIn(
  source: string,
  expression: string,
): { readonly machine: Machine; readonly value: Value } {
  const { error, value, machine, diagnostics } = evaluate(source, expression);
  assert.equal(error, null, `${source}\n${JSON.stringify(diagnostics)}`);
  return { machine, value };
}

/** Its parameters; fails where it has none. */
export function parametersIn(source: string, expression: string): FoundParameters {
  const { machine, value } = valueIn(source, expression);
  const found = parametersOf(machine, value);
  assert.ok(found !== null, `no parameters: ${source}`);
  return found;
}
