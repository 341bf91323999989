/** Which files of a workspace may call what a document defines: by their text alone, cheaply. */

/** The classes and functions at the top of a module that another file can name. */
export function definedNames(text: string): readonly string[] {
  const names = [...text.matchAll(/^(?:class|(?:async\s+)?def)\s+(\w+)/gm)].map(([, name]) => name!);
  return [...new Set(names)];
}

/** Finds calls of the names, as they are or as attributes of a module. Never matches where there is no name. */
export function namesCalled(names: readonly string[]): RegExp {
  return names.length === 0 ? /(?!)/ : new RegExp(`\\b(?:${names.join("|")})\\s*\\(|\\.from_\\w+\\(`);
}

/** What a file's text says about calls into other files. */
export interface Mentions {
  /** Every name in its import statements, the parts of module names too. */
  readonly imported: ReadonlySet<string>;
  /** Every name that an opening parenthesis follows, or a dot and a method's call. */
  readonly called: ReadonlySet<string>;
}

/** `from a.b import (c as d)` or `import a.b as c`, in a file or in a notebook's text. */
const IMPORTS = /^[ \t"]*(?:from\s+([\w.]+)\s+)?import\s+(\([^)]*\)|[^\n]*)/gm;

export function mentionsIn(text: string): Mentions {
  const imported = [...text.matchAll(IMPORTS)].flatMap(([, from = "", names = ""]) => [
    ...(`${from} ${names}`.match(/\w+/g) ?? []),
  ]);
  const called = [...text.matchAll(/\b([A-Za-z_]\w*)(?:\.\w+)?\s*\(/g)].map(([, name]) => name!);
  const attributes = [...text.matchAll(/\.([A-Za-z_]\w*)\s*\(/g)].map(([, name]) => name!);
  return { imported: new Set(imported), called: new Set([...called, ...attributes]) };
}

/** Whether a file may call a definition of `document`: it imports the module or a name of it, and calls one. */
export function mayCall({ imported, called }: Mentions, document: string, names: readonly string[]): boolean {
  const calls = names.filter((name) => called.has(name));
  return calls.length > 0 && (imported.has(moduleName(document)) || calls.some((name) => imported.has(name)));
}

/** The last part of the name by which `import` knows a file: its folder's for a package. */
function moduleName(file: string): string {
  const parts = file.replace(/\.\w+$/, "").split("/");
  return (parts.at(-1) === "__init__" ? parts.at(-2) : parts.at(-1)) ?? "";
}

/** No more callers of a document are evaluated. */
const MAX_CALLERS = 6;

/**
 * The callers worth evaluating, nearest in the tree of folders first. What tests build is small on purpose, so
 * it counts only where nothing else calls.
 */
export function nearestCallers(files: readonly string[], document: string): readonly string[] {
  const others = files.filter((file) => file !== document);
  const serious = others.filter((file) => !isTest(file));
  return (serious.length > 0 ? serious : others)
    .map((file) => ({ file, distance: distance(file, document) }))
    .sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1))
    .slice(0, MAX_CALLERS)
    .map(({ file }) => file);
}

const isTest = (file: string): boolean =>
  /(^|\/)(tests?\/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)/.test(file);

/** Steps up and down between the folders of two files. */
function distance(file: string, other: string): number {
  const [a, b] = [file.split("/").slice(0, -1), other.split("/").slice(0, -1)];
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return a.length + b.length - 2 * common;
}
