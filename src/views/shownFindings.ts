/** Findings as a person has chosen to see them, and where each is explained. */
import type { Finding, Severity } from "../types.js";

/** A rule's code → the severity it is shown with, or not at all. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** What is shown of the findings: without the rules that are off, the others with the severity chosen. */
export function shownFindings(findings: readonly Finding[], severities: Severities): readonly Finding[] {
  if (Object.keys(severities).length === 0) return findings;
  return findings.flatMap((finding) => {
    const severity = severities[finding.code] ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

/** The address of a rule's page. */
export const findingPage = (code: string): string =>
  `https://github.com/init-lens/init-lens/blob/main/docs/findings/${code}.md`;
