// Builds every bundle of the product into dist/. `--watch` rebuilds on change, `--production` minifies.
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
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
const drawing = Object.fromEntries(
  ["crossfilter", "force", "hierarchy", "label", "wordcloud"].map((part) => [
    `vega-${part}`,
    path.resolve("src/charts/absent.ts"),
  ]),
);
/** vega-canvas' variant for Node looks for a native package that nobody needs here. */
const noCanvas = { "vega-canvas": path.resolve("node_modules/vega-canvas/build/vega-canvas.browser.js") };

/** The editor gives its extensions this module. */
const vscode = { external: ["vscode"] };

/** One row a bundle; a row whose entry does not exist is an error, not a silence. */
const bundles = [
  {
    entry: "src/cli.ts",
    out: "dist/cli.js",
    platform: "node",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  },
  { entry: "src/extension.ts", out: "dist/extension.js", platform: "node", format: "cjs", ...vscode },
  { entry: "src/extension.ts", out: "dist/extension.web.js", ...web, format: "cjs", ...vscode },
  {
    entry: "src/sample/worker.ts",
    out: "dist/worker.js",
    platform: "node",
    format: "cjs",
    alias: { ...drawing, ...noCanvas },
  },
  { entry: "src/sample/worker.ts", out: "dist/worker.web.js", ...web, format: "iife", alias: drawing },
  { entry: "src/renderer/notebook.ts", out: "dist/renderer.js", ...web, format: "esm", alias: drawing },
  { entry: "src/renderer/panel.ts", out: "dist/panel.js", ...web, format: "iife", alias: drawing },
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
