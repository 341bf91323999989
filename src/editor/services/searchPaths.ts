import * as vscode from "vscode";
import { fileName } from "../../sites.js";
import type { ChosenInterpreter } from "./pythonExtension.js";
import { settings } from "./settings.js";

/** Folders that imports resolve in, as Python's own `sys.path`: the code's, then those of installed packages. */
export interface SearchPaths {
  readonly roots: readonly string[];
  readonly sitePackages: readonly string[];
}

/** What people call the environment in their project. */
const ENVIRONMENTS: readonly string[] = [".venv", "venv", "env", ".env"];

/** Whether a file or folder, by coming or going, may change search paths. */
export function decidesPaths({ path }: vscode.Uri): boolean {
  const name = fileName(path);
  return name === "__init__.py" || name === "pyvenv.cfg" || ENVIRONMENTS.includes(name);
}

/** Finds the search paths of a file; keeps what it found until told to forget. */
export class SearchPathFinder {
  readonly #interpreter: ChosenInterpreter;
  readonly #known = new Map<string, Promise<SearchPaths>>();

  constructor(interpreter: ChosenInterpreter) {
    this.#interpreter = interpreter;
  }

  /** `uri` is where files are read: on its host the folders are looked for. */
  of(uri: vscode.Uri): Promise<SearchPaths> {
    const folder = parent(uri);
    const key = folder.toString();
    const found = this.#known.get(key) ?? this.#find(uri, folder);
    this.#known.set(key, found);
    return found;
  }

  forget(): void {
    this.#known.clear();
  }

  async #find(uri: vscode.Uri, own: vscode.Uri): Promise<SearchPaths> {
    const top = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? own;
    const above = foldersBetween(top, own);
    const extra = settings(uri).searchPaths.map((path) =>
      path.startsWith("/") ? path : vscode.Uri.joinPath(top, path).path,
    );
    const sitePackages = await this.#sitePackages(uri, above);
    return {
      roots: [
        ...new Set([await packageRoot(above), ...above, vscode.Uri.joinPath(top, "src")].map(folderPath)),
      ],
      sitePackages: [...new Set([...extra, ...sitePackages])],
    };
  }

  async #sitePackages(uri: vscode.Uri, above: readonly vscode.Uri[]): Promise<string[]> {
    const chosen = await this.#interpreter.prefix(uri);
    if (chosen !== undefined) return sitePackagesOf(uri.with({ path: chosen }));
    for (const folder of above) {
      for (const name of ENVIRONMENTS) {
        const environment = vscode.Uri.joinPath(folder, name);
        if (await exists(vscode.Uri.joinPath(environment, "pyvenv.cfg"))) return sitePackagesOf(environment);
      }
    }
    return [];
  }
}

/** From a file's own folder up to the workspace's. */
function foldersBetween(top: vscode.Uri, own: vscode.Uri): vscode.Uri[] {
  const folders = [own];
  for (let folder = own; folder.path !== top.path && folder.path.startsWith(`${top.path}/`); ) {
    folder = vscode.Uri.joinPath(folder, "..");
    folders.push(folder);
  }
  return folders;
}

/** The first folder that is no package: `import` of a package's own name resolves there. */
async function packageRoot(above: readonly vscode.Uri[]): Promise<vscode.Uri> {
  for (const folder of above) {
    if (!(await exists(vscode.Uri.joinPath(folder, "__init__.py")))) return folder;
  }
  return above.at(-1)!;
}

/** `lib/python3.12/site-packages`, or Windows' `Lib/site-packages`; empty where there is neither. */
async function sitePackagesOf(environment: vscode.Uri): Promise<string[]> {
  const lib = vscode.Uri.joinPath(environment, "lib");
  const versions = (await names(lib)).filter((name) => /^python3\.\d+t?$/.test(name));
  const candidates = [
    ...versions.map((version) => vscode.Uri.joinPath(lib, version, "site-packages")),
    vscode.Uri.joinPath(environment, "Lib", "site-packages"),
  ];
  const there = await Promise.all(candidates.map(exists));
  return candidates.filter((_, index) => there[index]).map(({ path }) => path);
}

/** A virtual workspace may have its files right below `/`. */
function parent(uri: vscode.Uri): vscode.Uri {
  const path = uri.path.slice(0, uri.path.lastIndexOf("/")) || "/";
  return uri.with({ path, query: "", fragment: "" });
}

/** A folder's path, to which `/name` is joined. */
const folderPath = ({ path }: vscode.Uri): string => (path === "/" ? "" : path);

async function names(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return [];
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
