import type { FileReader } from "./types.js";

/** Reads from what was given. */
export interface RecordingReader extends FileReader {
  /** Every path it was asked for. */
  readonly asked: ReadonlySet<string>;
  /** Those of them that it did not have. */
  readonly wanted: ReadonlySet<string>;
}

/**
 * The files that imports lead to, given from outside: the analysis runs where none can be read. A scope
 * tells apart hosts on which the same path is another file.
 */
export class FileStore {
  readonly #scopes = new Map<string, Map<string, string | null>>();

  /** The text of a file, `null` where there is none. */
  set(scope: string, path: string, text: string | null): void {
    const files = this.#scopes.get(scope) ?? new Map<string, string | null>();
    this.#scopes.set(scope, files.set(path, text));
  }

  /** Has files asked for again: those that changed, came or went, and all that is below a folder that did. */
  forget(scope: string, changed: readonly string[]): void {
    const files = this.#scopes.get(scope);
    if (!files || changed.length === 0) return;
    const paths = new Set(changed);
    for (const path of files.keys()) if (isTouched(path, paths)) files.delete(path);
  }

  /** A reader for one analysis. */
  reader(scope: string): RecordingReader {
    const files = this.#scopes.get(scope);
    const asked = new Set<string>();
    const wanted = new Set<string>();
    return {
      asked,
      wanted,
      read(path) {
        asked.add(path);
        const text = files?.get(path);
        if (text === undefined) wanted.add(path);
        return text;
      },
    };
  }
}

/** Whether a path, or a folder it is in, is among the changed ones. */
export function isTouched(path: string, changed: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (changed.has(path.slice(0, end))) return true;
  }
  return false;
}
