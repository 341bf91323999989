import type { Mentions } from "./namesInText.js";

/** What the files of a workspace say, by path, and by every name that they import. */
export class MentionedFiles<M extends Mentions = Mentions> implements Iterable<readonly [string, M]> {
  readonly #files = new Map<string, M>();
  readonly #importers = new Map<string, Set<string>>();

  constructor(files: Iterable<readonly [string, M]> = []) {
    for (const [file, mentions] of files) this.set(file, mentions);
  }

  get(file: string): M | undefined {
    return this.#files.get(file);
  }

  set(file: string, mentions: M): void {
    this.delete(file);
    this.#files.set(file, mentions);
    for (const name of mentions.imported) {
      const known = this.#importers.get(name);
      if (known) known.add(file);
      else this.#importers.set(name, new Set([file]));
    }
  }

  delete(file: string): void {
    for (const name of this.#files.get(file)?.imported ?? []) {
      const known = this.#importers.get(name);
      known?.delete(file);
      if (known?.size === 0) this.#importers.delete(name);
    }
    this.#files.delete(file);
  }

  paths(): Iterable<string> {
    return this.#files.keys();
  }

  /** The files that import one of the names, each once. */
  importersOf(names: Iterable<string>): ReadonlySet<string> {
    const found = new Set<string>();
    for (const name of names) for (const file of this.#importers.get(name) ?? []) found.add(file);
    return found;
  }

  [Symbol.iterator](): Iterator<readonly [string, M]> {
    return this.#files[Symbol.iterator]();
  }
}
