/** Which versions of the frameworks a project has: from its lock file, its requirements or its environment. */
import { installedPackage } from "../python/metadata.js";
import type { FileReader } from "../types.js";

/** Packages whose version decides what a layer draws. */
const PACKAGES: ReadonlySet<string> = new Set(["keras", "tensorflow"]);

const LOCK_FILES = ["uv.lock", "poetry.lock", "pdm.lock"];
/** `[[package]]`, its name, its version. */
const LOCKED = /^name = "([^"]+)"\r?\nversion = "([^"]+)"/gm;

/** Only a version that is pinned is known: a bound leaves it open. */
const PINNED = /^\s*([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*==\s*([0-9][^\s;,#*]*)\s*(?:[;#].*)?$/gm;

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
    for (const file of LOCK_FILES) scan(`${root}/${file}`, LOCKED);
    scan(`${root}/requirements.txt`, PINNED);
  }
  for (const folder of sitePackages) {
    for (const entry of reader.list?.(folder) ?? []) {
      const found = installedPackage(entry);
      if (found?.format === "dist") add(found.name, found.version);
    }
  }
  return found;
}
