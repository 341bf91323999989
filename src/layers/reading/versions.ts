/** Which versions of the frameworks a project has: from its lock file, its requirements or its environment. */
import { installedPackage } from "../../python/modules/metadata.js";
import type { FileReader } from "../../types.js";

/** Packages whose version decides what a layer draws. */
const PACKAGES: ReadonlySet<string> = new Set(["keras", "tensorflow"]);

/** `[[package]]`, its name, its version. */
const LOCKED = /^name = "([^"]+)"\r?\nversion = "([^"]+)"/gm;
/** `"keras": {…, "version": "==3.14.0"}`. */
const LOCKED_BY_PIPENV = /"([A-Za-z0-9._-]+)":\s*\{[^{}]*"version":\s*"==([^"]+)"/g;
/** `keras==3.14.0` on a line of its own. */
const PINNED = /^\s*([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*==\s*([0-9][^\s;,#*]*)\s*(?:[;#].*)?$/gm;
/** `"keras==3.14.0"` in a list. */
const PINNED_IN_LIST = /["']([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*==\s*([0-9][^\s"';,#*]*)/g;
/** `keras = "3.14.0"` in Poetry's table. */
const PINNED_BY_POETRY = /^([A-Za-z0-9._-]+)\s*=\s*["'](?:==)?([0-9][0-9.]*)["']/gm;
/** `- keras=3.14.0`, `- conda-forge::keras==3.14.0`. */
const PINNED_IN_ENVIRONMENT = /^\s*-\s*(?:[\w-]+::)?([A-Za-z0-9._-]+)\s*==?\s*([0-9][^\s;,#*=]*)/gm;

/** Files that say versions, the more exact first. Only a version that is pinned is known: a bound leaves it open. */
const SOURCES: readonly (readonly [file: string, pattern: RegExp])[] = [
  ["uv.lock", LOCKED],
  ["poetry.lock", LOCKED],
  ["pdm.lock", LOCKED],
  ["Pipfile.lock", LOCKED_BY_PIPENV],
  ["requirements.txt", PINNED],
  ["requirements-dev.txt", PINNED],
  ["requirements/base.txt", PINNED],
  ["pyproject.toml", PINNED_IN_LIST],
  ["pyproject.toml", PINNED_BY_POETRY],
  ["environment.yml", PINNED_IN_ENVIRONMENT],
  ["environment.yaml", PINNED_IN_ENVIRONMENT],
];

/**
 * Versions by package; a package of which nothing says the version is left out. Folders are those of the
 * project, then those of installed packages.
 */
export function versionsIn(
  reader: FileReader,
  roots: readonly string[],
  sitePackages: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, version: string) => {
    const known = name.toLowerCase();
    if (PACKAGES.has(known) && !found.has(known)) found.set(known, version);
  };
  const scan = (path: string, pattern: RegExp) => {
    for (const [, name, version] of (reader.read(path) ?? "").matchAll(pattern)) add(name!, version!);
  };
  for (const root of roots) {
    for (const [file, pattern] of SOURCES) scan(`${root}/${file}`, pattern);
  }
  for (const folder of sitePackages) {
    for (const entry of reader.list?.(folder) ?? []) {
      const found = installedPackage(entry);
      if (found?.format === "dist") add(found.name, found.version);
    }
  }
  return found;
}
