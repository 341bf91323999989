// `npm run bench`: runs each file of scripts/bench and writes what it prints, a section each, to
// docs/benchmarks.md. Only ratios to a peer measured in the same run are kept: times differ by machine.
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";

const words = process.argv.slice(2);
const benches = readdirSync("scripts/bench").filter((name) => name.endsWith(".mjs"));
const chosen = benches.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
const sections = chosen.map((name) => {
  const { stdout, status } = spawnSync(process.execPath, [`scripts/bench/${name}`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`scripts/bench/${name} ended with status ${status}`);
  process.stdout.write(`${stdout}\n`);
  return stdout.trim();
});

// A part of the benches only prints: the page always shows all of one run.
if (chosen.length === benches.length) {
  const introduction =
    "Written by `npm run bench`. Figures are ratios between programs measured in one run on one machine.";
  writeFileSync("docs/benchmarks.md", `# Benchmarks\n\n${introduction}\n\n${sections.join("\n\n")}\n`);
}
