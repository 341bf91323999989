// Runs test/renderer in a real Chromium: `node scripts/rendererTests.mjs [WORD…] [--summary FILE]`.
import { spawnSync } from "node:child_process";
import * as esbuild from "esbuild";
import { BROWSER_FLAGS, findChromium } from "./browser.mjs";

const browser = await findChromium();
if (!browser) {
  console.error("No Chromium: install one, or name it in INIT_LENS_CHROMIUM.");
  process.exit(1);
}
await esbuild.build({
  entryPoints: ["test/renderer/harness.ts", "test/renderer/workers.ts"],
  outdir: "dist/test/renderer-page",
  bundle: true,
  format: "esm",
  target: "es2022",
});
const { status } = spawnSync(
  process.execPath,
  ["scripts/unit.mjs", "--suite", "renderer", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: { ...process.env, INIT_LENS_BROWSER: JSON.stringify({ ...browser, args: BROWSER_FLAGS }) },
  },
);
process.exitCode = status ?? 1;
