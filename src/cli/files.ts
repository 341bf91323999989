import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { notebookCells } from "../python/documents/notebook.js";
import { relativeLevels } from "../python/syntax/relativeLevels.js";
import type { FileReader, SourceDocument } from "../types.js";
import { UsageError } from "./usage.js";

/** No source file of a model is bigger; data files beside it may be. */
const MAX_FILE_BYTES = 5_000_000;

/** Paths with `/`, as the analysis wants them. */
export const posix = (file: string): string => file.split(path.sep).join("/");

/**
 * Reads files under the given directories and nowhere else, links followed before the check. What is not
 * there, not readable or too big is `null`. Each file is read once.
 */
export function readerUnder(directories: readonly string[]): Required<FileReader> {
  const roots = directories.map((directory) => realpathSync(directory) + path.sep);
  const texts = new Map<string, string | null>();
  return {
    read(file) {
      let text = texts.get(file);
      if (text === undefined) {
        text = readConfined(file, roots);
        texts.set(file, text);
      }
      return text;
    },
    list: (folder) => listConfined(folder, roots),
  };
}

function listConfined(folder: string, roots: readonly string[]): readonly string[] | null {
  try {
    const real = realpathSync(folder) + path.sep;
    if (!roots.some((root) => real.startsWith(root))) return null;
    const entries = readdirSync(real, { withFileTypes: true });
    return entries.map((one) => (one.isDirectory() ? `${one.name}/` : one.name)).sort();
  } catch {
    return null;
  }
}

function readConfined(file: string, roots: readonly string[]): string | null {
  try {
    const real = realpathSync(file);
    if (!roots.some((root) => real.startsWith(root))) return null;
    const { size } = statSync(real);
    return size > MAX_FILE_BYTES ? null : readFileSync(real, "utf8");
  } catch {
    return null;
  }
}

/** A file as a document: the code cells of a notebook, else its text. Throws UsageError where it cannot be read. */
export function readDocument(file: string): SourceDocument {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`cannot read ${file}`);
  }
  const cells = file.endsWith(".ipynb") ? notebookCells(text) : [{ index: null, text }];
  if (typeof cells === "string") throw new UsageError(`${file} ${cells}`);
  return { file: posix(path.resolve(file)), cells };
}

/** An existing directory, with `/`; throws UsageError that names the option. */
export function directory(value: string, option: string): string {
  if (!statSync(value, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${option}: there is no directory ${value}`);
  }
  return posix(path.resolve(value));
}

/**
 * The directory imports start from: above the outermost package that the document is in. Its relative imports tell
 * of packages that are folders alone.
 */
function packageRoot({ file, cells }: SourceDocument): string {
  const levels = Math.max(0, ...cells.map(({ text }) => relativeLevels(text)));
  let directory = path.resolve(file, "../".repeat(Math.max(1, levels)));
  while (existsSync(path.join(directory, "__init__.py"))) {
    const parent = path.dirname(directory);
    if (parent === directory) break;
    directory = parent;
  }
  return directory;
}

/** Files that stand at the top of a project. */
const PROJECT_FILES = [".git", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt"];

/** The folders above one up to the project's own, then the project's `src`; none where no project is to be seen. */
function projectFolders(folder: string): readonly string[] {
  const above: string[] = [];
  for (let one = folder; ; one = path.dirname(one)) {
    above.push(one);
    if (PROJECT_FILES.some((name) => existsSync(path.join(one, name)))) break;
    if (path.dirname(one) === one) return [];
  }
  const source = path.join(above.at(-1)!, "src");
  return [...above, ...(existsSync(source) ? [source] : [])].map(posix);
}

/**
 * Where imports of a document resolve: below the root, beside it, as Python itself looks for a script's, and in each
 * folder between: a repository of several projects has each project's scripts in the project's folder. Where no root
 * is given, last in the folders above, up to the project's: a script in one of them is run from there.
 */
export function importRoots(document: SourceDocument, given: string | undefined): readonly string[] {
  const root = directory(given ?? packageRoot(document), "--root");
  const folders = [root, posix(path.dirname(document.file))];
  for (let above = folders[1]!; above.startsWith(`${root}/`); above = posix(path.dirname(above))) {
    folders.push(above);
  }
  return [...new Set([...folders, ...(given === undefined ? projectFolders(root) : [])])];
}
