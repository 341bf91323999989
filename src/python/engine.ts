/** One evaluation's state, and the face it shows to natives. The work is done in the files it calls. */

import type { Journal } from "./branches/journal.js";
import {
  type Budgets,
  MAX_DIAGNOSTICS,
  MAX_ELEMENTS,
  STATEMENT_SHARE,
  STEPS_AN_UNKNOWN_IN_TRAINING,
  STEPS_BETWEEN_CLOCKS,
  TRAINING_STEPS,
} from "./budgets.js";
import { BUILTINS } from "./builtins/table.js";
import { call } from "./calls/call.js";
import type { FunctionCode } from "./calls/code.js";
import { Frame } from "./calls/frame.js";
import { Exhausted, FAILED, Raised, STOPPED } from "./errors.js";
import type { HostHooks } from "./host.js";
import type { Machine } from "./machine.js";
import { moduleName } from "./modules/globals.js";
import { type ModuleSources, Modules } from "./modules/modules.js";
import { isStub } from "./modules/stubs.js";
import * as attributes from "./operations/attributes.js";
import * as items from "./operations/items.js";
import * as iteration from "./operations/iteration.js";
import { numberOf } from "./operations/numbers.js";
import * as operators from "./operations/operators.js";
import { exceptionText } from "./operations/raising.js";
import { asInteger } from "./operations/truth.js";
import { typeOf } from "./operations/typeOf.js";
import type { BinaryOperator, CompareOperator } from "./syntax/ast.js";
import type { Scope } from "./syntax/scope.js";
import { repr, str } from "./texts/text.js";
import {
  evaluations,
  type Journaled,
  type Keywords,
  type Next,
  type PyClass,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  type PyModule,
  PyObject,
  PyTuple,
  possibilities,
  type Span,
  Sym,
  types,
  Unknown,
  type Value,
} from "./values.js";

/** Something that could not be done, or went wrong in a statement that ended alone. */
export interface Note {
  readonly message: string;
  readonly span: Span | null;
  /** Whether something may have been registered or changed that is not known now. */
  readonly isIncomplete: boolean;
}

/** What hangs on a statement of a module. */
interface Stake {
  /** Whether it may change what is there: the module lacks that where it ends early. */
  readonly isEffect: boolean;
  /** Steps it may take at the most. */
  readonly most: number;
}

export interface EngineOptions {
  readonly sources: ModuleSources;
  readonly hooks: HostHooks;
  readonly budgets: Budgets;
  /** The host's clock in milliseconds. */
  readonly now: () => number;
  /** Whether the body of an imported module is run whole and in order, as Python does it, not on demand. */
  readonly runsWhole: (module: string) => boolean;
  readonly trace: ((span: Span, value: Value) => void) | null;
  readonly versions: ReadonlyMap<string, string>;
  readonly isOpen: ((test: Span) => boolean) | null;
}

export class Engine implements Machine {
  readonly builtins = BUILTINS;
  readonly modules: Modules;
  readonly notes: Note[] = [];
  /** Those of this evaluation: a loop meets the same each time. */
  readonly #noted = new Set<string>();
  /** Who takes which exception, innermost last: the `try` statements being executed. */
  handlers: ((exception: PyInstance) => boolean)[] = [];
  journal: Journal | null = null;
  callsInBranches = 0;
  /** A module's statement failed that may have had an effect on whatever is evaluated afterwards. */
  lacksEffects = false;
  unknownCalls = 0;
  namedUnknowns = 0;
  frame: Frame | null = null;
  /** Keys of classes with a `__hash__` of their own, by hash. */
  readonly customKeys = new Map<string, Value[]>();
  readonly versions: ReadonlyMap<string, string>;
  /** Functions that ran since `watch`, each once. */
  ran: FunctionCode[] = [];
  /** False once something changed that was there before `watch`. */
  isSelfContained = true;
  /** False once it might give something else next time: it looked at the clock, or at its own source. */
  isRepeatable = true;
  /** The state of each object before it was changed, while somebody wants to put it back. */
  statesBefore: Map<Journaled<unknown>, unknown> | null = null;
  #watched = 0;
  #fuel = 0;
  /** How many branches wait for a module to load. */
  #suspended = 0;
  #spent = 0;
  #elements = 0;
  #deadline = Number.POSITIVE_INFINITY;
  #budgets: Budgets;
  /** Steps after which the present statement of the document has used its part. */
  #share = Number.POSITIVE_INFINITY;
  mayTrain = false;

  readonly objectNew = methodOf(types.object, "__new__");
  readonly objectInit = methodOf(types.object, "__init__");
  readonly objectSetattr = methodOf(types.object, "__setattr__");
  readonly objectDelattr = methodOf(types.object, "__delattr__");
  /** What every object can do, against which a class's own method is told apart. */
  readonly objectDefaults: ReadonlyMap<string, Value> = types.object.attributes;

  constructor(private readonly options: EngineOptions) {
    this.#budgets = options.budgets;
    this.modules = new Modules(this, options.sources, options.runsWhole);
    this.versions = options.versions;
  }

  // ── budgets ──

  /** Begins to note what is run and changed: several evaluations may belong together. */
  watch(): void {
    this.#watched = ++evaluations.count;
    this.ran = [];
    this.isSelfContained = true;
    this.isRepeatable = true;
  }
  /** Starts the budgets anew, for one evaluation; `limits` takes the place of some. */
  begin(limits: Partial<Budgets> = {}): void {
    this.#budgets = { ...this.options.budgets, ...limits };
    this.#spent = 0;
    this.callsInBranches = 0;
    this.#noted.clear();
    this.#elements = 0;
    this.#fuel = 0;
    this.#deadline = this.options.now() + this.#budgets.milliseconds;
  }
  step(): void {
    if (--this.#fuel < 0) this.refuel();
  }
  spend(steps: number): void {
    this.#fuel -= steps;
    if (this.#fuel < 0) this.refuel();
  }
  private refuel(): void {
    this.#spent += STEPS_BETWEEN_CLOCKS - this.#fuel;
    this.#fuel = STEPS_BETWEEN_CLOCKS;
    const budgets = this.#budgets;
    const time = this.options.now();
    if (this.#spent > budgets.steps) this.exhaust(`more than ${budgets.steps.toLocaleString("en")} steps`);
    if (time > this.#deadline) {
      this.isRepeatable = false;
      this.exhaust(`more than ${budgets.milliseconds / 1000} seconds`);
    }
    if (this.#spent > this.#share) this.exhaust("one statement takes too many steps");
  }
  /** Notes that a function runs. */
  enters(code: FunctionCode): void {
    if (code.ranIn === this.#watched) return;
    code.ranIn = this.#watched;
    this.ran.push(code);
  }
  allocate(elements: number): void {
    this.#elements += elements;
    if (elements > MAX_ELEMENTS || this.#elements > this.#budgets.elements) {
      this.exhaust("more memory than a model's constructor takes");
    }
    this.spend(elements >> 4);
  }
  private exhaust(what: string): never {
    throw new Exhausted(`${STOPPED}${what}`, this.callStack());
  }
  /** A statement of the document gets a part of what is left, so that a long loop does not cost the rest. */
  private allot(most: number): void {
    const share = STATEMENT_SHARE * (this.#budgets.steps - this.steps);
    this.#share = this.steps + Math.min(share, most);
    this.mayTrain = most === TRAINING_STEPS;
  }
  /** Steps taken since `begin`. */
  get steps(): number {
    return this.#spent - this.#fuel;
  }

  // ── where we are ──

  private where(): Span | null {
    // In a library that a stub stands for, nothing could be shown: the program's own call is meant.
    let innermost: Span | null = null;
    for (let frame = this.frame; frame !== null; frame = frame.back) {
      if (frame.site && !isStub(frame.site)) return frame.site;
      innermost ??= frame.site;
    }
    return innermost;
  }
  /** The calls under way, innermost first, without those that the standard library makes for others. */
  callStack(): readonly Span[] {
    const stack: Span[] = [];
    for (let frame = this.frame; frame !== null; frame = frame.back) {
      if (frame.site !== null && !this.modules.isTransparent(frame.site.file)) stack.push(frame.site);
    }
    return stack;
  }
  get isGuarded(): boolean {
    return this.handlers.length > 0;
  }
  get inBranch(): boolean {
    return this.journal !== null;
  }
  touch(object: Journaled<unknown>): void {
    if (object.born !== undefined && object.born < this.#watched) this.isSelfContained = false;
    if (this.statesBefore?.has(object) === false) this.statesBefore.set(object, object.snapshot());
    this.save(object);
  }
  /** The same for a change that is no effect of whatever is being evaluated. */
  save(object: Journaled<unknown>): void {
    if (this.journal !== null) this.journal.save(object);
  }
  /** A frame for an expression evaluated at the end of a module. */
  topFrame(scope: Scope, module: PyModule): Frame {
    this.frame = new Frame(this, scope, module, [], null);
    return this.frame;
  }
  /** After an evaluation, however it ended. */
  reset(): void {
    this.frame = null;
    this.journal = null;
    this.handlers = [];
    this.#suspended = 0;
  }
  /** Puts a frame on top of another. */
  enter(frame: Frame, back: Frame | null): void {
    frame.back = back;
    frame.depth = back === null ? 0 : back.depth + 1;
    this.frame = frame;
  }
  get trace(): (span: Span, value: Value) => void {
    return this.options.trace ?? (() => {});
  }
  /** Whether both ways of an `if` are followed, whatever its test says. */
  isOpen(test: Span): boolean {
    return this.options.isOpen?.(test) ?? false;
  }
  /** What a module imports is put off until the name is read. */
  defersImports(module: PyModule): boolean {
    return !this.options.runsWhole(module.name);
  }

  /** What loads a module is no part of the branch that happens to read its name first. */
  outOfBranch<Result>(body: () => Result): Result {
    const { journal, handlers } = this;
    this.journal = null;
    this.handlers = [];
    if (journal !== null) this.#suspended++;
    const from = ++evaluations.count;
    try {
      return body();
    } finally {
      journal?.exclude(from, evaluations.count++);
      if (journal !== null) this.#suspended--;
      this.journal = journal;
      this.handlers = handlers;
    }
  }
  /** A name that loading the module has bound stays bound when the branch around is undone. */
  settle(module: PyModule, name: string): void {
    if (this.#suspended === 0) return;
    const value = module.attributes.get(name);
    if (value !== undefined) module.settled.set(name, value);
  }

  /** Runs a statement that ends alone: what it raises is noted, and `failed` called. */
  isolated(frame: Frame, span: Span, body: () => void, { isEffect, most }: Stake, failed: () => void): void {
    const caller = this.frame;
    const isOutermost = caller === null;
    if (isOutermost) this.allot(most);
    this.enter(frame, null);
    frame.depth = caller === null ? 0 : caller.depth + 1;
    frame.site = span;
    try {
      body();
    } catch (error) {
      const isOver = isOutermost && error instanceof Exhausted;
      const what = isOver ? error.reason : this.failure(error);
      if (what === null) throw error;
      if (isOver) this.reset();
      this.frame = frame;
      this.note(
        isOver ? what : `${FAILED}${what}`,
        // What raised inside a framework is told where the program called it.
        error instanceof Raised && error.origin?.file === span.file ? error.origin : span,
        isEffect || isOver,
      );
      if (isEffect || isOver) this.lacksEffects = true;
      failed();
    } finally {
      this.frame = caller;
      if (isOutermost) {
        this.#share = Number.POSITIVE_INFINITY;
        this.mayTrain = false;
      }
    }
  }

  /** What ended a statement but not the evaluation, in words; null for the end of a budget. */
  private failure(error: unknown): string | null {
    if (error instanceof Raised) return exceptionText(this, error.exception);
    // Calls nested deeper than the machine's own stack.
    return error instanceof RangeError ? "RecursionError" : null;
  }

  /** An expression whose failure makes it unknown and nothing more. */
  attempt(body: () => Value, what: string): Value {
    const { frame } = this;
    try {
      return body();
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      this.frame = frame;
      return this.unknown(`${what} that cannot be evaluated`);
    }
  }

  // ── notes, errors, unknowns ──

  note(message: string, span: Span | null, isIncomplete: boolean): void {
    const what = `${span?.file} ${span?.start} ${span?.end} ${isIncomplete} ${message}`;
    if (this.#noted.has(what)) return;
    if (this.notes.length < MAX_DIAGNOSTICS) this.#noted.add(what);
    if (this.notes.length < MAX_DIAGNOSTICS) this.notes.push({ message, span, isIncomplete });
    else if (isIncomplete && !this.notes.at(-1)!.isIncomplete) {
      this.notes[this.notes.length - 1] = { message, span, isIncomplete };
    }
  }
  incomplete(reason: string): void {
    this.note(reason, this.where(), true);
  }
  /** A fault of the evaluator itself. */
  fault(message: string): void {
    this.note(`Internal: ${message}`, this.where(), true);
  }
  unknown(reason: string, may: readonly Value[] = []): Unknown {
    const unknown = new Unknown(reason.length > 80 ? reason.replace(LINKS, "$1") : reason, this.where());
    unknown.may = possibilities(may);
    // Where the position in a long list is unknown, each reading looks at the whole list.
    this.spend((may.length >> 2) + (this.mayTrain ? STEPS_AN_UNKNOWN_IN_TRAINING : 0));
    return unknown;
  }
  escape(values: readonly Value[]): void {
    const { onEscape } = this.options.hooks;
    if (onEscape === undefined) return;
    const seen = new Set<Value>();
    const visit = (value: Value | undefined): void => {
      if (!(value instanceof PyObject) || value instanceof PyFloat || seen.has(value)) return;
      seen.add(value);
      if (value instanceof Unknown) for (const one of value.may) visit(one);
      else if (value instanceof PyList || value instanceof PyTuple) for (const one of value.items) visit(one);
      else if (value instanceof PyDict) for (const one of value.values()) visit(one);
      else onEscape(this, value);
    };
    for (const value of values) visit(value);
    // A data set that is handed on at each turn of a loop is looked through each time.
    this.spend(seen.size >> 2);
  }
  /** An object whose making was broken off. */
  unfinished(object: PyObject): void {
    this.options.hooks.onUnfinished?.(this, object);
  }
  /** An attribute was read that only an unknown base class can have: what a host has for it, else undefined. */
  readUnknown(object: Value, name: string): Value | undefined {
    return this.options.hooks.onUnknownAttribute?.(this, object, name);
  }
  /** What came of something unknown, told to the host. */
  gaveUnknown<V extends Value>(by: string | Unknown, operands: readonly Value[], result: V): V {
    if (result instanceof Unknown && !(result instanceof Sym))
      this.options.hooks.onUnknownResult?.(this, by, operands, result);
    return result;
  }
  /** What a host has for an attribute that Python's objects lack; undefined where nothing. */
  lackedAttribute(object: Value, name: string): Value | undefined {
    return this.options.hooks.lackedAttribute?.(this, object, name);
  }
  /** What an assignment bound, for hosts that want to know. */
  bound(value: Value, name: string, span: Span): void {
    if (value instanceof PyObject) this.options.hooks.onBind?.(this, value, name, span);
  }
  raise(exception: string, message: string): never {
    return this.raiseWith(exception, message);
  }
  raiseWith(exception: string, argument: Value): never {
    throw new Raised(this.makeException(exception, argument), this.where());
  }
  makeException(exception: string, argument: Value): PyInstance {
    const made = new PyInstance(this.builtin(exception) as PyClass);
    made.attributes = new Map([["args", new PyTuple([argument])]]);
    return made;
  }
  /** Whether a `try` being executed would handle it. */
  wouldCatch(exception: PyInstance): boolean {
    return this.handlers.some((takes) => takes(exception));
  }
  builtin(name: string): Value {
    return this.builtins.get(name)!;
  }
  moduleName(module: PyModule, name: string): Value | undefined {
    return moduleName(this, module, name);
  }

  /** A decorator that is unknown is taken to leave the function or class as it is. */
  decorate(decorator: Value, value: Value): Value {
    if (decorator instanceof Unknown) return value;
    return this.call(decorator, [value]);
  }
  /** `list[int]`. */
  genericAlias(origin: PyClass, args: Value): Value {
    return this.alias("GenericAlias", origin, args instanceof PyTuple ? args : new PyTuple([args]));
  }
  /** `int | None`. */
  unionType(left: Value, right: Value): Value {
    const parts = [left, right].flatMap((one) => {
      const members =
        one instanceof PyInstance && one.cls.name === "UnionType"
          ? one.attributes?.get("__args__")
          : undefined;
      return members instanceof PyTuple ? members.items : [one === null ? types.none : one];
    });
    return this.alias("UnionType", null, new PyTuple(parts));
  }
  private alias(kind: string, origin: Value, args: PyTuple): Value {
    const alias = new PyInstance(this.builtin(kind) as PyClass);
    alias.attributes = new Map<string, Value>([
      ["__origin__", origin],
      ["__args__", args],
    ]);
    return alias;
  }

  // ── Python's own operations ──

  call(callee: Value, args: readonly Value[] = [], keywords?: Keywords): Value {
    return call(this, callee, args, keywords);
  }
  callMethod(object: Value, name: string, args: readonly Value[] = [], keywords?: Keywords): Value {
    return call(this, attributes.getAttribute(this, object, name), args, keywords);
  }
  getAttribute(object: Value, name: string): Value {
    return attributes.getAttribute(this, object, name);
  }
  findAttribute(object: Value, name: string): Value | undefined {
    return attributes.findAttribute(this, object, name);
  }
  setAttribute(object: Value, name: string, value: Value): void {
    attributes.setAttribute(this, object, name, value);
  }
  deleteAttribute(object: Value, name: string): void {
    attributes.deleteAttribute(this, object, name);
  }
  getItem(object: Value, index: Value): Value {
    return items.getItem(this, object, index);
  }
  setItem(object: Value, index: Value, value: Value): void {
    items.setItem(this, object, index, value);
  }
  binary(operator: BinaryOperator, left: Value, right: Value): Value {
    return operators.binary(this, operator, left, right);
  }
  compare(operator: CompareOperator, left: Value, right: Value): Value {
    return operators.compare(this, operator, left, right);
  }
  negate(value: Value): Value {
    return operators.unary(this, "-", value);
  }
  equal(left: Value, right: Value): boolean | Unknown {
    return operators.equal(this, left, right);
  }
  truth(value: Value): boolean | Unknown {
    return operators.truth(this, value);
  }
  asInteger(value: Value): number | bigint | Unknown | null {
    return asInteger(this, value);
  }
  asNumber(value: Value): number | Unknown | null {
    const number = numberOf(operators.payload(value));
    if (number !== null || value instanceof Unknown) return number ?? (value as Unknown);
    const method = typeOf(value).lookup("__float__");
    return method === undefined ? null : this.asNumber(this.call(method, [value]));
  }
  length(value: Value): number | Unknown {
    return iteration.length(this, value);
  }
  iterate(value: Value): readonly Value[] | Unknown {
    return iteration.iterate(this, value);
  }
  iterator(value: Value): Next | Unknown {
    return iteration.iterator(this, value);
  }
  isInstance(value: Value, cls: Value): boolean | Unknown {
    return operators.isInstance(this, value, cls);
  }
  typeOf(value: Value): PyClass {
    return typeOf(value);
  }
  str(value: Value): Value {
    return str(this, value);
  }
  repr(value: Value): Value {
    return repr(this, value);
  }
  /** A file opened for reading, where the reader may read it; else unknown. */
  openText(path: string): Value {
    const text = this.modules.finder.dataFile(path);
    if (text === null) return this.unknown(`the file ${path}`);
    const io = this.modules.load("io");
    return this.call(this.getAttribute(io as Value, "_OpenedText"), [path, text]);
  }
  /** A file opened for writing: what it is given is there for this program alone. */
  writtenText(path: string): Value {
    return this.call(this.getAttribute(this.modules.load("io") as Value, "_WrittenText"), [path]);
  }
  importModule(name: string): PyModule | Unknown {
    return this.modules.load(name) ?? this.unknown(`the module ${name} was not found`);
  }
  isImported(name: string): boolean {
    return this.modules.isLoaded(name);
  }
}

/** Links between the first and the last reason of a chain of unknowns; they tell nothing. */
const LINKS =
  /^([^:]+: )(?:(?:[^:]* depends on a condition that is unknown|an element of something unknown|a call of something unknown|a call with unknown arguments|a range of unknown length): )+/;

const methodOf = (cls: PyClass, name: string): Value | undefined => {
  const method = cls.attributes.get(name);
  return method !== undefined && method !== null && typeof method === "object" && "func" in method
    ? (method.func as Value)
    : method;
};
