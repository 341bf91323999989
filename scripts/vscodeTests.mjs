// Runs test/vscode/ inside a real VS Code: the desktop where there is one, else the web workbench.
// `--version oldest` takes the oldest version supported, `--only TEXT` the tests whose names contain it,
// `--summary FILE` writes {"passed", "failed"}.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import { findDesktop } from "./vscode/desktop.mjs";
import { startDriver } from "./vscode/driver.mjs";
import { installWebVscode, ROOT } from "./vscode/install.mjs";

const { values } = parseArgs({
  options: {
    version: { type: "string", default: "newest" },
    only: { type: "string", default: "" },
    summary: { type: "string" },
  },
});

const STAND_IN = path.join(ROOT, "scripts", "vscode", "standIn.mjs");

/** The tests are one program; `vscode` is given to it by the editor. */
async function bundle() {
  const outfile = path.join(ROOT, "dist", "test", "vscode", "index.js");
  await esbuild.build({
    entryPoints: [path.join(ROOT, "test", "vscode", "index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "es2022",
    external: ["vscode"],
    sourcemap: "inline",
    loader: { ".py": "text" },
  });
  return outfile;
}

/** A copy of the examples, which tests may change, with the address of their driver in its settings. */
function makeWorkspace(driver) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-workspace-"));
  cpSync(path.join(ROOT, "examples"), folder, { recursive: true });
  cpSync(path.join(ROOT, "test", "vscode", "workspace"), folder, { recursive: true });
  mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  const test = { "initLensTest.driver": driver, "initLensTest.only": values.only };
  const settings = { ...test, "files.autoSave": "off", "workbench.editorLargeFileConfirmation": 1024 };
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

/** The program to test in; `undefined`, with a word about it, where none can be had. */
async function executable() {
  try {
    const desktop = values.version === "newest" ? await findDesktop() : undefined;
    if (desktop) return desktop;
    await installWebVscode(values.version);
    return STAND_IN;
  } catch (error) {
    console.error(`No VS Code to test in: ${error.message}`);
    return undefined;
  }
}

async function main() {
  const vscodeExecutablePath = await executable();
  if (!vscodeExecutablePath) return process.env.CI ? { passed: 0, failed: 1 } : { passed: 0, failed: 0 };
  const counts = { passed: 0, failed: 0 };
  const debuggingPort = await freePort();
  const driver = await startDriver({
    debuggingPort,
    screenshots: path.join(ROOT, "screenshots"),
    report: (told) => Object.assign(counts, told),
  });
  const workspace = makeWorkspace(driver.address);
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: await bundle(),
      extensionTestsEnv: { INIT_LENS_VSCODE: values.version },
      launchArgs: [workspace, `--remote-debugging-port=${debuggingPort}`],
    });
  } catch (error) {
    console.error(error.message);
    if (counts.failed === 0) counts.failed = 1;
  } finally {
    driver.close();
    rmSync(workspace, { recursive: true, force: true });
  }
  return counts;
}

const counts = await main();
console.log(`${counts.passed} passed, ${counts.failed} failed in VS Code`);
if (values.summary) writeFileSync(values.summary, JSON.stringify(counts));
process.exit(counts.failed > 0 ? 1 : 0);
