/** A real Chromium on a page with the strictest policy a webview may have, and what it tried to load. */

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, chromium, type LaunchOptions, type Page } from "playwright-core";
import type { Harness } from "./harness";

declare const harness: Harness;

const POLICY = "default-src 'none'; script-src 'self' 'nonce-page'; img-src data: blob:; style-src 'self'";
/** What a browser's extension host allows beyond that: workers, WebAssembly, and the extension's own files. */
const HOST_POLICY = `${POLICY.replace("'nonce-page'", "'wasm-unsafe-eval'")}; worker-src blob:; connect-src 'self'`;
/** The editor's own colours in its four kinds of theme. */
export const THEMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "vscode-light": colours("#ffffff", "#3b3b3b"),
  "vscode-dark": colours("#1f1f1f", "#cccccc"),
  "vscode-high-contrast": colours("#000000", "#ffffff"),
  "vscode-high-contrast-light": colours("#ffffff", "#292929"),
};

function colours(background: string, foreground: string): Record<string, string> {
  return {
    "--vscode-editor-background": background,
    "--vscode-editor-foreground": foreground,
    "--vscode-foreground": foreground,
    "--vscode-font-family": "'Liberation Sans', sans-serif",
    "--vscode-font-size": "13px",
  };
}

export interface TestPage {
  readonly page: Page;
  /** Addresses beyond the page's own that were asked for. */
  readonly refused: string[];
  /** Errors and violations of the policy. */
  readonly complaints: string[];
  /** Milliseconds that the page's thread has computed so far, however busy the machine is with other things. */
  worked(): Promise<number>;
  close(): Promise<void>;
}

/** Opens a notebook's page; `messaging` says whether an extension listens. */
export async function openPage({
  messaging = true,
  saved = null as unknown,
  width = 900,
} = {}): Promise<TestPage> {
  const test = await open("notebook", width);
  await test.page.waitForFunction(() => "harness" in globalThis);
  await test.page.evaluate(([kind, variables]) => harness.theme(kind, variables), [
    "vscode-light",
    THEMES["vscode-light"]!,
  ] as const);
  await test.page.evaluate(([on, state]) => harness.start(on, state), [messaging, saved] as const);
  return test;
}

/** Opens the preview panel's page, with an editor that keeps its state over a reload. */
export function openPanel(): Promise<TestPage> {
  return open("panel", 700, () => {
    const sent: unknown[] = [];
    Object.assign(globalThis, {
      sent,
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => sent.push(structuredClone(message)),
        getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null"),
        setState: (state: unknown) => sessionStorage.setItem("state", JSON.stringify(state)),
      }),
    });
  });
}

/** Opens a page with what the extension uses of workers in a browser. */
export async function openWorkers(): Promise<TestPage> {
  const test = await open("workers", 700);
  await test.page.waitForFunction(() => "workers" in globalThis);
  return test;
}

/** Scripts that only tests load. */
const BUNDLED: ReadonlySet<string> = new Set(["harness.js", "workers.js"]);

const PAGES = {
  notebook: '<main></main><script type="module" src="/harness.js"></script>',
  workers: '<script type="module" src="/workers.js"></script>',
  panel:
    '<main id="chart"></main><script type="module" nonce="page">import { showPanel } from "/renderer.js"; showPanel();</script>',
};

async function open(kind: keyof typeof PAGES, width: number, prepare?: () => void): Promise<TestPage> {
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? "");
    const file = path.join("dist", BUNDLED.has(name) ? "test/renderer-page" : "", name);
    if (name && !existsSync(file)) return void response.writeHead(404).end();
    response.setHeader("content-type", name ? "text/javascript" : "text/html");
    response.setHeader("content-security-policy", kind === "workers" ? HOST_POLICY : POLICY);
    const html = `<!doctype html><html><head><meta charset="utf-8"></head><body>${PAGES[kind]}</body></html>`;
    response.end(name ? readFileSync(file) : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const refused: string[] = [];
  const complaints: string[] = [];
  await page.route("**/*", (route) => {
    if (route.request().url().startsWith(home)) return route.continue();
    refused.push(route.request().url());
    return route.abort();
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.location().url.endsWith("favicon.ico"))
      complaints.push(message.text());
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  if (prepare) await page.addInitScript(prepare);
  await page.goto(home);
  return {
    page,
    refused,
    complaints,
    worked: async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
    },
    close: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The Chromium that `scripts/rendererTests.mjs` has found. */
function launch(): Promise<Browser> {
  const found = JSON.parse(process.env.INIT_LENS_BROWSER ?? "null") as LaunchOptions | null;
  if (!found) throw new Error("Run these tests through scripts/rendererTests.mjs, which finds a browser.");
  return chromium.launch(found);
}
