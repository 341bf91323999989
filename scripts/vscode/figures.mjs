// Figures that a program of test/vscode/ writes in a real VS Code.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runInVscode } from "./testRun.mjs";

/** Runs `entry` in the newest VS Code: what it wrote, and how many of its tests failed. Throws where it wrote nothing. */
export async function figuresOf(entry, settings = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-figures-"));
  const file = path.join(folder, "figures.json");
  try {
    const { failed } = await runInVscode({
      version: "newest",
      packaged: false,
      web: false,
      entry,
      settings: { ...settings, "initLensTest.figures": file },
    });
    return { failed, figures: JSON.parse(readFileSync(file, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
