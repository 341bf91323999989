import type { FileReader } from "./types.js";

/** Reads from what was given; `wanted` are the paths it was asked for and did not have. */
export interface RecordingReader extends FileReader {
  readonly wanted: ReadonlySet<string>;
}

/**
 * The files that imports lead to, given from outside: the analysis runs where none can be read. A scope
 * tells apart hosts on which the same path is another file.
 */
export class FileStore {
  readonly #scopes = new Map<string, Map<string, string | null>>();

  /** The text of a file, `null` where there is none, `undefined` to have it asked for again. */
  set(scope: string, path: string, text: string | null | undefined): void {
    const files = this.#scopes.get(scope) ?? new Map<string, string | null>();
    this.#scopes.set(scope, files);
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }

  /** A reader for one analysis. */
  reader(scope: string): RecordingReader {
    const files = this.#scopes.get(scope);
    const wanted = new Set<string>();
    return {
      wanted,
      read(path) {
        const text = files?.get(path);
        if (text === undefined) wanted.add(path);
        return text;
      },
    };
  }
}
