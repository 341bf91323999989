import * as vscode from "vscode";
import type { Analysis, Diagnostic, Finding, Severity } from "../../types.js";
import { findingPage, shownFindings } from "../../views/shownFindings.js";
import type { Analysed, AnalysisService } from "../services/analysisService.js";
import { documentOf, moduleOf, rangeOf } from "../services/documents.js";
import { settings } from "../services/settings.js";

const SEVERITIES: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What is shown of a module, and the documents that it stands in: a notebook has one a cell. */
interface Shown extends Pick<Analysis, "findings" | "diagnostics"> {
  readonly documents: readonly vscode.Uri[];
}

/** Shows an analysis' findings in the problems list, and takes them away with the document. */
export class FindingDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("initLens");
  readonly #shown = new Map<string, Shown>();
  readonly #disposables: vscode.Disposable[];

  constructor(analyses: AnalysisService) {
    this.#disposables = [
      this.#collection,
      analyses.onDidAnalyse((analysed) => this.#show(analysed)),
      analyses.onDidForget((uri) => this.#clear(uri)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("initLens.diagnostics")) this.#showAll(analyses);
      }),
    ];
  }

  #show({ uri, analysis }: Analysed): void {
    const { findings, diagnostics } = analysis;
    const shown = this.#shown.get(uri.toString());
    if (shown?.findings === findings && shown.diagnostics === diagnostics) return;
    this.#clear(uri);
    const byCell = new Map<number | undefined, (Diagnostic & Partial<Finding>)[]>();
    const shownNow = shownFindings(findings, settings(uri).severities);
    for (const one of [...shownNow, ...diagnostics.filter(isAboutSize)]) {
      if (one.site.file !== analysis.file) continue;
      byCell.set(one.site.cell, [...(byCell.get(one.site.cell) ?? []), one]);
    }
    const documents = [...byCell.values()].flatMap((found) => {
      const document = documentOf(uri, found[0]!.site);
      if (!document || !settings(document).diagnostics) return [];
      this.#collection.set(document.uri, found.map(diagnosticOf));
      return [document.uri];
    });
    this.#shown.set(uri.toString(), { documents, findings, diagnostics });
  }

  /** The setting has changed: what is shown, and what is not, is settled anew. */
  #showAll(analyses: AnalysisService): void {
    for (const document of vscode.workspace.textDocuments) {
      const uri = moduleOf(document)?.uri;
      const analysis = uri && analyses.latest(uri);
      if (!uri || !analysis) continue;
      this.#clear(uri);
      this.#show({ uri, analysis });
    }
  }

  #clear(uri: vscode.Uri): void {
    for (const shown of this.#shown.get(uri.toString())?.documents ?? []) this.#collection.delete(shown);
    this.#shown.delete(uri.toString());
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** A layer that its framework would refuse to make has no line above it: its reason is told here. */
const isAboutSize = ({ message }: Diagnostic): boolean =>
  /negative dimension|a size must be an int/.test(message);

/** A finding as the problems list shows it. */
export function diagnosticOf(finding: Diagnostic & Partial<Finding>): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(rangeOf(finding.site), finding.message, SEVERITIES[finding.severity]);
  shown.source = "Init Lens";
  const { code } = finding;
  if (code !== undefined) shown.code = { value: code, target: vscode.Uri.parse(findingPage(code)) };
  return shown;
}

/** The code of the rule that a problem in the list comes from. */
export const codeOf = ({ code }: vscode.Diagnostic): string | number | undefined =>
  typeof code === "object" ? code.value : code;
