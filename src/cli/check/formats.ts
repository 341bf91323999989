import type { Rule } from "../../init/findings/rule.js";
import { RULES } from "../../init/rules.js";
import type { Finding } from "../../types.js";
import { findingPage } from "../../views/shownFindings.js";

/** How `check` prints its findings; a new format is one row in FORMATS. */
export type FindingFormat = (findings: readonly Finding[]) => string;

/** `file:line:column: IL001 message`; in a notebook `file:cell 3:line:column` with the 1-based cell. */
const text: FindingFormat = (findings) => {
  const lines = findings.map(({ site, code, message }) => `${place(site)}: ${code} ${message}`);
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  return `${[...lines, count].join("\n")}\n`;
};

const json: FindingFormat = (findings) => `${JSON.stringify({ version: 1, findings })}\n`;

const GITHUB_LEVEL = { error: "error", warning: "warning", information: "notice" } as const;

/** GitHub Actions workflow commands, which annotate the changed lines of a pull request. */
const github: FindingFormat = (findings) =>
  findings
    .map(({ site, code, severity, message }) => {
      const where = `file=${escapeProperty(site.file)},line=${site.line},col=${site.column}`;
      return `::${GITHUB_LEVEL[severity]} ${where},title=${code}::${escapeData(message)}\n`;
    })
    .join("");

const SARIF_LEVEL = { error: "error", warning: "warning", information: "note" } as const;

/** SARIF 2.1.0 (OASIS), as code-scanning services read it. */
const sarif: FindingFormat = (findings) =>
  `${JSON.stringify({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "init-lens", rules: RULES.map(sarifRule) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.code,
          level: SARIF_LEVEL[finding.severity],
          message: { text: finding.message },
          locations: [sarifLocation(finding)],
        })),
      },
    ],
  })}\n`;

export const FORMATS: ReadonlyMap<string, FindingFormat> = new Map([
  ["text", text],
  ["json", json],
  ["github", github],
  ["sarif", sarif],
]);

function place({ file, cell, line, column }: Finding["site"]): string {
  return cell === undefined ? `${file}:${line}:${column}` : `${file}:cell ${cell + 1}:${line}:${column}`;
}

function sarifRule(rule: Rule): object {
  return {
    id: rule.code,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    helpUri: findingPage(rule.code),
    defaultConfiguration: { level: SARIF_LEVEL[rule.severity] },
  };
}

/** SARIF knows no cells: a place in a notebook is the file alone, with the cell and its line in words. */
function sarifLocation({ site: { file, cell, line, column, endLine = line, endColumn } }: Finding): object {
  const physicalLocation = {
    artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
    ...(cell === undefined
      ? { region: { startLine: line, startColumn: column, ...(endColumn && { endLine, endColumn }) } }
      : {}),
  };
  const message = cell === undefined ? {} : { message: { text: `cell ${cell + 1}, line ${line}` } };
  return { physicalLocation, ...message };
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
