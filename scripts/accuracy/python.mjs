// Which Python has the frameworks.
import { spawnSync } from "node:child_process";

/** INIT_LENS_PYTHON, else python3 on PATH if it runs; null where there is none. */
export function findTruthPython() {
  for (const python of [process.env.INIT_LENS_PYTHON, "python3"]) {
    if (python && spawnSync(python, ["-c", ""], { stdio: "ignore" }).status === 0) return python;
  }
  return null;
}
