// `npm run bench [-- WORD…]`: runs scripts/bench/*.mjs, or those whose name contains a word, one after the
// other, and writes what they measured to docs/benchmarks.md; with `--print` it only prints it. Each exports
// `title` and `run()`, which resolves to the Markdown of its section.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";

const PAGE = "docs/benchmarks.md";
const PRINT = "--print";
const words = process.argv.slice(2).filter((word) => word !== PRINT);

/** Sections already on the page, by title: a run of some leaves the others. */
function readSections() {
  if (!existsSync(PAGE)) return new Map();
  const [, ...sections] = readFileSync(PAGE, "utf8").split(/^## /m);
  return new Map(
    sections.map((section) => [
      section.slice(0, section.indexOf("\n")),
      section.slice(section.indexOf("\n")).trim(),
    ]),
  );
}

const sections = readSections();
for (const name of readdirSync("scripts/bench")
  .filter((file) => file.endsWith(".mjs"))
  .sort()) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const { title, run } = await import(`./bench/${name}`);
  console.log(`── ${title}`);
  const markdown = (await run()).trim();
  console.log(`${markdown}\n`);
  const machine = `${os.cpus()[0].model}, ${os.cpus().length} processors, Node ${process.versions.node}; load average ${os.loadavg()[0].toFixed(1)}`;
  sections.set(title, `${markdown}\n\nMeasured on ${machine}.`);
}

const text = [...sections].map(([title, markdown]) => `## ${title}\n\n${markdown}\n`).join("\n");
if (!process.argv.includes(PRINT)) {
  writeFileSync(PAGE, `# Benchmarks\n\nMade by \`npm run bench\`.\n\n${text}`);
}
