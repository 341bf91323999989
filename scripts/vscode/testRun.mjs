// One run of test/vscode/ inside a real VS Code.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import { findDesktop } from "./desktop.mjs";
import { startDriver } from "./driver.mjs";
import { installWebVscode, ROOT } from "./install.mjs";
import { installVsix, makeVsix } from "./packaged.mjs";

const STAND_IN = path.join(ROOT, "scripts", "vscode", "standIn.mjs");
/** Where only an installed extension is meant, VS Code is told to develop this one, which does nothing. */
const BYSTANDER = path.join(ROOT, "scripts", "vscode", "memoryFiles");

/**
 * Runs the tests of `entry` and counts them. `version` is `newest` or `oldest`; `packaged` installs the .vsix
 * into a clean VS Code instead of loading this folder; `web` uses the browser's extension host and an
 * untrusted workspace in memory; `settings` are the workspace's.
 */
export async function runInVscode({ version, packaged, web, entry = "index.ts", settings = {} }) {
  const desktop = version === "newest" && !web ? await findDesktop() : undefined;
  if (!desktop) await installWebVscode(version);
  const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-run-"));
  const counts = { passed: 0, failed: 0 };
  const debuggingPort = await freePort();
  const driver = await startDriver({
    debuggingPort,
    screenshots: path.join(ROOT, "screenshots"),
    report: (told) => Object.assign(counts, told),
  });
  try {
    const extensionsDir = path.join(scratch, "extensions");
    const installed =
      packaged && (await installVsix(makeVsix(scratch), extensionsDir, { executable: desktop, version }));
    const workspace = makeWorkspace(path.join(scratch, "workspace"), {
      "initLensTest.driver": driver.address,
      "files.autoSave": "off",
      // A notebook of 50 MB is opened without asking.
      "workbench.editorLargeFileConfirmation": 1024,
      ...settings,
    });
    await runTests({
      vscodeExecutablePath: desktop ?? STAND_IN,
      // The browser's host loads an installed extension as one under development: from its folder.
      extensionDevelopmentPath: web ? installed || ROOT : installed ? BYSTANDER : ROOT,
      extensionTestsPath: await bundle(entry, web),
      extensionTestsEnv: { INIT_LENS_VSCODE: version, INIT_LENS_HOST: web ? "web" : "node" },
      launchArgs: [
        workspace,
        `--remote-debugging-port=${debuggingPort}`,
        ...(installed ? [`--extensions-dir=${extensionsDir}`] : []),
      ],
    });
  } catch (error) {
    console.error(error.message);
    if (counts.failed === 0) counts.failed = 1;
  } finally {
    driver.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  return counts;
}

/** The tests are one program; `vscode` is given to it by the editor. */
async function bundle(entry, web) {
  const outfile = path.join(ROOT, "dist", "test", "vscode", web ? "index.web.js" : "index.js");
  await esbuild.build({
    entryPoints: [path.join(ROOT, "test", "vscode", entry)],
    outfile,
    bundle: true,
    platform: web ? "browser" : "node",
    format: "cjs",
    target: "es2022",
    external: ["vscode"],
    sourcemap: "inline",
    loader: { ".py": "text" },
    ...(web ? { alias: STRICT_ASSERT, define: PROCESS } : {}),
  });
  return outfile;
}

const STRICT_ASSERT = { "node:assert/strict": path.join(ROOT, "test", "vscode", "assert.web.ts") };
/** What the browser's `assert` asks of Node. */
const PROCESS = { process: '{"env":{}}', global: "globalThis" };

/** A copy of the examples, which tests may change. */
function makeWorkspace(folder, settings) {
  cpSync(path.join(ROOT, "examples"), folder, { recursive: true });
  cpSync(path.join(ROOT, "test", "vscode", "workspace"), folder, { recursive: true });
  mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  writeFileSync(path.join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
  return folder;
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
