// `npm start [-- PATH]`: VS Code on examples/ (or PATH) with this extension loaded.
// The desktop where there is one, else the web workbench in the browser. Ctrl-C ends what it started.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { onPath } from "./debian.mjs";
import { findDesktop, hasDisplay } from "./vscode/desktop.mjs";
import { installWebVscode, ROOT } from "./vscode/install.mjs";
import { startServer } from "./vscode/server.mjs";
import { workbenchAddress } from "./vscode/workbench.mjs";

/** Tried first, so that the address stays the same from day to day; any free port otherwise. */
const USUAL_PORT = 8421;

const target = path.resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? path.join(ROOT, "examples"));
if (!existsSync(target)) {
  console.error(`There is no ${target}.`);
  process.exit(2);
}
const isFolder = statSync(target).isDirectory();
const folder = isFolder ? target : path.dirname(target);
const tour = path.join(ROOT, "examples", "tour.ipynb");
const files = isFolder ? (folder === path.dirname(tour) ? [tour] : []) : [target];

if (spawnSync(process.execPath, ["esbuild.mjs"], { cwd: ROOT, stdio: "inherit" }).status !== 0)
  process.exit(1);
const desktop = await findDesktop();
if (desktop) startDesktop(desktop);
else await serve();

/** A window of its own: the person's settings and extensions are neither read nor changed. */
function startDesktop(executable) {
  const home = mkdtempSync(path.join(os.tmpdir(), "init-lens-desktop-"));
  const profile = [`--user-data-dir=${home}`, `--extensions-dir=${path.join(home, "extensions")}`];
  const window = ["--new-window", "--disable-workspace-trust", "--skip-welcome", "--skip-release-notes"];
  const detached = process.platform !== "win32";
  const args = [...profile, ...window, `--extensionDevelopmentPath=${ROOT}`, folder, ...files];
  const code = spawn(executable, args, { stdio: "inherit", detached });
  console.log(`VS Code is open on ${folder}. Ctrl-C closes it.`);
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  onInterrupt(() => (detached ? process.kill(-code.pid, "SIGTERM") : code.kill()));
  code.once("exit", (status) => process.exit(status ?? 0));
}

async function serve() {
  const server = await startServer(await installWebVscode());
  const { address, close } = await shortAddress(
    workbenchAddress(server.origin, { folder, extension: ROOT, files }),
  );
  let ending = false;
  onInterrupt(async () => {
    if (ending) return;
    ending = true;
    close();
    await server.close();
    process.exit(0);
  });
  void server.closed.then((status) => ending || process.exit(status ?? 1));
  console.log(`\nVS Code is open on ${folder} at\n\n  ${address}\n\nCtrl-C ends it.`);
  if (hasDisplay()) openInBrowser(address);
}

/** An address short enough to type, which leads to the long one. */
function shortAddress(target) {
  const redirect = http.createServer((_request, response) =>
    response.writeHead(302, { location: target }).end(),
  );
  return new Promise((resolve, reject) => {
    redirect.once("error", () => {
      redirect.once("error", reject);
      redirect.listen(0, "127.0.0.1");
    });
    redirect.once("listening", () =>
      resolve({ address: `http://127.0.0.1:${redirect.address().port}/`, close: () => redirect.close() }),
    );
    redirect.listen(USUAL_PORT, "127.0.0.1");
  });
}

function openInBrowser(address) {
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? [
    "xdg-open",
  ];
  if (process.platform === "linux" && !onPath(command)) return;
  spawn(command, [...args, address], { stdio: "ignore", detached: true }).unref();
}

function onInterrupt(end) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
}
