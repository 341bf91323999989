/**
 * The abstract evaluator's face: give it a document, frameworks' modules and a way to read files; ask it
 * what an expression is. It never throws and never runs anything but its own interpretation.
 */
import { fileName } from "../sites.js";
import type { Diagnostic, FileReader, Site } from "../types.js";
import { type Budgets, DEFAULT_BUDGETS, EAGER_STEPS, LEAST_EAGER_STEPS } from "./budgets.js";
import type { FunctionCode } from "./calls/code.js";
import { expression } from "./compile/expressions.js";
import { type Placed, SiteFinder } from "./documents/sites.js";
import { Engine, type Note } from "./engine.js";
import { Exhausted, Raised, STOPPED } from "./errors.js";
import type { HostHooks, HostModule } from "./host.js";
import type { Machine } from "./machine.js";
import { Hosts, parentOf, topOf } from "./modules/hosts.js";
import { Program } from "./modules/topLevel.js";
import { exceptionText } from "./operations/raising.js";
import { type Parsed, parseModule } from "./parse/parse.js";
import { STANDARD_MODULES } from "./stdlib/modules.js";
import type { Definition, Expression } from "./syntax/ast.js";
import { relativeLevels } from "./syntax/relativeLevels.js";
import { writtenNames } from "./syntax/writtenNames.js";
import { type Keywords, type PyFunction, type PyModule, type Span, Unknown, type Value } from "./values.js";

export interface EvaluatorOptions {
  /** Frameworks' modules. */
  readonly modules?: readonly HostModule[];
  readonly hooks?: HostHooks;
  readonly reader?: FileReader;
  /** Folders of the analysed code, then folders of installed packages; `/` between names, none at the end. */
  readonly roots?: readonly string[];
  readonly sitePackages?: readonly string[];
  readonly budgets?: Partial<Budgets>;
  /** The host's clock, in milliseconds. */
  readonly now?: () => number;
  /** Kept between evaluators so that files are parsed once. */
  readonly cache?: ProgramCache;
  /** What `importlib.metadata.version` says; a distribution that is not here is not installed. */
  readonly versions?: ReadonlyMap<string, string>;
  /** Told the value of each name, attribute and call as it is evaluated; slows everything down. */
  readonly trace?: (span: Span, value: Value) => void;
  /** Which tests of `if` statements are taken for unknown, so that both ways are followed. */
  readonly isOpen?: (test: Span) => boolean;
}

export interface Evaluation {
  /** Unknown where it could not be evaluated. */
  readonly value: Value;
  /** False where anything that could have registered or changed something was skipped. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** What the diagnostics say, and the places as offsets. */
  readonly notes: readonly Note[];
  /** Why it has no value: the exception that ended it, as Python would print it, or the budget; else null. */
  readonly error: string | null;
  /** The Python exception that ended it. */
  readonly raised: Raised | null;
}

export interface Footprint {
  /** Functions it ran, in any file. */
  readonly ran: readonly FunctionCode[];
  /** It changed nothing that was there before. */
  readonly isSelfContained: boolean;
  /** The same texts would give the same again: it did not run out of time, nor read its own source. */
  readonly isRepeatable: boolean;
}

/** Parsed files by path, valid while their text is the same. */
export class ProgramCache {
  readonly #programs = new Map<string, Program>();
  /** Of the last text of each program, so that an edit is read quickly. */
  readonly #parsed = new Map<string, Parsed>();

  /** How many files are kept. */
  get size(): number {
    return this.#programs.size;
  }

  text(file: string): string | undefined {
    const own = this.#programs.get(file) ?? this.#programs.get(`${file}\u0000traced`);
    return own === undefined && this !== STUBS ? STUBS.text(file) : own?.text;
  }

  program(file: string, text: string, isTraced: boolean): Program {
    const key = isTraced ? `${file}\u0000traced` : file;
    const known = this.#programs.get(key);
    if (known?.text === text) return known;
    const parsed = parseModule(text, this.#parsed.get(key));
    const program = new Program(parsed.module, text, { file, isTraced });
    this.#parsed.set(key, parsed);
    this.#programs.set(key, program);
    return program;
  }
}

/** What hosts registered never changes: read once for all evaluators. */
const STUBS = new ProgramCache();

/** One document's module, opened by `loadMain` or `importFile`. */
export interface Loaded {
  readonly module: PyModule;
  readonly program: Program;
}

/** A text, which may know its own places: a `ModuleText`. */
export type MainDocument =
  | { readonly file: string; readonly text: string }
  | (Placed & { readonly text: string });

interface MainOptions {
  readonly isScript?: boolean;
  readonly runsAll?: boolean;
}

export class Evaluator {
  #engine: Engine;
  readonly #options: EvaluatorOptions;
  readonly #cache: ProgramCache;
  readonly #folders: readonly string[];
  readonly #sites: SiteFinder;
  #main: { readonly document: MainDocument; readonly options: MainOptions } | null = null;

  /** Modules that were loaded once more, by their first incarnation. */
  readonly #reloaded = new Map<PyModule, PyModule>();

  constructor(options: EvaluatorOptions = {}) {
    this.#options = options;
    this.#cache = options.cache ?? new ProgramCache();
    this.#sites = new SiteFinder((file) => this.#cache.text(file));
    this.#folders = [...(options.roots ?? []), ...(options.sitePackages ?? [])];
    this.#engine = this.engine(NONE);
  }

  private engine(runsWhole: (module: string) => boolean): Engine {
    const { modules = NO_MODULES, reader, hooks, budgets, now, trace, versions, isOpen } = this.#options;
    const isTraced = trace !== undefined;
    return new Engine({
      sources: {
        hosts: hostsOf(modules),
        reader: reader ?? { read: () => null },
        folders: this.#folders,
        installed: this.#options.sitePackages ?? [],
        program: (file, text) =>
          file.startsWith("<") ? STUBS.program(file, text, false) : this.#cache.program(file, text, isTraced),
      },
      hooks: hooks ?? {},
      budgets: { ...DEFAULT_BUDGETS, ...budgets },
      now: now ?? (() => 0),
      runsWhole,
      trace: trace ?? null,
      isOpen: isOpen ?? null,
      versions: versions ?? new Map(),
    });
  }

  /** For natives and reports: Python's operations on the values this evaluator made. */
  get machine(): Machine {
    return this.#engine;
  }
  /** Files that were asked for and that the reader had not loaded yet. */
  get missing(): readonly string[] {
    return [...this.#engine.modules.finder.missingFiles];
  }
  /** Lines and columns of a place in a file that was read. */
  site(span: Span): Site {
    return this.#sites.site(span);
  }
  /** Python operations done so far. */
  get steps(): number {
    return this.#engine.steps;
  }

  /**
   * Runs a text as the main module. `runsAll` evaluates also what nobody asked for yet (every class and
   * function definition); `isScript` makes `__name__` say "__main__".
   */
  loadMain(
    document: MainDocument,
    { isScript = false, runsAll = false }: MainOptions = {},
    limits: Partial<Budgets> = {},
  ): Loaded & Evaluation {
    this.#main = { document, options: { isScript, runsAll } };
    if ("site" in document) this.#sites.add(document);
    const program = this.#cache.program(document.file, document.text, this.#options.trace !== undefined);
    const { name, isPackage } = this.moduleName(document.file, relativeLevels(document.text));
    const { modules } = this.#engine;
    const run = modules.open(isScript ? "__main__" : name, document.file, isPackage, program);
    // Relative imports are from the package that a script lies in.
    if (isScript) run.module.attributes.set("__package__", isPackage ? name : parentOf(name));
    const evaluation = this.guarded(() => {
      if (runsAll) run.finish();
      else run.start();
      return run.module;
    }, limits);
    return { ...evaluation, module: run.module, program };
  }

  /**
   * The dotted name of a file under the roots, the first of them that leaves `levels` packages around it, else the
   * outermost one; its own name for a file outside.
   */
  private moduleName(file: string, levels = 0): { name: string; isPackage: boolean } {
    const paths = this.#folders
      .filter((folder) => file.startsWith(`${folder}/`))
      .map((folder) => file.slice(folder.length + 1).split("/"));
    const longest = paths.reduce((one, other) => (other.length > one.length ? other : one), [fileName(file)]);
    const path = paths.find(({ length }) => length > levels) ?? longest;
    const parts = path
      .join("/")
      .replace(/\.\w+$/, "")
      .split("/");
    const isPackage = parts.at(-1) === "__init__" && parts.length > 1;
    return { name: (isPackage ? parts.slice(0, -1) : parts).join("."), isPackage };
  }

  /** Imports a module by its dotted name. */
  import(name: string): Evaluation {
    return this.guarded(() => this.#engine.importModule(name));
  }

  /**
   * Evaluates a Python expression at the end of a module. Where it raises, it may have looked for what an import
   * registers, so everything is done once more with modules run whole, as Python does: first those of a package
   * that raised, then the program's own, last all. From then on `machine` is that evaluation's.
   */
  evaluate(text: string, main: Loaded): Evaluation {
    const ast = parseModule(text).module;
    const [statement] = ast.body.statements;
    const problem = ast.errors[0]?.message;
    if (statement?.kind !== "Expr" || ast.body.statements.length !== 1 || problem !== undefined) {
      return failure(`not a Python expression: ${problem ?? text}`);
    }
    const { unit } = new Program(ast, text, { file: `<${text}>`, isTraced: false });
    // Compiling allots the frame's slots, so it comes before the frame.
    const evaluate = expression(statement.value, unit);
    const names = writtenNames(statement, text);
    const inside = (module: PyModule, limits: Partial<Budgets> = {}) =>
      this.withEarlier(
        this.guarded(() => evaluate(this.#engine.topFrame(unit.scope, module)), limits),
        module,
        names,
      );
    const loaded = this.#reloaded.get(main.module) ?? main.module;
    const before = this.#engine.steps;
    const first = inside(loaded);
    if (this.#main === null || !mayLackModules(first.raised)) return first;
    const taken = this.#engine.steps - before;
    let best = { engine: this.#engine, module: loaded, outcome: first };
    let left = EAGER_STEPS;
    for (const runsWhole of this.wholeModules(first.raised, loaded)) {
      const engine = this.engine(runsWhole);
      this.#engine = engine;
      // What is left for all attempts is beyond what the expression itself takes.
      const most = Math.max(left, LEAST_EAGER_STEPS);
      const { module } = this.loadMain(this.#main.document, this.#main.options, { steps: most });
      const outcome = inside(module, { steps: taken + Math.max(0, most - engine.steps) });
      left -= Math.max(0, engine.steps - taken);
      if (outcome.error === null) best = { engine, module, outcome };
      if (outcome.error === null && !(outcome.value instanceof Unknown)) break;
    }
    this.#engine = best.engine;
    this.#reloaded.set(main.module, best.module);
    return best.outcome;
  }

  /**
   * Where something is missing because of what failed before the evaluation began, that is told too, and what was
   * left out of the statements that made what the expression names.
   */
  private withEarlier(evaluation: Evaluation, module: PyModule, names: ReadonlySet<string>): Evaluation {
    const engine = this.#engine;
    const lacking = engine.lacksEffects
      ? engine.notes.filter((note) => note.isIncomplete)
      : (engine.modules.run(module)?.lackingBehind(names) ?? []);
    if (lacking.length === 0) return evaluation;
    const notes = [...new Set([...lacking, ...evaluation.notes])];
    return { ...evaluation, complete: false, notes, diagnostics: notes.map((note) => this.diagnostic(note)) };
  }

  /** Which modules to run whole after an exception, the fewest first. */
  private wholeModules({ places }: Raised, main: PyModule): readonly ((module: string) => boolean)[] {
    const files = places
      .map(({ file }) => file)
      .filter((file) => file !== main.file && !file.startsWith("<"));
    const { modules } = this.#engine;
    const raising = new Set(files.map((file) => topOf(modules.nameOf(file) ?? this.moduleName(file).name)));
    const { sitePackages = [] } = this.#options;
    const isOwn = (module: string) => {
      const source = modules.finder.file(module);
      return source !== undefined && !modules.finder.isInstalledFile(source.file);
    };
    return [
      ...[...raising].map((one) => (module: string) => topOf(module) === one || module === main.name),
      ...(sitePackages.length > 0 ? [(module: string) => module === main.name || isOwn(module)] : []),
      ALL,
    ];
  }

  /** Calls a value this evaluator made; `limits` takes the place of some budgets. */
  call(
    callee: Value,
    args: readonly Value[] = [],
    keywords: Keywords = new Map(),
    limits: Partial<Budgets> = {},
  ): Evaluation {
    return this.guarded(() => this.#engine.call(callee, args, keywords), limits);
  }

  /** A name of a module, an attribute of an object; undefined where it has none. */
  lookUp(object: Value, name: string): Value | undefined {
    return this.look(() => this.#engine.findAttribute(object, name));
  }

  /** What an outer definition of a module made, also where another one has taken its name since. */
  madeBy({ module }: Loaded, node: Definition): Value | undefined {
    return this.#engine.modules.run(module)?.shadowed(node) ?? this.lookUp(module, node.name);
  }

  /** What an annotation of a function's parameter says; text where it is written as text. */
  annotation(func: PyFunction, node: Expression): Value {
    return this.guarded(() => func.code.evaluateAnnotation(this.#engine, func, node)).value;
  }

  /** Begins a footprint: from here on what is run and changed is noted. */
  watch(): void {
    this.#engine.watch();
  }

  /** What was run since `watch`, and whether all that was there before was left alone. */
  get footprint(): Footprint {
    const { ran, isSelfContained, isRepeatable } = this.#engine;
    return { ran, isSelfContained, isRepeatable };
  }

  /** Whether a Python exception ended the newest evaluation. */
  get isBrokenOff(): boolean {
    return this.#isBrokenOff;
  }
  #isBrokenOff = false;

  /** What is to be seen in what is there already, with a budget of its own; undefined where that is used up. */
  look<Found>(body: () => Found): Found | undefined {
    let found: Found | undefined;
    this.guarded(() => {
      found = body();
      return null;
    });
    return found;
  }

  /** Whatever happens inside ends here, as a value. */
  private guarded(body: () => Value, limits: Partial<Budgets> = {}): Evaluation {
    const engine = this.#engine;
    const before = engine.notes.length;
    engine.begin(limits);
    let value: Value;
    let error: string | null = null;
    let raised: Raised | null = null;
    try {
      value = body();
    } catch (thrown) {
      if (thrown instanceof Raised) raised = thrown;
      error = this.describe(thrown);
      value = new Unknown(error, null);
    } finally {
      engine.reset();
    }
    this.#isBrokenOff = raised !== null;
    const notes = engine.notes.slice(before);
    return {
      value,
      error,
      raised,
      complete: error === null && !notes.some(({ isIncomplete }) => isIncomplete) && !engine.lacksEffects,
      diagnostics: notes.map((note) => this.diagnostic(note)),
      notes,
    };
  }

  private describe(thrown: unknown): string {
    const engine = this.#engine;
    if (thrown instanceof Raised) {
      const text = this.exceptionText(thrown);
      engine.note(text, thrown.origin, true);
      return text;
    }
    if (thrown instanceof Exhausted) {
      const { reason, calls } = thrown;
      const own = calls.find(({ file }) => file === this.#main?.document.file);
      engine.note(reason, own ?? calls[0] ?? null, true);
      return reason;
    }
    const text =
      thrown instanceof RangeError && /call stack/i.test(thrown.message)
        ? `${STOPPED}calls nested too deeply`
        : `Internal: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    engine.note(text, null, true);
    return text;
  }

  private exceptionText(raised: Raised): string {
    try {
      return exceptionText(this.#engine, raised.exception);
    } catch {
      return raised.exception.cls.name;
    }
  }

  private diagnostic({ message, span, isIncomplete }: Note): Diagnostic {
    const site = span === null ? { file: "", line: 1, column: 1 } : this.site(span);
    return { severity: isIncomplete ? "warning" : "information", message, site };
  }
}

/** Whether an exception may come of what a module would have registered; that calls nest without end does not. */
const mayLackModules = (raised: Raised | null): raised is Raised =>
  raised !== null && raised.exception.cls.name !== "RecursionError";

const NO_MODULES: readonly HostModule[] = [];
const hosts = new WeakMap<readonly HostModule[], Hosts>();

/** Frameworks' modules beside Python's own. */
function hostsOf(modules: readonly HostModule[]): Hosts {
  const known = hosts.get(modules) ?? new Hosts([...STANDARD_MODULES, ...modules]);
  hosts.set(modules, known);
  return known;
}

/** Which modules are run whole. */
const NONE = () => false;
const ALL = () => true;

const failure = (error: string): Evaluation => ({
  raised: null,
  value: new Unknown(error, null),
  error,
  complete: false,
  diagnostics: [{ severity: "error", message: error, site: { file: "", line: 1, column: 1 } }],
  notes: [],
});
