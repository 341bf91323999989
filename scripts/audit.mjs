// `node scripts/audit.mjs`: known weaknesses of everything that is installed. Where the registry
// answers no such question, says so and passes: nothing was found, and nothing was looked for.
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--json"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const report = readReport(stdout);
if (!report?.metadata) {
  const reason = report?.message ?? report?.error?.summary ?? "no answer";
  console.log(`The audit could not run: ${reason}`);
} else {
  const { high, critical, total } = report.metadata.vulnerabilities;
  console.log(`${total} known weaknesses, ${high} high, ${critical} critical`);
  for (const [name, { severity, range }] of Object.entries(report.vulnerabilities)) {
    console.log(`  ${name} ${range}: ${severity}`);
  }
  process.exitCode = high + critical > 0 ? 1 : 0;
}

function readReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
