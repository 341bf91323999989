// Builds every bundle of the product into dist/. `--watch` rebuilds on change, `--production` minifies.
import { existsSync, rmSync } from "node:fs";
import * as esbuild from "esbuild";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** What all bundles share. Python stubs are bundled as text. */
const common = {
  bundle: true,
  target: "es2022",
  sourcemap: production ? false : "linked",
  minify: production,
  legalComments: "none",
  loader: { ".py": "text" },
  logLevel: "warning",
};

/** Browser bundles take `name.web.ts` for an import of `./name` without extension. */
const web = { platform: "browser", resolveExtensions: [".web.ts", ".ts", ".mjs", ".js", ".json"] };

/** The parts of Vega that Vega-Lite never uses are left out of what draws charts. */
const charts = {
  alias: Object.fromEntries(
    ["crossfilter", "force", "hierarchy", "label", "wordcloud"].map((part) => [
      `vega-${part}`,
      "./src/renderer/absent.ts",
    ]),
  ),
};

/** One row a bundle; a row whose entry does not exist is an error, not a silence. */
const bundles = [
  {
    entry: "src/cli.ts",
    out: "dist/cli.js",
    platform: "node",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  },
  { entry: "src/sample/worker.ts", out: "dist/worker.js", platform: "node", format: "cjs" },
  { entry: "src/sample/worker.ts", out: "dist/worker.web.js", ...web, format: "iife" },
  {
    entry: "src/renderer/notebook.ts",
    out: "dist/renderer.js",
    ...charts,
    platform: "browser",
    format: "esm",
  },
  { entry: "src/renderer/panel.ts", out: "dist/panel.js", ...charts, platform: "browser", format: "iife" },
].map(({ entry, out, ...rest }) => ({ ...common, entryPoints: [entry], outfile: out, ...rest }));

for (const bundle of bundles) {
  if (!existsSync(bundle.entryPoints[0]))
    throw new Error(`esbuild.mjs names ${bundle.entryPoints[0]}, which does not exist`);
}
if (!watch) rmSync("dist/cli.js", { force: true });

if (watch) {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context(bundle)));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log("watching");
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
