// Half an hour of test/vscode/soak.ts in a real VS Code, or as many minutes as INIT_LENS_SOAK says.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runInVscode } from "../vscode/testRun.mjs";

export const title = "A long session";

export async function run() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-soak-"));
  const target = path.join(folder, "figures.json");
  const minutes = Number(process.env.INIT_LENS_SOAK ?? 30);
  const settings = { "initLensTest.figures": target, "initLensTest.minutes": minutes };
  try {
    const where = { version: "newest", packaged: false, web: false };
    const { failed } = await runInVscode({ ...where, entry: "soak.ts", settings });
    const figures = JSON.parse(readFileSync(target, "utf8"));
    return `Rounds of typing into a file and undoing it, previews that are abandoned, workers that are killed, the tour run with the Init Lens kernel, broken notebooks opened: in a real VS Code.

| | |
| --- | ---: |
| minutes | ${figures.minutes} |
| rounds | ${figures.rounds} |
| heap of the extension host after ten rounds | ${figures.first} MB |
| at the end | ${figures.last} MB |
| unhandled rejections | ${figures.rejections.length} |
| all texts and cells as before, heap at most 10 % larger | ${failed === 0 ? "yes" : "no"} |`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
