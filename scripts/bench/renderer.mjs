// What charts cost the page that draws them: processor time of its thread, in a real Chromium under a
// webview's policy. `npm run bench -- clickToChart` has the times in the real VS Code.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { BROWSER_FLAGS, findChromium } from "../browser.mjs";

/** Each page has one first chart. */
const PAGES = 5;
/** Charts of each kind in a page, other values in each. */
const CHARTS = 12;
const OUT = path.join("dist", "test", "bench");

export const title = "Renderer";

export async function run() {
  // What people get: minified.
  execFileSync(process.execPath, ["esbuild.mjs", "--production"]);
  const common = { bundle: true, format: "esm", target: "es2022", logLevel: "error" };
  await esbuild.build({
    ...common,
    entryPoints: ["test/renderer/harness.ts"],
    outdir: path.join("dist", "test", "renderer-page"),
  });
  await esbuild.build({
    ...common,
    entryPoints: ["test/renderer/page.ts", "test/charts/payloads.ts"],
    outdir: OUT,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    packages: "external",
  });
  const module = (name) => import(pathToFileURL(path.resolve(OUT, name)).href);
  process.env.INIT_LENS_BROWSER = JSON.stringify({ ...(await findChromium()), args: BROWSER_FLAGS });
  const { openPage } = await module("renderer/page.mjs");
  const { PAYLOADS } = await module("charts/payloads.mjs");

  const first = [];
  const later = new Map(KINDS.map((name) => [name, []]));
  for (let count = 0; count < PAGES; count++) {
    const test = await openPage();
    first.push(await costs(test, () => draw(test, "first", PAYLOADS.get(KINDS[0]))));
    for (const [name, times] of later) {
      for (let chart = 0; chart < CHARTS; chart++) {
        const cost = await costs(test, () => draw(test, `${name} ${chart}`, PAYLOADS.get(name)));
        if (chart > 0) times.push(cost);
      }
    }
    await test.close();
  }
  return `Milliseconds of processor time of the page's thread, layout and painting included. The renderer's script: ${Math.round(statSync(path.join("dist", "renderer.js")).size / 1000)} kB minified.

| | best | median | charts |
| --- | ---: | ---: | ---: |
| the first chart of a page | ${row(first)} |
${[...later].map(([name, times]) => `| ${name}, later ones | ${row(times)} |`).join("\n")}`;
}

/** What people look at most, then the largest. */
const KINDS = ["histogram-uniform", "roles", "schemes", "model", "matrix"];

function draw({ page }, id, payload) {
  const mime = "application/vnd.init-lens.v1+json";
  return page.evaluate(
    ([...args]) => globalThis.harness.render(...args),
    [id, mime, JSON.stringify(payload)],
  );
}

/** The processor time of some work and of the frames after it. */
async function costs({ page, worked }, work) {
  const before = await worked();
  await work();
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  return (await worked()) - before;
}

const row = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[0].toFixed(0)} | ${sorted[Math.floor(sorted.length / 2)].toFixed(0)} | ${values.length}`;
};
