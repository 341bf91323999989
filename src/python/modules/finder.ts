import { fileName } from "../../sites.js";
import type { FileReader } from "../../types.js";
import type { HostModule } from "../host.js";
import { type Hosts, parentOf, topOf } from "./hosts.js";

export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly isPackage: boolean;
}

/** Programs and their configurations. */
const WRITTEN_TEXT = /\.(py|ya?ml|toml|cfg|ini)$/;

/** Where modules come from: what the host registered, then files. It reads and runs nothing else. */
export class ModuleFinder {
  readonly #files = new Map<string, SourceFile>();
  /** What was not found, and in which folders it was looked for: the program may add more. */
  readonly #absent = new Map<string, string>();
  /** Files that the program itself made, by their paths: their texts, and where those are written. */
  readonly #made = new Map<string, Pick<SourceFile, "file" | "text">>();
  /** Names of files that the program writes without it being known what is in them; null where any may be. */
  #written: Set<string> | null = new Set();
  /** Files the reader has not loaded yet. */
  readonly missingFiles = new Set<string>();

  constructor(
    private readonly hosts: Hosts,
    private readonly reader: FileReader,
    /** Directories of the project and of packages; paths with `/`, none at the end. */
    private readonly folders: readonly string[],
    /** Those of them that hold installed packages. */
    private readonly installed: readonly string[],
    /** What `sys.path` says at the moment; null where nobody has asked for it. */
    private readonly searchPath: () => readonly string[] | null = () => null,
  ) {}

  host(name: string): HostModule | undefined {
    const found = this.hosts.get(name);
    return found?.isWithin !== true && this.isInstalled(name) ? undefined : found;
  }
  /** Whether a registered module lies inside a package of that name. */
  isHostParent(name: string): boolean {
    return this.hosts.isParent(name) && !this.isInstalled(name);
  }
  /** Whether the host models the whole package: files of that name are then not looked at. */
  isHosted(name: string): boolean {
    const top = topOf(name);
    return (this.hosts.has(top) || this.hosts.isParent(top)) && !this.isInstalled(top);
  }

  /** Whether files are there for a package that the host has spare modules for. */
  private isInstalled(name: string): boolean {
    const top = topOf(name);
    if (!this.hosts.isSpare(top)) return false;
    const known = this.#files.get(top) ?? this.look(top, this.searched());
    if (known !== undefined) this.#files.set(top, known);
    return known !== undefined;
  }

  /** Whether the nearest registered module at or above a name is inert. */
  isInert(name: string): boolean {
    for (let above = name; above !== ""; above = parentOf(above)) {
      const host = this.host(above);
      if (host !== undefined) return host.isInert === true;
    }
    return false;
  }

  /**
   * What the nearest registered module above says of one that is not registered: another module's name, or
   * null for a file.
   */
  standIn(name: string): string | null | undefined {
    const own = this.host(name);
    if (own !== undefined && [own.source, own.natives, own.functions].some((one) => one !== undefined)) {
      return undefined;
    }
    for (let above = name; above !== ""; above = parentOf(above)) {
      const host = this.host(above);
      if (host?.standIn !== undefined) return host.standIn(name, (one) => this.hosts.has(one));
    }
    return undefined;
  }

  /** The file that `import name` would run; undefined if there is none. */
  file(name: string): SourceFile | undefined {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const folders = this.searched();
    const place = folders.join("\n");
    if (this.#absent.get(name) === place) return undefined;
    const isModelled = this.isHosted(name) && this.standIn(name) !== null;
    const found = isModelled ? undefined : this.look(name, folders);
    if (found === undefined) this.#absent.set(name, place);
    else this.#files.set(name, found);
    return found;
  }

  /** `import a.b` is looked up in them, first to last. A relative one is one below each folder. */
  private searched(): readonly string[] {
    const entries = this.searchPath();
    if (entries === null) return this.folders;
    const places = entries.flatMap((entry) =>
      this.folders.includes(entry) || entry.startsWith("/")
        ? [withoutDots(entry)]
        : this.folders.map((folder) => withoutDots(`${folder}/${entry}`)),
    );
    return [...new Set(places)];
  }

  private look(name: string, folders: readonly string[]): SourceFile | undefined {
    const path = name.replaceAll(".", "/");
    for (const folder of folders) {
      for (const [file, isPackage] of [
        [`${folder}/${path}/__init__.py`, true],
        [`${folder}/${path}.py`, false],
      ] as const) {
        const found = this.source(file);
        if (found !== null) return { ...found, isPackage };
      }
    }
    return undefined;
  }

  private source(file: string): Pick<SourceFile, "file" | "text"> | null {
    const made = this.#made.get(file);
    if (made !== undefined) return made;
    const text = this.reader.read(file);
    if (text === undefined) this.missingFiles.add(file);
    return typeof text === "string" ? { file, text } : null;
  }

  /** From here on a file is there that the program writes or copies; nothing is written really. */
  make(written: string, { file, text }: Pick<SourceFile, "file" | "text">): void {
    this.#made.set(withoutDots(written), { file, text });
    this.#files.clear();
    this.#absent.clear();
  }

  /** Text of a data file: an absolute path under one of the folders, or one relative to them; else null. */
  dataFile(written: string): string | null {
    return this.sourceFile(written)?.text ?? null;
  }

  /** The same with its path, as a module. */
  sourceFile(written: string): SourceFile | null {
    const own = withoutDots(written);
    for (const file of this.#made.has(own) ? [own] : this.confined(written)) {
      const found = this.source(file);
      if (found !== null) return { ...found, isPackage: file.endsWith("/__init__.py") };
    }
    return null;
  }

  /**
   * Whether a text that people write as part of a program is at none of those places. Data may come and go, so of
   * other files that are not there nothing is known, nor of those that the program wrote.
   */
  lacksText(written: string): boolean {
    const isText = WRITTEN_TEXT.test(written) && this.reader.list !== undefined && !this.mayWrite(written);
    return isText && this.confined(written).length > 0 && this.sourceFile(written) === null;
  }

  /** A file is written, under a path where that is known, by code of a file. Packages write to places of their own. */
  noteWriting(path: string | null, by: string): void {
    if (path !== null) this.#written?.add(fileName(path));
    else if (!this.isInstalledFile(by)) this.#written = null;
  }

  private mayWrite(path: string): boolean {
    return this.#written?.has(fileName(path)) !== false;
  }

  /** Whether a file is in a folder of installed packages. */
  isInstalledFile(file: string): boolean {
    return this.installed.some((folder) => file.startsWith(`${folder}/`));
  }

  /** What is in a folder, at the same places; null where there is none, undefined where that is not known. */
  dataFolder(written: string): readonly string[] | null | undefined {
    if (this.reader.list === undefined) return undefined;
    const places = this.confined(written);
    for (const folder of places) {
      const names = this.reader.list(folder);
      if (names !== null) return names;
    }
    // Of what lies outside nothing is known.
    return places.length === 0 ? undefined : null;
  }

  /** The places that a written path may mean, of those inside the folders. */
  private confined(written: string): readonly string[] {
    const places = written.startsWith("/") ? [written] : this.folders.map((folder) => `${folder}/${written}`);
    return places
      .map(withoutDots)
      .filter((place) => this.folders.some((folder) => `${place}/`.startsWith(`${folder}/`)));
  }
}

/** `a/../b/./c` is `b/c`. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/").replace(/(?<=.)\/$/, "");
}

/** `from ..a import x` inside a package, as a dotted name. */
export function absoluteModule(ownPackage: string, level: number, module: string): string {
  if (level === 0) return module;
  const parts = ownPackage === "" ? [] : ownPackage.split(".");
  const base = parts.slice(0, Math.max(0, parts.length - (level - 1)));
  return [...base, ...(module === "" ? [] : [module])].join(".");
}
