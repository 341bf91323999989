// What `npm test` may take from Debian where it runs as root on a bare system, such as CI's container.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** The full path of a program on PATH, or `undefined`. */
export function onPath(name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** The full path of a program, from a Debian package where this process may install it; else `undefined`. */
export function debianProgram(name, { packageName = name, megabytes }, log = console.error) {
  const found = onPath(name);
  if (found || process.platform !== "linux" || process.getuid?.() !== 0 || !onPath("apt-get")) return found;
  log(`Installing Debian's ${packageName} package, about ${megabytes} MB, once.`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const aptGet = (...args) => spawnSync("apt-get", ["-qq", ...args], { env, stdio: "ignore" });
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", packageName);
  return onPath(name);
}
