/** Loading modules: those the host registered, then files under the roots, then installed packages. */
import type { FileReader } from "../../types.js";
import { CHARACTERS_A_STEP } from "../budgets.js";
import type { Engine } from "../engine.js";
import { STANDARD_LIBRARY } from "../stdlib/names.js";
import {
  Lazy,
  NamespaceDict,
  PyInstance,
  PyList,
  PyModule,
  types,
  type Unknown,
  type Value,
} from "../values.js";
import { ModuleFinder, type SourceFile } from "./finder.js";
import { type Hosts, parentOf } from "./hosts.js";
import { LateNames, type LateSources } from "./lateNames.js";
import { ModuleTable } from "./moduleTable.js";
import type { Program } from "./topLevel.js";
import { ModuleRun } from "./topLevel.js";

export interface ModuleSources {
  readonly hosts: Hosts;
  readonly reader: FileReader;
  /** Directories that `import a.b` is looked up in, first to last; paths with `/`, none at the end. */
  readonly folders: readonly string[];
  /** Those of them that hold installed packages. */
  readonly installed: readonly string[];
  /** Parses and prepares a file, once for all evaluators. */
  program(file: string, text: string): Program;
}

export class Modules {
  readonly finder: ModuleFinder;
  readonly names: LateNames;
  readonly #loaded = new Map<string, PyModule>();
  /** Files of modules whose calls are their callers'. */
  readonly #transparent = new Set<string>();
  readonly #runs = new Map<PyModule, ModuleRun>();
  /** `sys.modules`: the same modules, until the program puts others there. */
  readonly #table = new PyInstance(types.object);

  constructor(
    private readonly machine: Engine,
    private readonly sources: ModuleSources,
    private readonly runsWhole: (module: string) => boolean,
  ) {
    this.finder = new ModuleFinder(sources.hosts, sources.reader, sources.folders, sources.installed, () =>
      this.searchPath(),
    );
    this.names = new LateNames(machine, this.finder, runsWhole, ({ file, text }) =>
      sources.program(file, text),
    );
    this.#table.attributes = new Map();
  }

  /** `sys.modules`. */
  get table(): NamespaceDict {
    return new ModuleTable(
      this.#table,
      this.machine,
      (name) => (this.finder.file(name) === undefined ? undefined : this.load(name)),
      (name) => this.#loaded.delete(name),
    );
  }

  /** What `sys.path` holds before the program changes it. */
  get folders(): readonly string[] {
    return this.sources.folders;
  }

  /** `sys.path`, as far as its entries are known; null before anybody imported `sys`. */
  private searchPath(): readonly string[] | null {
    const path = this.#loaded.get("sys")?.attributes.get("path");
    return path instanceof PyList ? path.items.filter((one) => typeof one === "string") : null;
  }

  /** The module of that dotted name, in use; undefined where there is none. */
  load(name: string): PyModule | Unknown | undefined {
    const known = this.known(name);
    if (known !== undefined) return known;
    const parent = parentOf(name);
    // A package runs before what is inside it, and may import it.
    const container = parent === "" ? undefined : this.load(parent);
    const standIn = this.finder.standIn(name);
    if (typeof standIn === "string") return this.rename(name, standIn);
    const found =
      this.known(name) ?? this.loadHost(name) ?? this.loadFile(name) ?? this.fallback(name, container);
    if (parent !== "" && container === undefined && found instanceof PyModule) this.openNamespace(parent);
    return found;
  }

  /** The package that `from package import name` looks in: also a folder of modules without `__init__.py`. */
  loadContaining(name: string, member: string): PyModule | Unknown | undefined {
    return this.load(name) ?? (this.load(`${name}.${member}`) === undefined ? undefined : this.known(name));
  }

  /** Packages that are folders alone: a reader need not list any, so a module inside tells of them. */
  private openNamespace(name: string): void {
    if (this.known(name) !== undefined) return;
    this.names.add(this.register(name, null, true), null);
    if (parentOf(name) !== "") this.openNamespace(parentOf(name));
  }

  private rename(name: string, other: string): PyModule | Unknown | undefined {
    const module = this.load(other);
    if (module instanceof PyModule) this.keep(module, name);
    return module;
  }

  /** Whether a module of that dotted name was loaded before. */
  isLoaded(name: string): boolean {
    return this.#loaded.has(name);
  }

  private known(name: string): PyModule | undefined {
    const loaded = this.#loaded.get(name);
    if (loaded !== undefined) return loaded;
    // A module the program made itself and put into sys.modules.
    const put = this.#table.attributes!.get(name);
    return put instanceof PyModule ? put : undefined;
  }

  /** What the program put into `sys.modules` instead of the module: a lazy stand-in for a package. */
  substitute(module: PyModule): Value | undefined {
    const put = this.#table.attributes!.get(module.name);
    return put === module ? undefined : put;
  }

  private fallback(name: string, container: PyModule | Unknown | undefined): PyModule | Unknown | undefined {
    // `os.path` and the like: what a package calls by that name.
    const own =
      container instanceof PyModule
        ? container.attributes.get(name.slice(name.lastIndexOf(".") + 1))
        : undefined;
    if (own instanceof PyModule) return own;
    const top = name.split(".")[0]!;
    const isModelled = this.finder.isHosted(name) && !this.finder.host(top)?.isWhole;
    if (isModelled || STANDARD_LIBRARY.has(top)) {
      const unknown = this.machine.unknown(`the module ${name} is not modelled`);
      unknown.isInert = this.finder.isInert(name);
      return unknown;
    }
    return undefined;
  }

  private loadHost(name: string): PyModule | undefined {
    const host = this.finder.host(name);
    const isParent = this.finder.isHostParent(name);
    if (host === undefined) return isParent ? this.register(name, null, true) : undefined;
    const module = this.register(name, null, host.isPackage ?? isParent);
    const file = `<${name}>`;
    if (host.isTransparent) this.#transparent.add(file);
    const program = host.source === undefined ? null : this.sources.program(file, host.source);
    const unknown = host.isWhole === true ? null : this.machine.unknown(`${name} is not fully modelled`);
    const natives = () => {
      for (const [key, value] of Object.entries(host.natives?.(this.machine) ?? {})) {
        module.attributes.set(key, value);
      }
    };
    this.start(module, program, { unknown, natives, functions: host.functions?.() });
    return module;
  }

  private loadFile(name: string): PyModule | undefined {
    const source = this.finder.file(name) ?? this.offered(name);
    if (source === undefined) return undefined;
    // A package that imports all its parts, the shown one too, would define everything of it a second time.
    const main = this.known("__main__");
    if (main?.file !== source.file || parentOf(name) === "") return this.loadSource(name, source);
    this.keep(main, name);
    return main;
  }

  /** A module made of a file that the program names; it takes no other's place among the imported ones. */
  loadPath(name: string, path: string): PyModule | undefined {
    const source = this.finder.sourceFile(path);
    const known = this.known(name);
    if (source === null) return undefined;
    if (known?.file === source.file) return known;
    const module = this.loadSource(name, source);
    if (known !== undefined) this.keep(known);
    return module;
  }

  /** The file that a finder says, which the program put into `sys.meta_path`. */
  private offered(name: string): SourceFile | undefined {
    const finders = this.#loaded.get("sys")?.attributes.get("meta_path");
    for (const finder of finders instanceof PyList ? finders.items.slice() : []) {
      const spec = this.machine.call(this.machine.getAttribute(finder, "find_spec"), [name, null]);
      const origin = spec === null ? null : this.machine.findAttribute(spec, "origin");
      const source = typeof origin === "string" ? this.finder.sourceFile(origin) : null;
      if (source !== null) return source;
    }
    return undefined;
  }

  private loadSource(name: string, source: SourceFile): PyModule {
    if (this.runsWhole(name)) this.machine.spend(source.text.length / CHARACTERS_A_STEP);
    const module = this.register(name, source.file, source.isPackage);
    this.start(module, this.sources.program(source.file, source.text));
    return module;
  }

  /** Registers a document as a module; the caller runs it. */
  open(name: string, file: string, isPackage: boolean, program: Program): ModuleRun {
    const module = this.register(name, file, isPackage);
    const run = new ModuleRun(this.machine, module, program, !this.runsWhole(name));
    this.#runs.set(module, run);
    this.names.add(module, run);
    return run;
  }

  /** The run of a module that has statements. */
  run(module: PyModule): ModuleRun | undefined {
    return this.#runs.get(module);
  }

  private register(name: string, file: string | null, isPackage: boolean): PyModule {
    const module = new PyModule(name, file, isPackage);
    const names: [string, Value][] = [
      ["__name__", name],
      ["__doc__", null],
      ["__package__", isPackage ? name : parentOf(name)],
      ["__file__", file],
      ["__builtins__", new Lazy(() => this.load("builtins")!)],
      ["__spec__", this.described("ModuleSpec", name, null)],
      ["__loader__", this.described("SourceFileLoader", name, file)],
    ];
    for (const [key, value] of names) module.attributes.set(key, value);
    if (isPackage) module.attributes.set("__path__", new PyList([file === null ? "" : parentOf(file, "/")]));
    this.keep(module);
    return module;
  }

  private keep(module: PyModule, name = module.name): void {
    this.#loaded.set(name, module);
    this.#table.attributes!.set(name, module);
  }

  /** What Python keeps of how a module was found: an object of its own kind, whatever somebody asks of it. */
  private described(kind: string, ...args: readonly Value[]): Lazy {
    return new Lazy(() => {
      const machinery = this.load("importlib.machinery")!;
      return this.machine.call(this.machine.getAttribute(machinery, kind), args);
    });
  }

  private start(
    module: PyModule,
    program: Program | null,
    { natives, ...late }: LateSources & { readonly natives?: () => void } = {},
  ): void {
    const isLazy = module.file === null || !this.runsWhole(module.name);
    const run = program === null ? null : new ModuleRun(this.machine, module, program, isLazy);
    if (run !== null) this.#runs.set(module, run);
    this.names.add(module, run, late);
    this.machine.outOfBranch(() => {
      natives?.();
      run?.start();
    });
  }

  /** Whether what a file calls is called by its callers. */
  isTransparent(file: string): boolean {
    return this.#transparent.has(file);
  }

  /** The text of a file that a module was made of. */
  textOf(file: string): string | null {
    for (const [module, run] of this.#runs) if (module.file === file) return run.program.text;
    return null;
  }

  /** The dotted name of the module that was made of a file. */
  nameOf(file: string): string | null {
    for (const module of this.#runs.keys()) if (module.file === file) return module.name;
    return null;
  }

  /** A file inside a package, read when somebody asks for it by name. */
  submodule(module: PyModule, name: string): Value | undefined {
    if (!module.isPackage) return undefined;
    const full = `${module.name}.${name}`;
    const isModelled =
      this.finder.host(full) !== undefined ||
      this.finder.isHostParent(full) ||
      this.finder.standIn(full) !== undefined;
    return this.finder.isHosted(full) && !isModelled ? undefined : this.load(full);
  }

  /** `module.__dict__` and `module.__class__`. */
  special(module: PyModule, name: string): Value | undefined {
    if (name === "__class__") return types.module;
    if (name !== "__dict__") return undefined;
    this.names.materialize(module);
    return new NamespaceDict(module, this.machine);
  }

  /** Whether an import would find it. */
  exists(name: string): boolean {
    const isFound = this.finder.host(name) !== undefined || this.finder.isHostParent(name);
    return (
      isFound || this.#loaded.has(name) || this.finder.file(name) !== undefined || STANDARD_LIBRARY.has(name)
    );
  }
}
