/**
 * Vega's expression interpreter with bounds: a chart of unknown origin may compute for so long and no longer,
 * and call only functions whose cost follows from the size of their arguments.
 */
import { expressionInterpreter } from "vega-interpreter";

/** A chart that computes longer than this in one go would freeze the editor. */
const MILLISECONDS = 400;
/** Looking at the clock costs more than most expressions. */
const CALLS_BETWEEN_LOOKS = 32;
const MAX_LENGTH = 10_000;
const MAX_TEXT = 100_000;

type Functions = Record<string, (...args: unknown[]) => unknown>;
interface Context {
  readonly functions: Functions;
}
type Evaluate = (...args: unknown[]) => unknown;
type Interpreter = typeof expressionInterpreter;

/** An interpreter that throws when its time is used up; one for each chart. */
export function boundedInterpreter(): Interpreter {
  const spend = budget();
  const bound = (context: Context): Context => ({
    ...context,
    functions: boundedFunctions(context.functions),
  });
  const guard =
    (make: (context: Context, expression: unknown) => Evaluate) =>
    (context: Context, expression: unknown): Evaluate => {
      refuseRegularExpressions(expression);
      const evaluate = make(bound(context), expression);
      return (...args) => {
        spend();
        return small(evaluate(...args));
      };
    };
  return {
    operator: guard(expressionInterpreter.operator),
    parameter: guard(expressionInterpreter.parameter),
    event: guard(expressionInterpreter.event),
    handler: guard(expressionInterpreter.handler),
    encode: guard(expressionInterpreter.encode),
  };
}

/** Time is counted from the first expression of a task of the event loop to its end. */
function budget(): () => void {
  let started: number | null = null;
  let calls = 0;
  return () => {
    if (++calls % CALLS_BETWEEN_LOOKS !== 1) return;
    const now = performance.now();
    if (started === null) {
      started = now;
      setTimeout(() => {
        started = null;
      });
    }
    // Stays used up until the task ends, so that nothing after it starts again.
    if (now - started > MILLISECONDS) {
      calls = 0;
      throw new Error("it takes too long to compute");
    }
  };
}

/** Values that grow with every step of a chain end up too large to write out. */
function small(value: unknown): unknown {
  if (typeof value === "string" && value.length > MAX_TEXT) throw new Error("a text in it is too long");
  if (Array.isArray(value)) leaves(value, { left: MAX_LENGTH * 10 });
  return value;
}

function leaves(values: readonly unknown[], budget: { left: number }): void {
  budget.left -= values.length;
  if (budget.left < 0) throw new Error("a list in it is too long");
  for (const value of values) if (Array.isArray(value)) leaves(value, budget);
}

const bounds = new WeakMap<Functions, Functions>();

function boundedFunctions(functions: Functions): Functions {
  const known = bounds.get(functions);
  if (known) return known;
  const refused = () => {
    throw new Error("it uses regular expressions, which may take forever");
  };
  const replaced: Functions = {
    regexp: refused,
    test: refused,
    split: (text, separator, limit) => String(text).split(String(separator), Number(limit ?? MAX_LENGTH)),
    replace: (text, from, to) => String(text).replace(String(from), String(to)),
    sequence: (...args) => {
      const [first = 0, second, step = 1] = args.map(Number);
      const length = second === undefined ? first : (second - first) / step;
      if (Math.abs(length) > MAX_LENGTH) throw new Error("it counts too far");
      return functions.sequence!(...args);
    },
    join: (list, separator = ",") => {
      if (!Array.isArray(list)) throw new Error("it joins what is no list");
      if (list.length * String(separator).length > MAX_TEXT) throw new Error("a text in it is too long");
      return list.join(String(separator));
    },
    pad: (text, length, ...rest) => {
      if (!(Number(length) <= 1_000)) throw new Error("it pads a text too far");
      return functions.pad!(text, length, ...rest);
    },
    format: (value, specifier, ...rest) => {
      if (/\d{4,}/.test(String(specifier))) throw new Error("it pads a number too far");
      return functions.format!(value, specifier, ...rest);
    },
  };
  // Vega's functions find their chart through the table they are called on, so it must stay in the chain.
  const bounded: Functions = Object.assign(Object.create(functions), replaced);
  bounds.set(functions, bounded);
  return bounded;
}

/** A regular expression written out in a specification is refused before it can run. */
function refuseRegularExpressions(node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  if ("regex" in node && node.regex) throw new Error("it uses regular expressions, which may take forever");
  for (const value of Object.values(node)) if (typeof value === "object") refuseRegularExpressions(value);
}
