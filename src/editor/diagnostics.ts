import * as vscode from "vscode";
import type { Diagnostic, Finding, Severity } from "../types.js";
import type { Analysed, AnalysisService } from "./analysisService.js";
import { documentOf, moduleOf, rangeOf } from "./documents.js";
import { settings } from "./settings.js";

const SEVERITIES: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Shows an analysis' findings in the problems list, and takes them away with the document. */
export class FindingDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("initLens");
  /** The documents that a module's findings stand in: a notebook has one a cell. */
  readonly #shown = new Map<string, vscode.Uri[]>();
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
    this.#clear(uri);
    const byDocument = new Map<vscode.TextDocument, vscode.Diagnostic[]>();
    for (const finding of [...analysis.findings, ...analysis.diagnostics.filter(isAboutSize)]) {
      const document = documentOf(uri, finding.site);
      if (!document || finding.site.file !== analysis.file || !settings(document).diagnostics) continue;
      byDocument.set(document, [...(byDocument.get(document) ?? []), diagnosticOf(finding)]);
    }
    for (const [document, diagnostics] of byDocument) this.#collection.set(document.uri, diagnostics);
    this.#shown.set(
      uri.toString(),
      [...byDocument.keys()].map((document) => document.uri),
    );
  }

  /** The setting has changed: what is shown, and what is not, is settled anew. */
  #showAll(analyses: AnalysisService): void {
    for (const document of vscode.workspace.textDocuments) {
      const uri = moduleOf(document)?.uri;
      const analysis = uri && analyses.latest(uri);
      if (analysis) this.#show({ uri, analysis });
    }
  }

  #clear(uri: vscode.Uri): void {
    for (const shown of this.#shown.get(uri.toString()) ?? []) this.#collection.delete(shown);
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
  if (finding.code !== undefined) shown.code = finding.code;
  return shown;
}
