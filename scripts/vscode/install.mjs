// Installs VS Code's web workbench from npm into .vscode-test/, once for each version.
// Nothing is compiled: the two native modules that would need it get a small stand-in each.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
export const CACHE = path.join(ROOT, ".vscode-test");

/** The VS Code versions that can be had from npm, each with the Node it was built for. */
export const VERSIONS = new Map([
  ["newest", { vscode: "1.139.1", codeServer: "4.139.1", node: "24.21.0", megabytes: 800 }],
  ["oldest", { vscode: "1.100.3", codeServer: "4.100.3", node: "20.20.2", megabytes: 450 }],
]);

/**
 * The web workbench's server of one version, installed if it is not there yet.
 * Safe to call from several processes at once: each installs aside and the first to finish wins.
 */
export async function installWebVscode(which = "newest", log = console.error) {
  const version = VERSIONS.get(which);
  if (!version) throw new Error(`"${which}" is not one of ${[...VERSIONS.keys()].join(", ")}`);
  const folder = path.join(CACHE, `code-server-${version.codeServer}`);
  if (!existsSync(folder)) {
    log(
      `Installing VS Code ${version.vscode} for the browser into .vscode-test/: ` +
        `code-server ${version.codeServer} and Node ${version.node} from npm, about ${version.megabytes} MB, once.`,
    );
    await installAside(folder, (aside) => installServer(aside, version, log));
  }
  return {
    ...version,
    nodePath: path.join(folder, "node_modules", nodePackage(), "bin", "node"),
    serverPath: path.join(folder, SERVER_FOLDER, "out", "server-main.js"),
  };
}

const SERVER_FOLDER = path.join("node_modules", "code-server", "lib", "vscode");

function nodePackage() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  return `node-${platform}-${process.arch}`;
}

async function installServer(folder, version, log) {
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
  const packages = [`code-server@${version.codeServer}`, `${nodePackage()}@${version.node}`];
  await timed("1/2 VS Code and Node", log, () => npmInstall(folder, packages));
  await timed("2/2 what VS Code depends on", log, () =>
    npmInstall(path.join(folder, SERVER_FOLDER), ["--omit=dev"]),
  );
  replaceNativeModules(path.join(folder, SERVER_FOLDER));
  await addRipgrep(folder);
}

/** What the server calls of its two native modules; it logs elsewhere too, and its parent ends it. */
const NATIVE_STAND_INS = new Map([
  [
    "spdlog",
    `const nothing = () => {};
const names = ["trace", "debug", "info", "warn", "error", "critical", "flush", "drop", "setLevel", "setPattern"];
const logger = Object.fromEntries([...names, "clearFormatters"].map((name) => [name, nothing]));
exports.setFlushOn = exports.setLevel = nothing;
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async () => logger;
`,
  ],
  ["native-watchdog", "exports.start = () => {};\n"],
]);

function replaceNativeModules(serverFolder) {
  for (const [name, code] of NATIVE_STAND_INS) {
    for (const scope of ["", "@vscode"]) {
      const folder = path.join(serverFolder, "node_modules", scope, name);
      if (!existsSync(folder)) continue;
      const { main = "index.js" } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
      writeFileSync(path.join(folder, main), code);
    }
  }
}

const RIPGREP = "1.18.0";

/** Older versions fetch the program that finds a workspace's files in an install script, and find none without. */
async function addRipgrep(folder) {
  const bin = path.join(folder, SERVER_FOLDER, "node_modules", "@vscode", "ripgrep", "bin");
  if (!existsSync(path.dirname(bin)) || existsSync(bin)) return;
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  await npmInstall(folder, [`${name}@${RIPGREP}`]);
  cpSync(path.join(folder, "node_modules", name, "bin"), bin, { recursive: true });
}

/** Runs `install` on a folder beside `folder` and moves it there when complete, unless another has. */
export async function installAside(folder, install) {
  mkdirSync(CACHE, { recursive: true });
  const aside = mkdtempSync(path.join(CACHE, "installing-"));
  try {
    await install(aside);
    if (!existsSync(folder)) renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function timed(title, log, work) {
  const start = Date.now();
  log(`  ${title} …`);
  await work();
  log(`  ${title}: ${Math.round((Date.now() - start) / 1000)} s`);
}

/** `npm install` without scripts in `cwd`; throws with npm's own words when it fails. */
export function npmInstall(cwd, args) {
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", ["install", ...options, ...args], {
      cwd,
      shell: process.platform === "win32",
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    npm.stderr.on("data", (data) => {
      errors += data;
    });
    npm.on("error", reject);
    npm.on("close", (status) =>
      status === 0 ? resolve() : reject(new Error(`npm install ${args.join(" ")} failed:\n${errors}`)),
    );
  });
}
