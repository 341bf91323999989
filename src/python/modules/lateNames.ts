/** Names of a module that are not in its namespace yet: left for later, or brought by a star. */

import type { Engine } from "../engine.js";
import { type FunctionTable, nameOf, native } from "../host.js";
import type { ImportFrom } from "../syntax/ast.js";
import { likeliestFirst, likelyStars } from "../syntax/declared.js";
import { ifAbsent, PyModule, type Unknown, type Value } from "../values.js";
import { absoluteModule, type ModuleFinder, type SourceFile } from "./finder.js";
import { parentOf } from "./hosts.js";
import type { ModuleRun, Program } from "./topLevel.js";

/** Where names of a module come from beside its own statements. */
export interface LateSources {
  readonly functions?: FunctionTable | undefined;
  /** A name the module does not have is unknown, for this reason. */
  readonly unknown?: Unknown | null;
}

/** What of a module is still to come. */
interface Pending {
  readonly run: ModuleRun | null;
  readonly functions: FunctionTable;
  /** Modules of star imports not yet looked into, the last one first looked into. */
  readonly stars: string[];
  unknown: Unknown | null;
  /** Names looked for in vain since the last star import. */
  readonly absent: Set<string>;
}

/** What a module says of itself: no star brings it. */
const OWN: ReadonlySet<string> = new Set(["__all__", "__dir__", "__getattr__", "__path__"]);

const NO_FUNCTIONS: FunctionTable = {};

export class LateNames {
  readonly #pending = new Map<PyModule, Pending>();
  /** How many modules there were when those that write a name were run whole. */
  readonly #mentions = new Map<string, number>();

  constructor(
    private readonly machine: Engine,
    private readonly finder: ModuleFinder,
    private readonly runsWhole: (module: string) => boolean,
    private readonly program: (source: SourceFile) => Program,
  ) {}

  add(
    module: PyModule,
    run: ModuleRun | null,
    { functions = NO_FUNCTIONS, unknown = null }: LateSources = {},
  ): void {
    this.#pending.set(module, { run, functions, stars: [], unknown, absent: new Set() });
  }

  /** The name's value, if some statement of the module or a star import binds it. */
  find(module: PyModule, name: string): Value | undefined {
    const pending = this.#pending.get(module);
    if (pending === undefined || pending.absent.has(name)) return undefined;
    const value = ifAbsent(
      ifAbsent(
        ifAbsent(this.native(module, pending, name), () => this.bound(module, pending, name)),
        () => this.starred(module, pending, name),
      ),
      () => this.declared(module, pending, name),
    );
    // While a module is being run, what it lacks now it may have later.
    if (value === undefined && pending.run?.isFinished !== false) pending.absent.add(name);
    return value;
  }

  private native(module: PyModule, { functions }: Pending, name: string): Value | undefined {
    const signature = signatures(functions).get(name);
    if (signature === undefined) return undefined;
    const made = native(signature, functions[signature]!);
    this.machine.outOfBranch(() => {
      module.attributes.set(name, made);
      this.machine.settle(module, name);
    });
    return made;
  }

  private bound(module: PyModule, { run }: Pending, name: string): Value | undefined {
    if (run === null) return undefined;
    const isBound = this.machine.outOfBranch(() => run.bind(name));
    return isBound && module.attributes.has(name) ? this.machine.moduleName(module, name) : undefined;
  }

  private starred(module: PyModule, pending: Pending, name: string): Value | undefined {
    if (OWN.has(name)) return undefined;
    for (const star of this.starsFor(module, pending, name)) {
      if (!this.mayExport(star, name, new Set())) continue;
      const from = this.machine.outOfBranch(() => this.machine.importModule(star));
      const value = from === module ? undefined : this.fromStar(pending, from, name);
      if (value === undefined) continue;
      module.attributes.set(name, value);
      this.machine.outOfBranch(() => this.machine.settle(module, name));
      return value;
    }
    return undefined;
  }

  /** The modules of star imports that may bring a name, those that decide first. */
  private starsFor(module: PyModule, { run, stars }: Pending, name: string): readonly string[] {
    if (run?.program.isOnDemand !== true) return [...stars].reverse();
    // A package that loads its parts on demand has its parts themselves too.
    if (this.finder.file(`${module.name}.${name}`) !== undefined) return [];
    return likeliestFirst(stars, name, (star) => star);
  }

  /** Whether the module's text allows that it exports the name: saves running files that do not. */
  private mayExport(star: string, name: string, seen: Set<string>): boolean {
    const source = this.finder.file(star);
    if (source === undefined || seen.has(star)) return source === undefined;
    seen.add(star);
    // Parsing is what costs, so a file that neither binds the name nor has a star is not parsed.
    if (!mayBind(source.text, name) && !source.text.includes("import *")) return false;
    const { exports, stars, isOnDemand } = this.program(source);
    // With a literal __all__ there is no more to it, without one the stars add theirs.
    if (exports === null) return true;
    if (exports.has(name)) return true;
    const ownPackage = source.isPackage ? star : parentOf(star);
    const ordered = isOnDemand ? likeliestFirst(stars, name, ({ module }) => module) : stars;
    return ordered.some(({ level, module }) =>
      this.mayExport(absoluteModule(ownPackage, level, module), name, seen),
    );
  }

  /** What a package that put an object in its own place declares for type checkers. */
  private declared(module: PyModule, pending: Pending, name: string): Value | undefined {
    const declared = pending.run?.program.declared ?? [];
    if (declared.length === 0 || this.machine.modules.substitute(module) === undefined) return undefined;
    const explicit = declared.find(({ names }) => names.some((one) => (one.asName ?? one.name) === name));
    const stars = explicit === undefined ? likelyStars(declared, name) : [];
    for (const node of explicit === undefined ? stars : [explicit]) {
      // The text of a part is looked at before it is run; that of a whole package would take too long.
      if (stars.length > 1 && !this.mayExport(declaredModule(module, node), name, new Set())) continue;
      const value = this.machine.outOfBranch(() => this.importDeclared(module, pending, node, name));
      if (value === undefined) continue;
      module.attributes.set(name, value);
      return value;
    }
    return undefined;
  }

  private importDeclared(
    module: PyModule,
    pending: Pending,
    node: ImportFrom,
    name: string,
  ): Value | undefined {
    const alias = node.names.find((one) => (one.asName ?? one.name) === name);
    const from = this.machine.importModule(declaredModule(module, node));
    if (alias === undefined) return this.fromStar(pending, from, name);
    if (!(from instanceof PyModule)) return from;
    return ifAbsent(this.machine.moduleName(from, alias.name), () =>
      this.machine.modules.submodule(from, alias.name),
    );
  }

  private fromStar(pending: Pending, from: PyModule | Unknown, name: string): Value | undefined {
    if (!(from instanceof PyModule)) {
      pending.unknown ??= from;
      return undefined;
    }
    const names = this.exported(from);
    if (names === null ? name.startsWith("_") : !names.includes(name)) {
      return undefined;
    }
    const own = this.machine.moduleName(from, name);
    return ifAbsent(own, () => (names === null ? undefined : this.machine.modules.submodule(from, name)));
  }

  /** `__all__`; null where the module has none or it is unknown. */
  private exported(module: PyModule): readonly Value[] | null {
    const all = this.machine.moduleName(module, "__all__");
    if (all === undefined) return null;
    const names = this.machine.iterate(all);
    return Array.isArray(names) ? names : null;
  }

  /** `from … import *`: the other module is looked into when a name is not found otherwise. */
  addStar(module: PyModule, from: string): void {
    const pending = this.#pending.get(module);
    if (pending === undefined) return;
    pending.stars.push(from);
    pending.absent.clear();
    if (module.file !== null && this.runsWhole(module.name)) this.copyStar(module, from);
  }

  private copyStar(module: PyModule, star: string): void {
    const pending = this.#pending.get(module)!;
    const from = this.machine.importModule(star);
    if (!(from instanceof PyModule)) {
      pending.unknown ??= from;
      return;
    }
    this.materialize(from);
    const own = new Set(pending.run?.program.bindings.flat());
    const names = this.exported(from) ?? [...from.attributes.keys()].filter((name) => !name.startsWith("_"));
    for (const name of names) {
      if (typeof name !== "string" || own.has(name)) continue;
      const value = ifAbsent(this.machine.moduleName(from, name), () =>
        this.machine.modules.submodule(from, name),
      );
      if (value !== undefined) module.attributes.set(name, value);
    }
  }

  /** Runs all that was left for later: for `globals()`, `dir(module)`. */
  materialize(module: PyModule): void {
    const pending = this.#pending.get(module);
    if (pending === undefined) return;
    for (const name of signatures(pending.functions).keys()) {
      if (!module.attributes.has(name)) this.native(module, pending, name);
    }
    this.machine.outOfBranch(() => {
      pending.run?.finish();
      for (const star of pending.stars.splice(0)) this.copyStar(module, star);
    });
  }

  /** Runs all that was left for later in the modules that write a name: for `cls.__subclasses__()`. */
  materializeMentions(name: string): void {
    if (this.#mentions.get(name) === this.#pending.size) return;
    for (const [module, { run }] of [...this.#pending]) {
      if (module.file !== null && run?.program.text.includes(name)) this.materialize(module);
    }
    this.#mentions.set(name, this.#pending.size);
  }

  /** Unknown where the module may have the name and nobody knows; else undefined. */
  missing(module: PyModule, name: string): Unknown | undefined {
    const reason = this.#pending.get(module)?.unknown;
    if (!reason) return undefined;
    const unknown = this.machine.unknown(`${module.name}.${name}: ${reason.reason}`);
    unknown.isInert = this.finder.isInert(module.name);
    return unknown;
  }
}

const bySignature = new WeakMap<FunctionTable, ReadonlyMap<string, string>>();

/** The signatures of a table by the functions' names. */
function signatures(table: FunctionTable): ReadonlyMap<string, string> {
  const known = bySignature.get(table);
  if (known !== undefined) return known;
  const found = new Map(Object.keys(table).map((signature) => [nameOf(signature), signature]));
  bySignature.set(table, found);
  return found;
}

/** The module a declared import is from, as a dotted name. */
const declaredModule = (module: PyModule, { level, module: from }: ImportFrom): string =>
  absoluteModule(module.isPackage ? module.name : parentOf(module.name), level, from ?? "");

/** What stands before and after a name that is bound, and next to none in prose. */
const BEFORE = String.raw`(?:^|[=:;,([{*"']|\b(?:def|class|import|as|for|case|type)\b)\s*`;
const AFTER = String.raw`\s*(?:$|[=:;,()[\]}\\#"']|\b(?:as|in)\b)`;

/** Whether a text may bind a name, itself or by `__all__`: false only where it surely does not. */
function mayBind(text: string, name: string): boolean {
  return text.includes(name) && new RegExp(`${BEFORE}${name}${AFTER}`, "mu").test(text);
}
