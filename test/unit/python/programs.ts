import { Evaluator, type EvaluatorOptions, type Loaded } from "../../../src/python/evaluator.js";
import { type HostModule, native } from "../../../src/python/host.js";
import { Sym, Unknown, type Value } from "../../../src/python/values.js";

/** `from given import unknown, named`: values nobody knows, and named ones that act as symbols. */
const GIVEN: HostModule = {
  name: "given",
  natives: (machine) => ({
    unknown: machine.unknown("given"),
    named: native("named(name, /)", (_, name: Value) => Unknown.named(String(name), "given")),
  }),
};

export interface Program extends Loaded {
  readonly evaluator: Evaluator;
  readonly complete: boolean;
  readonly messages: readonly string[];
  /** An expression as Python would print it; a symbol as its formula; "?" for what is unknown. */
  show(expression: string): string;
}

/** Runs a text as `main.py`; other files by path in `files`, which stand under the root "/project". */
export function run(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: EvaluatorOptions = {},
): Program {
  const all = new Map(Object.entries(files).map(([path, content]) => [`/project/${path}`, content]));
  const evaluator = new Evaluator({
    modules: [GIVEN],
    roots: ["/project"],
    reader: { read: (path) => all.get(path) ?? null },
    ...options,
  });
  const main = evaluator.loadMain({ file: "/project/main.py", text });
  return {
    evaluator,
    module: main.module,
    program: main.program,
    complete: main.complete,
    messages: main.diagnostics.map(({ message }) => message),
    show: (expression) => display(evaluator, evaluator.evaluate(expression, main).value),
  };
}

function display(evaluator: Evaluator, value: Value): string {
  if (value instanceof Sym) return value.toString();
  const text = evaluator.machine.repr(value);
  return typeof text === "string" ? text : "?";
}
