import type { Rule } from "./findings/rule.js";
import { RULES } from "./rules.js";

/** docs/findings/: one page a rule and an index, made from the table. */
export function findingPages(): ReadonlyMap<string, () => string> {
  const pages = RULES.map((rule) => [`docs/findings/${rule.code}.md`, () => page(rule)] as const);
  return new Map([["docs/findings/README.md", index], ...pages]);
}

function index(): string {
  return [
    "# Findings",
    "",
    "Written by `npm run docs` from the rules in `src/init/findings/`.",
    "",
    "| code | severity | finds |",
    "| --- | --- | --- |",
    ...RULES.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`),
    "",
  ].join("\n");
}

function page({ code, severity, title, why, found, fine, history }: Rule): string {
  const python = (text: string) => ["```python", text, "```"];
  return [
    `# ${code}: ${title}`,
    "",
    `Severity: ${severity}. A line is left alone with \`# init-lens: ignore[${code}]\`.`,
    "",
    why,
    "",
    "Found:",
    "",
    ...python(found),
    "",
    "Fine:",
    "",
    ...python(fine),
    "",
    ...(history.length === 0
      ? ["No public report of it is known.", ""]
      : ["It has happened:", "", ...history.map(bug), ""]),
  ].join("\n");
}

/** A line with a link: `openai/CLIP#15` is issue or pull request 15 there, `openai/CLIP@1a2b3c` a commit. */
function bug({ issue, what }: Rule["history"][number]): string {
  const [changed, commit] = issue.split("@");
  if (commit !== undefined)
    return `- [${changed}@${commit.slice(0, 7)}](https://github.com/${changed}/commit/${commit}): ${what}`;
  const [repository, number] = issue.split("#");
  return `- [${issue}](https://github.com/${repository}/issues/${number}): ${what}`;
}
