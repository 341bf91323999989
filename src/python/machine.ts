import type { BinaryOperator, CompareOperator } from "./syntax/ast.js";
import type { Journaled, Keywords, Next, PyClass, PyModule, Span, Unknown, Value } from "./values.js";

/**
 * What native code may ask of the running evaluator. Everything here can run Python code, raise a
 * Python exception (thrown as `Raised`) or exhaust a budget (thrown as `Exhausted`): let both pass.
 */
export interface Machine {
  /** How often something was called that nobody knows, and that may have done anything. */
  readonly unknownCalls: number;
  // ── Python's own operations ──
  call(callee: Value, args?: readonly Value[], keywords?: Keywords): Value;
  callMethod(object: Value, name: string, args?: readonly Value[], keywords?: Keywords): Value;
  getAttribute(object: Value, name: string): Value;
  /** undefined where Python raises AttributeError. */
  findAttribute(object: Value, name: string): Value | undefined;
  setAttribute(object: Value, name: string, value: Value): void;
  deleteAttribute(object: Value, name: string): void;
  getItem(object: Value, index: Value): Value;
  setItem(object: Value, index: Value, value: Value): void;
  binary(operator: BinaryOperator, left: Value, right: Value): Value;
  compare(operator: CompareOperator, left: Value, right: Value): Value;
  negate(value: Value): Value;
  equal(left: Value, right: Value): boolean | Unknown;
  truth(value: Value): boolean | Unknown;
  /** An int, a Sym, or Unknown; null where it is none (`__index__` is honoured, a bool counts). */
  asInteger(value: Value): number | bigint | Unknown | null;
  /** An int or float as a JS number; Unknown; null where it is no number. */
  asNumber(value: Value): number | Unknown | null;
  length(value: Value): number | Unknown;
  /** All the values that iterating gives; Unknown where nobody knows how many. */
  iterate(value: Value): readonly Value[] | Unknown;
  /** One value after the other; undefined at the end. Unknown: nobody knows whether there is one. */
  iterator(value: Value): Next | Unknown;
  isInstance(value: Value, cls: Value): boolean | Unknown;
  typeOf(value: Value): PyClass;
  str(value: Value): Value;
  repr(value: Value): Value;

  // ── errors and what is not known ──
  /** Raises a built-in exception: `raise("TypeError", "message")`. */
  raise(exception: string, message: string): never;
  /** A fresh unknown that says where in the program it arose. */
  unknown(reason: string, may?: readonly Value[]): Unknown;
  /** Says that something was skipped which may have registered or changed something. */
  incomplete(reason: string): void;
  /** Tells the host that code nobody knows may have changed these values, and whatever they hold. */
  escape(values: readonly Value[]): void;

  // ── where we are ──
  /** The call expressions being executed, innermost first. */
  callStack(): readonly Span[];
  /** Whether we are in a branch that may not be taken. */
  readonly inBranch: boolean;
  /** Whether a `try` with handlers is being executed. */
  readonly isGuarded: boolean;
  /** How many unknowns were called after a variable: tells those of one name apart. */
  namedUnknowns: number;
  /** Call BEFORE changing anything that outlives the call: a list, an attribute, host state. */
  touch(object: Journaled<unknown>): void;
  /** While it is set, `touch` keeps here the state of each object before its first change. */
  statesBefore: Map<Journaled<unknown>, unknown> | null;
  /** Counts work done natively, so that it falls under the budget: one step is about one Python operation. */
  spend(steps: number): void;
  /** Counts elements about to be made natively; ends the evaluation when there are too many. */
  allocate(elements: number): void;

  /** The statement that runs is one whose loops may be training, which tells nothing new after its first turns. */
  readonly mayTrain: boolean;

  // ── modules ──
  /** Of installed packages, by name. */
  readonly versions: ReadonlyMap<string, string>;
  /** The module of that dotted name, loaded; Unknown where there is none. */
  importModule(name: string): PyModule | Unknown;
  /** Whether the program has imported it so far. */
  isImported(name: string): boolean;
  /** A name of the module itself, computed if it was left for later; undefined if it has none. */
  moduleName(module: PyModule, name: string): Value | undefined;
}
