/** The names that a file defines, imports and calls: by its text alone, cheaply. */
import { notebookCells } from "../python/documents/notebook.js";

/** The classes and functions at the top of a module that another file can name. */
export function definedNames(text: string): readonly string[] {
  const names = [...text.matchAll(/^(?:class|(?:async\s+)?def)\s+(\w+)/gm)].map(([, name]) => name!);
  return [...new Set(names)];
}

/** Finds calls of the names, as they are or as attributes of a module. Never matches where there is no name. */
export function namesCalled(names: readonly string[]): RegExp {
  return names.length === 0 ? /(?!)/ : new RegExp(`\\b(?:${names.join("|")})\\s*\\(|\\.from_\\w+\\(`);
}

/** What a file's text says about definitions and calls. */
export interface Mentions {
  /** The classes and functions at its top. */
  readonly defined: readonly string[];
  /** Every name in its import statements, the parts of module names too. */
  readonly imported: ReadonlySet<string>;
  /** Every name that is called, or of which an attribute is. */
  readonly called: ReadonlySet<string>;
}

/** `from a.b import (c as d)` or `import a.b as c`, over lines that end in a backslash too. */
const IMPORTS = /^[ \t]*(?:from\s+([\w.]+)\s+)?import\s+(\([^)]*\)|(?:\\\r?\n|[^\n])*)/gm;

/** The text of a Python file, or of a notebook's code cells. */
export function codeIn(file: string, written: string): string {
  const cells = file.endsWith(".ipynb") ? notebookCells(written) : written;
  return typeof cells === "string" ? cells : cells.map((cell) => cell.text).join("\n");
}

/** Of a Python file, or of a notebook's code. */
export function mentionsIn(file: string, written: string): Mentions {
  const text = codeIn(file, written);
  const imported = [...text.matchAll(IMPORTS)].flatMap(([, from = "", names = ""]) => [
    ...(`${from} ${names}`.match(/\w+/g) ?? []),
  ]);
  const called = [...text.matchAll(/\b([A-Za-z_]\w*)(?:\.\w+)?\s*\(/g)].map(([, name]) => name!);
  const attributes = [...text.matchAll(/\.([A-Za-z_]\w*)\s*\(/g)].map(([, name]) => name!);
  return {
    defined: definedNames(text),
    imported: new Set(imported),
    called: new Set([...called, ...attributes]),
  };
}
