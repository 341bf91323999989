#!/usr/bin/env node
// Stands in for the desktop's executable where VS Code cannot be downloaded: takes the arguments that
// `runTests` of @vscode/test-electron gives, runs them in the web workbench, ends with the tests' status.
import path from "node:path";
import { parseArgs } from "node:util";
import { installWebVscode } from "./install.mjs";
import { startServer } from "./server.mjs";
import { MEMORY_FOLDER, startWebHost } from "./webHost.mjs";
import { openBrowser, workbenchAddress } from "./workbench.mjs";

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: "string" },
    extensionTestsPath: { type: "string" },
    "extensions-dir": { type: "string" },
    "remote-debugging-port": { type: "string" },
  },
});

/** How long browser and server may take to end, in milliseconds. */
const GRACE = 5_000;
let ending = false;

/** Which of the versions to run: `newest` or `oldest`. */
const version = process.env.INIT_LENS_VSCODE ?? "newest";
const extensionsDir = values["extensions-dir"];
const server = await startServer(await installWebVscode(version), { extensionsDir });
const { browser, page, refused } = await openBrowser({ debuggingPort: values["remote-debugging-port"] });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => end(1));

await page.exposeFunction("codeAutomationLog", (type, args) => {
  const write = type === "error" || type === "warn" ? console.error : console.log;
  write(...args);
});
// A busy machine takes its time; a test that hangs ends by itself.
page.setDefaultNavigationTimeout(120_000);
await page.exposeFunction("codeAutomationExit", (code) => end(code));
void server.closed.then(() => end(1));
browser.once("close", () => end(1));
const workspace = positionals[0] && path.resolve(positionals[0]);
const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
// The program that started this one ends what takes too long; a busy machine may take minutes to open a page.
page.setDefaultNavigationTimeout(0);
if (process.env.INIT_LENS_HOST === "web") {
  const { origin } = await startWebHost(server.origin, { extension, tests, workspace });
  await page.goto(workbenchAddress(origin, { folder: MEMORY_FOLDER }));
} else await page.goto(workbenchAddress(server.origin, { folder: workspace, extension, tests }));

/** Ends everything with the first status it is told; what closes on the way reports again. */
async function end(status) {
  if (ending) return;
  ending = true;
  if (refused.length > 0) console.log(`Refused by the browser: ${refused.join(", ")}`);
  setTimeout(() => process.exit(status), GRACE).unref();
  await Promise.allSettled([browser.close(), server.close()]);
  process.exit(status);
}
