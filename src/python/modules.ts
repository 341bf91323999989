/** Finding and loading modules: those the host registered, then files under the roots, then installed packages. */
import type { FileReader } from "../types.js";
import type { Engine } from "./engine.js";
import type { HostModule } from "./host.js";
import { STANDARD_LIBRARY } from "./stdlib/names.js";
import type { Program } from "./topLevel.js";
import { ModuleRun } from "./topLevel.js";
import { NamespaceDict, PyInstance, PyList, PyModule, types, type Unknown, type Value } from "./values.js";

export interface ModuleSources {
  readonly hosts: ReadonlyMap<string, HostModule>;
  readonly reader: FileReader;
  /** Directories that `import a.b` is looked up in, first to last; paths with `/`, none at the end. */
  readonly folders: readonly string[];
  /** Parses and prepares a file, once for all evaluators. */
  program(file: string, text: string): Program;
}

/** What of a module is still to come. */
interface Pending {
  readonly run: ModuleRun | null;
  /** Star imports not yet looked into, the last one first. */
  readonly stars: (() => PyModule | Unknown)[];
  /** A name the module does not have is unknown, for this reason. */
  unknown: Unknown | null;
}

export class Modules {
  /** Names to modules, as `sys.modules` shows them. */
  readonly #loaded = new PyInstance(types.object);
  readonly #absent = new Set<string>();
  readonly #pending = new Map<PyModule, Pending>();
  /** How many modules there were when those that write a name were run whole. */
  readonly #mentions = new Map<string, number>();
  /** Files the reader has not loaded yet. */
  readonly missingFiles = new Set<string>();

  constructor(
    private readonly machine: Engine,
    private readonly sources: ModuleSources,
    private readonly isLazy: boolean,
  ) {
    this.#loaded.attributes = new Map();
  }

  /** `sys.modules`. */
  get table(): NamespaceDict {
    return new NamespaceDict(this.#loaded, this.machine);
  }

  /** The module of that dotted name, in use; undefined where there is none. */
  load(name: string): PyModule | Unknown | undefined {
    const loaded = this.#loaded.attributes!.get(name);
    if (loaded !== undefined) return loaded as PyModule;
    if (this.#absent.has(name)) return undefined;
    const parent = parentOf(name);
    // A package runs before what is inside it.
    const container = parent === "" ? undefined : this.load(parent);
    const late = this.#loaded.attributes!.get(name);
    if (late !== undefined) return late as PyModule;
    const standIn = this.standIn(name);
    if (typeof standIn === "string") return this.rename(name, standIn);
    const module = this.loadHost(name) ?? this.loadFile(name);
    if (module === undefined) return this.fallback(name, container);
    return module;
  }

  /** What the nearest registered module above says of one that is not registered. */
  private standIn(name: string): string | null | undefined {
    const { hosts } = this.sources;
    const own = hosts.get(name);
    if (own?.source !== undefined || own?.natives !== undefined) return undefined;
    for (let above = name; above !== ""; above = parentOf(above)) {
      const host = hosts.get(above);
      if (host?.standIn !== undefined) return host.standIn(name);
    }
    return undefined;
  }

  private rename(name: string, other: string): PyModule | Unknown | undefined {
    const module = this.load(other);
    if (module !== undefined) this.#loaded.attributes!.set(name, module);
    return module;
  }

  private fallback(name: string, container: PyModule | Unknown | undefined): PyModule | Unknown | undefined {
    // `os.path` and the like: what a package calls by that name.
    const own =
      container instanceof PyModule
        ? container.attributes.get(name.slice(name.lastIndexOf(".") + 1))
        : undefined;
    if (own instanceof PyModule) return own;
    const top = name.split(".")[0]!;
    const isModelled = this.sources.hosts.has(top) && !this.sources.hosts.get(top)!.isWhole;
    if (isModelled || STANDARD_LIBRARY.has(top)) {
      return this.machine.unknown(`the module ${name} is not modelled`);
    }
    this.#absent.add(name);
    return undefined;
  }

  private loadHost(name: string): PyModule | undefined {
    const host = this.sources.hosts.get(name);
    if (host === undefined) return this.isHostParent(name) ? this.register(name, null, true) : undefined;
    const file = `<${name}>`;
    const module = this.register(name, null, host.isPackage ?? this.isHostParent(name));
    const program = host.source === undefined ? null : this.sources.program(file, host.source);
    this.start(module, program, host.isWhole === true ? null : `${name} is not fully modelled`, () => {
      for (const [key, value] of Object.entries(host.natives?.(this.machine) ?? {}))
        module.attributes.set(key, value);
    });
    return module;
  }

  private isHostParent(name: string): boolean {
    for (const one of this.sources.hosts.keys()) if (one.startsWith(`${name}.`)) return true;
    return false;
  }

  private loadFile(name: string): PyModule | undefined {
    if (this.sources.hosts.has(name.split(".")[0]!) && this.standIn(name) !== null) return undefined;
    const path = name.replaceAll(".", "/");
    for (const folder of this.sources.folders) {
      for (const [file, isPackage] of [
        [`${folder}/${path}/__init__.py`, true],
        [`${folder}/${path}.py`, false],
      ] as const) {
        const text = this.sources.reader.read(file);
        if (text === undefined) this.missingFiles.add(file);
        else if (text !== null) return this.loadText(name, file, text, isPackage);
      }
    }
    return undefined;
  }

  private loadText(name: string, file: string, text: string, isPackage: boolean): PyModule {
    const module = this.register(name, file, isPackage);
    this.start(module, this.sources.program(file, text), null, () => {});
    return module;
  }

  /** Registers the module that the host reads from `file`, with its program; it is not run yet. */
  open(name: string, file: string, isPackage: boolean, program: Program): ModuleRun {
    const module = this.register(name, file, isPackage);
    const run = new ModuleRun(this.machine, module, program, this.isLazy);
    this.#pending.set(module, { run, stars: [], unknown: null });
    return run;
  }

  private register(name: string, file: string | null, isPackage: boolean): PyModule {
    const module = new PyModule(name, file, isPackage);
    const names: [string, Value][] = [
      ["__name__", name],
      ["__doc__", null],
      ["__package__", isPackage ? name : parentOf(name)],
      ["__file__", file],
      ["__builtins__", this.machine.unknown("__builtins__")],
      ["__spec__", this.machine.unknown("__spec__")],
      ["__loader__", this.machine.unknown("__loader__")],
    ];
    for (const [key, value] of names) module.attributes.set(key, value);
    if (isPackage) module.attributes.set("__path__", new PyList([file === null ? "" : parentOf(file, "/")]));
    this.#loaded.attributes!.set(name, module);
    return module;
  }

  private start(
    module: PyModule,
    program: Program | null,
    unknown: string | null,
    natives: () => void,
  ): void {
    const run =
      program === null
        ? null
        : new ModuleRun(this.machine, module, program, this.isLazy || module.file === null);
    const reason = unknown === null ? null : this.machine.unknown(unknown);
    this.#pending.set(module, { run, stars: [], unknown: reason });
    this.machine.outOfBranch(() => {
      natives();
      run?.start();
    });
  }

  // ── names that are not in the namespace yet ──

  /** A name that some statement of the module binds, or a star import brings. */
  late(module: PyModule, name: string): Value | undefined {
    const pending = this.#pending.get(module);
    if (pending === undefined) return undefined;
    if (pending.run !== null) {
      const { run } = pending;
      const isBound = this.machine.outOfBranch(() => run.bind(name));
      if (isBound && module.attributes.has(name)) return this.machine.moduleName(module, name);
    }
    for (const star of [...pending.stars].reverse()) {
      const value = this.starName(module, pending, star(), name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private starName(
    module: PyModule,
    pending: Pending,
    from: PyModule | Unknown,
    name: string,
  ): Value | undefined {
    if (!(from instanceof PyModule)) {
      pending.unknown ??= from;
      return undefined;
    }
    if (from === module || !this.mentions(from, name)) return undefined;
    const names = this.exported(from);
    if (names === null ? name.startsWith("_") : !names.includes(name)) return undefined;
    const value =
      this.machine.moduleName(from, name) ?? (names === null ? undefined : this.submodule(from, name));
    if (value !== undefined) {
      module.attributes.set(name, value);
      this.machine.outOfBranch(() => this.machine.settle(module, name));
    }
    return value;
  }

  /** Whether the module could have the name at all; saves looking into a file that never writes it. */
  private mentions(module: PyModule, name: string): boolean {
    if (module.attributes.has(name)) return true;
    const pending = this.#pending.get(module);
    if (pending === undefined) return false;
    return (
      pending.stars.length > 0 ||
      pending.unknown !== null ||
      (pending.run?.program.text.includes(name) ?? false)
    );
  }

  /** `__all__`; null where the module has none or it is unknown. */
  private exported(module: PyModule): readonly Value[] | null {
    const all = this.machine.moduleName(module, "__all__");
    if (all === undefined) return null;
    const names = this.machine.iterate(all);
    return Array.isArray(names) ? names : null;
  }

  /** `from … import *`: the module is looked into when a name is not found otherwise. */
  addStar(module: PyModule, load: () => PyModule | Unknown): void {
    const pending = this.#pending.get(module);
    if (pending === undefined) return;
    let loaded: PyModule | Unknown | undefined;
    const once = () => {
      loaded ??= this.machine.outOfBranch(load);
      return loaded;
    };
    pending.stars.push(once);
    if (!this.isLazy && module.file !== null) this.copyStar(module, once());
  }

  private copyStar(module: PyModule, from: PyModule | Unknown): void {
    if (!(from instanceof PyModule)) return;
    this.materialize(from);
    const names = this.exported(from) ?? [...from.attributes.keys()].filter((name) => !name.startsWith("_"));
    for (const name of names) {
      if (typeof name !== "string" || this.#pending.get(module)?.run?.program.bindings.flat().includes(name))
        continue;
      const value = this.machine.moduleName(from, name) ?? this.submodule(from, name);
      if (value !== undefined) module.attributes.set(name, value);
    }
  }

  /** Runs all that was left for later: for `globals()`, `dir(module)`. */
  materialize(module: PyModule): void {
    const pending = this.#pending.get(module);
    if (pending === undefined) return;
    this.machine.outOfBranch(() => {
      pending.run?.finish();
      for (const star of pending.stars.splice(0)) {
        const from = star();
        this.copyStar(module, from);
        if (!(from instanceof PyModule)) pending.unknown ??= from;
      }
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

  /** A file inside a package, read when somebody asks for it by name. */
  submodule(module: PyModule, name: string): Value | undefined {
    if (!module.isPackage) return undefined;
    const full = `${module.name}.${name}`;
    if (
      this.sources.hosts.has(module.name.split(".")[0]!) &&
      !this.sources.hosts.has(full) &&
      !this.isHostParent(full) &&
      this.standIn(full) === undefined
    ) {
      return undefined;
    }
    return this.load(full);
  }

  /** Unknown where the module may have the name and nobody knows; else undefined. */
  missing(module: PyModule, name: string): Unknown | undefined {
    const reason = this.#pending.get(module)?.unknown;
    return reason ? this.machine.unknown(`${module.name}.${name}: ${reason.reason}`) : undefined;
  }

  /** `module.__dict__` and `module.__class__`. */
  special(module: PyModule, name: string): Value | undefined {
    if (name === "__class__") return types.module;
    if (name !== "__dict__") return undefined;
    this.materialize(module);
    return new NamespaceDict(module, this.machine);
  }

  /** Text of a data file; a path that is not absolute is looked for beside the roots. Null if it cannot be read. */
  readFile(path: string): string | null {
    const { folders, reader } = this.sources;
    for (const file of path.startsWith("/") ? [path] : folders.map((folder) => `${folder}/${path}`)) {
      const text = reader.read(file);
      if (text === undefined) this.missingFiles.add(file);
      else if (text !== null) return text;
    }
    return null;
  }

  /** Whether an import would find it. */
  exists(name: string): boolean {
    return this.load(name) !== undefined;
  }
}

const parentOf = (name: string, separator = "."): string =>
  name.slice(0, Math.max(0, name.lastIndexOf(separator)));
