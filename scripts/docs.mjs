// `npm run docs`: writes the pages that are made from tables (scripts/pages.ts).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-docs-"));
try {
  const outfile = path.join(scratch, "pages.mjs");
  await esbuild.build({
    entryPoints: ["scripts/pages.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const { PAGES } = await import(pathToFileURL(outfile).href);
  for (const [file, write] of PAGES) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, write());
    console.log(file);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
