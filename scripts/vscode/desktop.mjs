// Finds a desktop VS Code that can be started here: the installed one, else one that test-electron downloads.
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { onPath } from "../debian.mjs";
import { CACHE } from "./install.mjs";

/** How long the download may stand still before the web workbench is taken instead, in milliseconds. */
const DOWNLOAD_TIMEOUT = 15_000;

/** The executable of a desktop VS Code, or `undefined` where there is none or no display to show it. */
export async function findDesktop(log = console.error) {
  if (!hasDisplay()) return undefined;
  return installedDesktop() ?? (await downloadedDesktop(log));
}

/** Whether a window can be opened at all. */
export function hasDisplay() {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** From the `code` command to the program it starts, for each platform. */
const FROM_COMMAND = {
  linux: "../../code",
  darwin: "../../../../MacOS/Electron",
  win32: "../../Code.exe",
};

function installedDesktop() {
  const command = onPath(process.platform === "win32" ? "code.cmd" : "code");
  if (!command) return undefined;
  const executable = path.join(realpathSync(command), FROM_COMMAND[process.platform] ?? "");
  return existsSync(executable) ? executable : undefined;
}

async function downloadedDesktop(log) {
  try {
    return await downloadAndUnzipVSCode({ version: "stable", cachePath: CACHE, timeout: DOWNLOAD_TIMEOUT });
  } catch (error) {
    log(`The desktop VS Code cannot be downloaded (${error.message}); using the web workbench instead.`);
    return undefined;
  }
}
