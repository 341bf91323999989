// Opens the web workbench in Chromium. The browser may talk to this machine and to nothing else.
import { chromium } from "playwright-core";
import { BROWSER_FLAGS, findChromium } from "../browser.mjs";

/**
 * The address at which the workbench opens `folder` with an extension under development.
 * `files` are opened one after the other, the last is on screen.
 */
export function workbenchAddress(origin, { folder, extension, tests, files = [] }) {
  const remote = (file) => `vscode-remote://${new URL(origin).host}${encodeURI(file)}`;
  const payload = [
    ...(extension ? [["extensionDevelopmentPath", remote(extension)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
    ...files.map((file) => ["openFile", remote(file)]),
  ];
  const address = new URL(origin);
  if (folder) address.searchParams.set("folder", folder);
  if (payload.length > 0) address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}

/** Starts Chromium and a page that refuses, and lists in `refused`, every address but loopback. */
export async function openBrowser({ debuggingPort, viewport = { width: 1360, height: 900 } } = {}) {
  const found = await findChromium();
  if (!found) throw new Error("no Chromium: install one, or name it in INIT_LENS_CHROMIUM");
  const debugging = debuggingPort ? [`--remote-debugging-port=${debuggingPort}`] : [];
  // A profile of its own, removed when it closes.
  const browser = await chromium.launchPersistentContext("", {
    ...found,
    args: [...BROWSER_FLAGS, ...debugging],
    viewport,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const refused = [];
  await browser.route(
    (url) => !isLocal(url),
    (route) => {
      refused.push(route.request().url());
      return route.abort("blockedbyclient");
    },
  );
  const page = browser.pages()[0] ?? (await browser.newPage());
  return { browser, page, refused };
}

function isLocal(url) {
  return ["data:", "blob:", "about:"].includes(url.protocol) || url.hostname === "127.0.0.1";
}
