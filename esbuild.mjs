// Builds every bundle of the product into dist/. `--watch` rebuilds on change, `--production` minifies.
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { notices } from "./scripts/package/notices.mjs";
import { shortPython } from "./scripts/package/shortPython.mjs";

/** What is handed out is minified; `npm pack` runs this script without saying so. */
const production =
  process.argv.includes("--production") || ["pack", "publish"].includes(process.env.npm_command ?? "");
const watch = process.argv.includes("--watch");

/** What all bundles share. Python stubs are bundled as short texts. */
const common = {
  bundle: true,
  target: "es2022",
  sourcemap: production ? false : "linked",
  minify: production,
  legalComments: "none",
  plugins: [shortPython],
  metafile: production,
  logLevel: "warning",
};

/** Runs in a browser, and in Node as well. */
const web = { platform: "browser" };

/** The parts of Vega that Vega-Lite never uses are left out of what draws charts. */
const drawing = Object.fromEntries(
  ["crossfilter", "force", "hierarchy", "label", "wordcloud"].map((part) => [
    `vega-${part}`,
    path.resolve("src/charts/absent.ts"),
  ]),
);

/** One row a build; a row whose entry does not exist is an error, not a silence. */
const builds = [
  {
    entries: { cli: "src/cli.ts" },
    platform: "node",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  },
  // One program for the desktop and the browser; the editor gives its extensions the module `vscode`.
  { entries: { extension: "src/extension.ts" }, ...web, format: "cjs", external: ["vscode"] },
  // One program for Node's threads and a browser's workers.
  { entries: { worker: "src/sample/worker.ts" }, ...web, format: "iife", alias: drawing },
  { entries: { renderer: "src/renderer/renderer.ts" }, ...web, format: "esm", alias: drawing },
].map(({ entries, ...rest }) => ({ ...common, entryPoints: entries, outdir: "dist", ...rest }));

for (const entry of builds.flatMap(({ entryPoints }) => Object.values(entryPoints))) {
  if (!existsSync(entry)) throw new Error(`esbuild.mjs names ${entry}, which does not exist`);
}

if (watch) {
  const contexts = await Promise.all(builds.map((build) => esbuild.context(build)));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log("watching");
} else {
  // What an earlier build left behind must not be taken for this one's; test/ and types/ are others'.
  for (const file of existsSync("dist") ? readdirSync("dist") : []) {
    if (/\.(js|map|txt)$/.test(file)) rmSync(`dist/${file}`);
  }
  const results = await Promise.all(builds.map((build) => esbuild.build(build)));
  if (production) writeFileSync("dist/THIRD_PARTY_NOTICES.txt", notices(results.map((r) => r.metafile)));
}
