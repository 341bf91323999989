// The source of the package whose models are recorded in test/facts, of the version they were recorded from.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { debianProgram } from "./debian.mjs";

/**
 * Installs timm's source alone, 2 MB from PyPI, into a folder. Returns the environment in which the accuracy scripts
 * find it there; with nothing installed they find nothing to compare.
 * @param {string} folder
 */
export function installRecorded(folder) {
  const python = debianProgram("python3", { megabytes: 40 }) ?? "python3";
  const hasPip = spawnSync(python, ["-m", "pip", "--version"], { stdio: "ignore" }).status === 0;
  if (!hasPip) debianProgram("pip3", { packageName: "python3-pip", megabytes: 10 });
  const { meta } = JSON.parse(gunzipSync(readFileSync("test/facts/timm.json.gz")));
  const wanted = `timm==${meta.version}`;
  const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wanted];
  const { status } = spawnSync(python, install, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) console.error(`${wanted} could not be installed (exit status ${status})`);
  return { PYTHONPATH: folder, INIT_LENS_PYTHON: python };
}
