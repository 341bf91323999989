// Finds the Python that has the real frameworks: the accuracy scripts measure against it.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Where `npm run truth-env` keeps its environment: the user's cache directory, outside the repository. */
export const TRUTH_ENV = path.join(cacheDirectory(), "init-lens", "truth-env");

/** The environment's own Python. */
export const TRUTH_PYTHON = path.join(
  TRUTH_ENV,
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);

/**
 * The first Python that can import at least one of the packages: INIT_LENS_PYTHON, the environment of
 * `npm run truth-env`, `python3` on the path. Without packages, the first that runs.
 * @param {readonly string[]} [packages] names to import
 * @returns {string | null}
 */
export function findTruthPython(packages = []) {
  const fits = (python) => {
    const found = installedVersions(python, packages);
    return found !== null && (packages.length === 0 || found.size > 0);
  };
  return candidates().find(fits) ?? null;
}

function candidates() {
  const chosen = process.env.INIT_LENS_PYTHON;
  // Who chooses one means that one: falling back would measure something else than was asked.
  if (chosen) return [chosen];
  return [...(existsSync(TRUTH_PYTHON) ? [TRUTH_PYTHON] : []), "python3"];
}

/**
 * Which of the packages a Python has, with versions, found without importing them: that takes some many seconds.
 * @param {string} python
 * @param {readonly string[]} packages
 * @returns {Map<string, string> | null} `null` where that Python does not run
 */
export function installedVersions(python, packages) {
  const program = [
    "import importlib.metadata as m, importlib.util as u, json, sys",
    "owners, found = m.packages_distributions(), {}",
    "for name in sys.argv[1:]:",
    "    if u.find_spec(name) is not None:",
    "        found[name] = m.version(owners[name][0]) if name in owners else 'unknown version'",
    "print(json.dumps(found))",
  ].join("\n");
  try {
    const output = execFileSync(python, ["-c", program, ...packages], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return new Map(Object.entries(JSON.parse(output)));
  } catch {
    return null;
  }
}

function cacheDirectory() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? os.homedir();
  return path.join(os.homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
