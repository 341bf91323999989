// Starts VS Code's web workbench on loopback, with settings that keep it quiet, and ends it whole.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** No welcome page, chat, tips or telemetry: what is on screen is the editor and this extension. */
export const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.menuBarVisibility": "classic",
  // A notebook opened before its extension is known would be shown as JSON.
  "workbench.editorAssociations": { "*.ipynb": "jupyter-notebook" },
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * A running server: `origin` is its address, `home` its data, `closed` resolves when it has ended,
 * `close()` ends it with everything it started and removes its data.
 */
export async function startServer({ nodePath, serverPath }, { settings = {}, port = 0, extensionsDir } = {}) {
  const home = mkdtempSync(path.join(os.tmpdir(), "init-lens-vscode-"));
  writeSettings(home, { ...QUIET_SETTINGS, ...settings });
  const server = spawn(
    nodePath,
    [
      serverPath,
      ...["--host", "127.0.0.1", "--port", String(port)],
      ...["--user-data-dir", home, "--server-data-dir", home],
      ...["--extensions-dir", extensionsDir ?? path.join(home, "extensions")],
      ...["--telemetry-level", "off"],
      "--without-connection-token",
      "--accept-server-license-terms",
      "--disable-workspace-trust",
      // Without it a production build ignores the address's payload.
      "--enable-smoke-test-driver",
    ],
    // A process group of its own, so that its extension hosts end with it.
    { stdio: ["ignore", "pipe", "pipe"], detached: process.platform !== "win32" },
  );
  const kill = () => killGroup(server);
  process.once("exit", kill);
  const closed = new Promise((resolve) => server.once("exit", resolve));
  const close = async () => {
    process.removeListener("exit", kill);
    kill();
    await closed;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    return { origin: await address(server), home, closed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function writeSettings(home, settings) {
  for (const scope of ["User", "Machine"]) {
    const folder = path.join(home, "data", scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings, null, 2));
    mkdirSync(path.join(home, scope), { recursive: true });
    writeFileSync(path.join(home, scope, "settings.json"), JSON.stringify(settings, null, 2));
  }
}

/** Waits until the server tells the port it listens on. */
function address(server) {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (data) => {
      output += data;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("error", reject);
    server.once("exit", (status) =>
      reject(new Error(`VS Code's server ended with status ${status}:\n${output}`)),
    );
  });
}

function killGroup(child) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
