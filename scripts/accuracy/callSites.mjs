// How many calls of layers in real files get an answer: scripts/callSites.mjs over each folder that CALL_SITES names.
import { spawnSync } from "node:child_process";
import path from "node:path";

/** Folders are separated as in PATH. The counts of each, and a section for the report. */
export function runCallSites() {
  const folders = (process.env.CALL_SITES ?? "").split(path.delimiter).filter(Boolean);
  if (folders.length === 0) {
    console.log("call-sites: not run, CALL_SITES names no folders of real files");
    return { suite: "call-sites", skipped: "CALL_SITES names no folders" };
  }
  const rows = folders.map((folder) => ({ folder, ...countsOf(folder) }));
  for (const row of rows) console.log(`call-sites: ${cells(row).join(", ")}`);
  return { suite: "call-sites", wrong: 0, versions: {}, section: section(rows) };
}

function countsOf(folder) {
  const args = ["scripts/callSites.mjs", folder, "--counts"];
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

function cells({ folder, concrete, symbolic, none }) {
  const total = concrete + symbolic + none;
  const share = total === 0 ? 100 : (100 * (concrete + symbolic)) / total;
  return [path.basename(folder), `${share.toFixed(1)} % of ${total}`, concrete, symbolic, none];
}

function section(rows) {
  return [
    "## Call sites",
    "",
    "Calls of layers with weights in files that others wrote, found by syntax alone, and what Init Lens answers: all sizes as numbers, some in symbols, or nothing.",
    "",
    "| folder | answered | concrete | symbolic | none |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${cells(row).join(" | ")} |`),
    "",
  ];
}
