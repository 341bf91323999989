import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES } from "../../../src/layers/frameworks.js";
import { ModelReader } from "../../../src/layers/reading/model.js";
import { Evaluator } from "../../../src/python/evaluator.js";
import { PyDict, PyFloat, PyList, PyTuple, type Value } from "../../../src/python/values.js";
import type { ModelReport } from "../../../src/types.js";

const READER = { read: () => null };
const document = (text: string) => ({ file: "/project/model.py", cells: [{ index: null, text }] });

/** What `call` builds at the end of a program, read from its text and `files`, by path below the root, alone. */
export function modelOf(
  source: string,
  call: string,
  files: Readonly<Record<string, string>> = {},
): ModelReport {
  const reader = new ModelReader(document(source), {
    reader: { read: (file) => files[file.replace(/^\/project\//, "")] ?? null },
    roots: ["/project"],
    sitePackages: [],
    now: () => 0,
  });
  const outcome = reader.read(call);
  if ("error" in outcome) throw new Error(`${call}: ${outcome.error}`);
  return outcome;
}

/** The value of an expression at the end of a program, as plain data; what is not known is `undefined`. */
export function resultOf(source: string, expression: string): unknown {
  const evaluator = new Evaluator({
    modules: FRAMEWORK_MODULES,
    hooks: FRAMEWORK_HOOKS,
    reader: READER,
    roots: ["/project"],
    sitePackages: [],
    now: () => 0,
  });
  const { value, error } = evaluator.evaluate(
    expression,
    evaluator.loadMain({ file: "/project/model.py", text: source }),
  );
  if (error !== null) throw new Error(`${expression}: ${error}`);
  return plain(value);
}

function plain(value: Value): unknown {
  if (value instanceof PyFloat) return value.value;
  if (value instanceof PyList || value instanceof PyTuple) return value.items.map(plain);
  if (value instanceof PyDict) {
    return Object.fromEntries([...value.items()].map(({ key, value: item }) => [String(key), plain(item)]));
  }
  return value !== null && typeof value === "object" ? undefined : value;
}
