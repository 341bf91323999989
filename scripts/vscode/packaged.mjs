// The extension as it is handed out: made into a .vsix and installed by VS Code itself.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { resolveCliArgsFromVSCodeExecutablePath } from "@vscode/test-electron";
import { installWebVscode, ROOT } from "./install.mjs";

/** Makes the .vsix in `folder` and gives its path. */
export function makeVsix(folder) {
  const file = path.join(folder, "init-lens.vsix");
  const vsce = path.join(ROOT, "node_modules", "@vscode", "vsce", "vsce");
  execute(process.execPath, [vsce, "package", "--no-dependencies", "--out", file]);
  return file;
}

/** Installs a .vsix into an empty `extensionsDir`; gives the folder it lies in there. */
export async function installVsix(vsix, extensionsDir, { executable, version }) {
  const install = ["--install-extension", vsix, `--extensions-dir=${extensionsDir}`];
  if (executable) {
    const [command, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
    execute(command, [...args, ...install]);
  } else {
    const { nodePath, serverPath } = await installWebVscode(version);
    execute(nodePath, [serverPath, ...install, `--server-data-dir=${extensionsDir}-data`]);
  }
  const name = readdirSync(extensionsDir).find((entry) => entry.startsWith("init-lens."));
  if (!name) throw new Error(`VS Code installed ${readdirSync(extensionsDir).join(", ") || "nothing"}`);
  return path.join(extensionsDir, name);
}

function execute(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
}
