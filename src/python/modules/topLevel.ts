/**
 * Running the statements of a module. What only binds a name waits until somebody reads the name; what
 * may have an effect runs in order when the module is first used. A statement that fails ends alone: the
 * names it would have bound become unknown.
 */

import { recast } from "../branches/fork.js";
import { TRAINING_STEPS } from "../budgets.js";
import { FORKED, Frame, NORMAL } from "../calls/frame.js";
import { statement } from "../compile/statements.js";
import { type Source, Unit } from "../compile/unit.js";
import type { Engine, Note } from "../engine.js";
import type { Expression, If, ImportFrom, Module, Statement } from "../syntax/ast.js";
import { declaredImports, isTypeChecking } from "../syntax/declared.js";
import { analyzeBody, type Scopes } from "../syntax/resolveNames.js";
import { docstring, innerBlocks, isDefinition } from "../syntax/walk.js";
import { writtenNames } from "../syntax/writtenNames.js";
import type { PyModule, Value } from "../values.js";

/** A parsed file, ready to run in any evaluator. Compiling is done once. */
export class Program {
  readonly statements: readonly Statement[];
  readonly unit: Unit;
  /** For each statement the names it binds. */
  readonly bindings: readonly (readonly string[])[];
  /** Whether it puts another object in its own place, so that its imports say what there is and in no order. */
  readonly isOnDemand: boolean;
  readonly #compiled: ((frame: Frame) => number)[] = [];
  readonly #laziness: readonly Laziness[];
  #exports: ReadonlySet<string> | null | undefined;
  #stars: ReturnType<typeof starsIn> | undefined;
  #declared: readonly ImportFrom[] | null = null;

  constructor(
    readonly ast: Module,
    readonly text: string,
    source: Omit<Source, "text">,
  ) {
    this.statements = ast.body.statements.flatMap(plainly);
    this.isOnDemand = ast.body.statements.some(isDeclaredPlainly);
    const scopes: Scopes = new Map();
    const scope = analyzeBody(ast, "module", this.statements, null, scopes);
    this.unit = new Unit(scope, scopes, { ...source, text }, "", "");
    this.bindings = this.statements.map(boundNames);
    const counts = new Map<string, number>();
    for (const name of this.bindings.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const isUnique = (name: string) => counts.get(name) === 1 && !PRESET.has(name);
    const fixed = new Set(this.statements.filter(bindsForGood).flatMap(boundNames).filter(isUnique));
    const isFixed = (name: string) => fixed.has(name) || !counts.has(name);
    this.#laziness = this.statements.map((one, index) =>
      this.bindings[index]!.length > 0 && this.bindings[index]!.every(isUnique)
        ? laziness(one, isFixed)
        : "effect",
    );
  }

  /** Names that `from … import *` takes from the module, as far as its text says; null where it does not. */
  get exports(): ReadonlySet<string> | null {
    if (this.#exports === undefined) this.#exports = exportsOf(this.statements, this.bindings);
    return this.#exports;
  }

  /** Modules whose names it takes with `from … import *`. */
  get stars(): readonly { readonly level: number; readonly module: string }[] {
    this.#stars ??= starsIn(this.statements);
    return this.#stars;
  }

  compiled(index: number): (frame: Frame) => number {
    this.#compiled[index] ??= statement(this.statements[index]!, this.unit);
    return this.#compiled[index]!;
  }

  /** What the module declares for type checkers. */
  get declared(): readonly ImportFrom[] {
    this.#declared ??= declaredImports(this.statements);
    return this.#declared;
  }

  laziness(index: number): Laziness {
    return this.#laziness[index]!;
  }
}

/**
 * Some packages put a stand-in for themselves into `sys.modules`, which loads what is asked for, and import
 * the same names plainly for type checkers. The plain imports are put off here anyway, so they are taken.
 */
const plainly = (node: Statement): readonly Statement[] =>
  isDeclaredPlainly(node) ? node.body.statements : [node];

const isDeclaredPlainly = (node: Statement): node is If =>
  node.kind === "If" && isTypeChecking(node) && node.orElse.statements.some(replacesModule);

/** `sys.modules[…] = …` */
const replacesModule = (node: Statement): boolean =>
  node.kind === "Assign" &&
  node.targets.some(
    (target) =>
      target.kind === "Subscript" && target.value.kind === "Attribute" && target.value.attr === "modules",
  );

/** What a module has from the beginning: nobody would miss what a statement gives instead. */
const PRESET: ReadonlySet<string> = new Set(
  "__name__ __doc__ __package__ __file__ __path__ __spec__ __loader__ __builtins__".split(" "),
);

/** "binding": runs when its name is read. "effect": runs when its turn comes. */
type Laziness = "binding" | "effect";

/** Binds names to what nothing changes afterwards. */
const bindsForGood = (node: Statement): boolean =>
  isDefinition(node) || node.kind === "Import" || node.kind === "ImportFrom";

/** `isFixed` tells names that mean the same from beginning to end. */
function laziness(node: Statement, isFixed: (name: string) => boolean): Laziness {
  switch (node.kind) {
    case "FunctionDef":
      return node.decorators.length === 0 ? "binding" : "effect";
    case "ClassDef":
      return node.decorators.length === 0 && node.keywords.length === 0 ? "binding" : "effect";
    case "Import":
    case "ImportFrom":
      return "binding";
    case "Assign":
      return isInert(node.value, isFixed) && node.targets.every(({ kind }) => kind === "Name")
        ? "binding"
        : "effect";
    case "AnnAssign":
      return node.value !== null && isInert(node.value, isFixed) ? "binding" : "effect";
    default:
      return "effect";
  }
}

/** Whether it may change more than the names it binds: then its failure leaves other things wrong too. */
function mayChangeThings(node: Statement): boolean {
  switch (node.kind) {
    case "FunctionDef":
    case "ClassDef":
    case "Import":
    case "ImportFrom":
    case "AnnAssign":
      return false;
    case "Assign":
      return node.targets.some(({ kind }) => kind === "Attribute" || kind === "Subscript");
    default:
      return true;
  }
}

/** A loop, or a call whose value nobody keeps. */
const mayTrain = ({ kind }: Statement): boolean => ["For", "While", "Expr", "With"].includes(kind);

/** Gives the same value whenever it is evaluated, and changes nothing. */
function isInert(node: Expression, isFixed: (name: string) => boolean): boolean {
  const inert = (one: Expression) => isInert(one, isFixed);
  switch (node.kind) {
    case "Constant":
    case "Lambda":
      return true;
    case "Name":
      return isFixed(node.id);
    case "UnaryOp":
      return node.operand.kind === "Constant";
    case "Tuple":
    case "List":
    case "Set":
      return node.elements.every(inert);
    case "Dict":
      return node.keys.every((key) => key !== null && inert(key)) && node.values.every(inert);
    case "Attribute":
      return inert(node.value);
    case "Subscript":
      return node.value.kind === "Name" && inert(node.value) && inert(node.index);
    default:
      return false;
  }
}

/** A literal `__all__`, or all public names where there is none. */
function exportsOf(
  statements: readonly Statement[],
  bindings: readonly (readonly string[])[],
): ReadonlySet<string> | null {
  const definitions = statements.filter((_, index) => bindings[index]!.includes("__all__"));
  if (definitions.length === 0) return new Set(bindings.flat().filter((name) => !name.startsWith("_")));
  const [only] = definitions;
  if (definitions.length > 1 || only?.kind !== "Assign") return null;
  const { value } = only;
  if (value.kind !== "List" && value.kind !== "Tuple") return null;
  const names = value.elements.map((one) => (one.kind === "Constant" ? one.value : null));
  return names.every((name) => typeof name === "string") ? new Set(names) : null;
}

const starsIn = (statements: readonly Statement[]): { level: number; module: string }[] =>
  statements.flatMap((node) =>
    node.kind === "ImportFrom" && node.names.some(({ name }) => name === "*")
      ? [{ level: node.level, module: node.module ?? "" }]
      : innerBlocks(node).flatMap((block) => starsIn(block.statements)),
  );

/** Names that a statement binds in its own scope. */
export function boundNames(node: Statement): string[] {
  const own = ((): string[] => {
    switch (node.kind) {
      case "FunctionDef":
      case "ClassDef":
        return [node.name];
      case "Assign":
        return node.targets.flatMap(targetNames);
      case "AugAssign":
      case "AnnAssign":
      case "For":
        return targetNames(node.target);
      case "TypeAlias":
        return [node.name.id];
      case "Import":
        return node.names.map(({ name, asName }) => asName ?? name.split(".")[0]!);
      case "ImportFrom":
        return node.names.flatMap(({ name, asName }) => (name === "*" ? [] : [asName ?? name]));
      case "With":
        return node.items.flatMap(({ target }) => (target === null ? [] : targetNames(target)));
      case "Delete":
        return node.targets.flatMap(targetNames);
      default:
        return [];
    }
  })();
  const inner = innerBlocks(node).flatMap((block) => block.statements.flatMap(boundNames));
  return [...new Set([...own, ...inner])];
}

function targetNames(node: Expression): string[] {
  if (node.kind === "Name") return [node.id];
  if (node.kind === "Tuple" || node.kind === "List") return node.elements.flatMap(targetNames);
  return node.kind === "Starred" ? targetNames(node.value) : [];
}

/** One module's statements in one evaluator: which of them have run. */
export class ModuleRun {
  readonly frame: Frame;
  readonly #started: boolean[];
  /** The statement whose turn it is, while they run in order. */
  #current: number | null = null;
  /** What had to run at once has run. */
  isFinished = false;
  readonly #binding = new Map<string, number[]>();
  /** What was left out of a statement, by its index. */
  readonly #lacking = new Map<number, readonly Note[]>();
  /** What a definition made whose name a later definition takes, by where it begins. */
  readonly #shadowed = new Map<number, Value>();

  constructor(
    private readonly machine: Engine,
    readonly module: PyModule,
    readonly program: Program,
    private readonly isLazy: boolean,
  ) {
    this.frame = new Frame(machine, program.unit.scope, module, [], null);
    // What stubs begin with is theirs, not the module's they stand for.
    if (module.file !== null) module.attributes.set("__doc__", docstring(program.ast.body.statements));
    this.#started = program.statements.map(() => false);
    program.bindings.forEach((names, index) => {
      for (const name of names) {
        const at = this.#binding.get(name);
        if (at === undefined) this.#binding.set(name, [index]);
        else at.push(index);
      }
    });
  }

  /** Runs what may have an effect. */
  start(): void {
    this.program.statements.forEach((_, index) => {
      this.#current = index;
      if (!this.isLazy || this.program.laziness(index) === "effect") this.run(index);
    });
    this.#current = null;
    this.isFinished = true;
  }

  /** Runs everything; of a module that is being run, everything before the present statement. */
  finish(): void {
    const current = this.#current;
    const end = current ?? this.program.statements.length;
    for (let index = 0; index < end; index++) {
      if (current === null) this.#current = index;
      this.run(index);
    }
    this.#current = current;
  }

  /**
   * Runs whatever binds the name and has not run; false if nothing does. While statements run in order, one whose
   * turn has not come waits for it if it is more than a definition: what it reads may be another thing by then.
   */
  bind(name: string): boolean {
    const end = this.#current ?? this.program.statements.length;
    const pending = (this.#binding.get(name) ?? []).filter(
      (index) => !this.#started[index] && (index < end || this.program.laziness(index) === "binding"),
    );
    for (const index of pending) this.run(index);
    return pending.length > 0;
  }

  /** What a definition of the module made whose name another one has taken since. */
  shadowed({ start }: Statement): Value | undefined {
    return this.#shadowed.get(start);
  }

  /** What was left out of the statements that bind these names or act on them, and of those that gave what they read. */
  lackingBehind(names: Iterable<string>): readonly Note[] {
    const { program } = this;
    const found = new Set<Note>();
    const seen = new Set(names);
    for (const name of seen) {
      for (const index of this.actingOn(name)) {
        for (const note of this.#lacking.get(index) ?? []) found.add(note);
        const node = program.statements[index]!;
        if (bindsForGood(node)) continue;
        for (const read of writtenNames(node, program.text)) if (this.#binding.has(read)) seen.add(read);
      }
    }
    return [...found];
  }

  /** Statements that bind a name, and calls of its methods. */
  private actingOn(name: string): readonly number[] {
    const { statements, text } = this.program;
    const calls = [...this.#lacking.keys()].filter((index) => {
      const { kind, start } = statements[index]!;
      return kind === "Expr" && text.startsWith(`${name}.`, start);
    });
    return [...(this.#binding.get(name) ?? []), ...calls];
  }

  private run(index: number): void {
    if (this.#started[index]) return;
    this.#started[index] = true;
    const { notes } = this.machine;
    const before = notes.length;
    this.runNow(index);
    const lacking = notes.slice(before).filter(({ isIncomplete }) => isIncomplete);
    if (lacking.length > 0) this.#lacking.set(index, lacking);
  }

  private runNow(index: number): void {
    const { machine, frame, program } = this;
    const node = program.statements[index]!;
    const names = program.bindings[index]!;
    const before = names.map((name) => this.module.attributes.get(name));
    machine.isolated(
      frame,
      program.unit.span(node),
      () => this.execute(index),
      { isEffect: mayChangeThings(node), most: mayTrain(node) ? TRAINING_STEPS : Number.POSITIVE_INFINITY },
      () => {
        names.forEach((name, at) => {
          // What it had bound before it failed stays.
          if (this.module.attributes.get(name) !== before[at]) return;
          this.module.attributes.set(name, machine.unknown(`the statement that defines ${name} failed`));
        });
      },
    );
  }

  private keepShadowed(index: number): void {
    const { statements } = this.program;
    const node = statements[index]!;
    if (!isDefinition(node)) return;
    const made = this.module.attributes.get(node.name);
    const isTaken = this.#binding
      .get(node.name)!
      .some((other) => other > index && isDefinition(statements[other]!));
    if (isTaken && made !== undefined) this.#shadowed.set(node.start, made);
  }

  private execute(index: number): void {
    const completion = this.program.compiled(index)(this.frame);
    if (completion === FORKED) recast(this.frame, () => NORMAL);
    for (const name of this.program.bindings[index]!) this.machine.settle(this.module, name);
    this.keepShadowed(index);
  }
}
