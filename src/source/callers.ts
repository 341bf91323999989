/** Which files of a workspace may call what a document defines: by their text alone, cheaply. */
import { isTest } from "../testFiles.js";
import type { MentionedFiles } from "./mentionedFiles.js";
import type { Mentions } from "./namesInText.js";

/** A file, and what it defines. */
type Defining = readonly [file: string, names: readonly string[]];

/** Whether a file may call a definition of another: it imports the module or a name of it, and calls one. */
function mayCall({ imported, called }: Mentions, [file, names]: Defining): boolean {
  const calls = names.filter((name) => called.has(name));
  return calls.length > 0 && (imported.has(moduleName(file)) || calls.some((name) => imported.has(name)));
}

/** Whether a file may hand on a definition of another, in a table or as a base: it imports the module or a name. */
const mayPassOn = ({ imported }: Mentions, [file, names]: Defining): boolean =>
  imported.has(moduleName(file)) || names.some((name) => imported.has(name));

/** The last part of the name by which `import` knows a file: its folder's for a package. */
function moduleName(file: string): string {
  const parts = file.replace(/\.\w+$/, "").split("/");
  return (parts.at(-1) === "__init__" ? parts.at(-2) : parts.at(-1)) ?? "";
}

/** Of all that call a document, and of all that call these, no more are evaluated. */
const MAX_CALLERS = [4, 3, 2];

/**
 * The files of a workspace worth evaluating for a document: those that may call its definitions, else pass
 * them on, then those that may call theirs, each time the nearest in the tree of folders first.
 */
export function callersAmong(
  files: MentionedFiles,
  document: string,
  names: readonly string[],
): readonly string[] {
  const found = new Set<string>();
  let called: readonly Defining[] = [[document, names]];
  for (const most of MAX_CALLERS) {
    const importers = files.importersOf(called.flatMap(([file, names]) => [moduleName(file), ...names]));
    const those = (does: (mentions: Mentions, of: Defining) => boolean) =>
      [...importers].filter((file) => file !== document && called.some((one) => does(files.get(file)!, one)));
    const added = [...nearest(those(mayCall), document), ...nearest(those(mayPassOn), document)];
    for (const file of [...new Set(added)].filter((one) => !found.has(one)).slice(0, most)) found.add(file);
    called = [...found].map((file) => [file, files.get(file)!.defined]);
  }
  return [...found];
}

/** What tests build is small on purpose, so it counts only where nothing else calls. */
function nearest(files: readonly string[], document: string): readonly string[] {
  const serious = files.filter((file) => !isTest(file));
  return (serious.length > 0 ? serious : files)
    .map((file) => ({ file, distance: distance(file, document) }))
    .sort((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}

/** Steps up and down between the folders of two files. */
function distance(file: string, other: string): number {
  const [a, b] = [file.split("/").slice(0, -1), other.split("/").slice(0, -1)];
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return a.length + b.length - 2 * common;
}
