import * as vscode from "vscode";
import type { Finding } from "../../types.js";
import { shownFindings } from "../../views/shownFindings.js";
import type { AnalysisService } from "../services/analysisService.js";
import { settings } from "../services/settings.js";
import { workspaceFiles } from "../services/workspaceFiles.js";
import { diagnosticOf } from "./diagnostics.js";

/** The findings of files that are not open, after somebody asked for them. */
export class WorkspaceCheck implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #collection = vscode.languages.createDiagnosticCollection("initLens.workspace");
  readonly #disposables: vscode.Disposable[];

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
    this.#disposables = [
      this.#collection,
      // An open file's own findings take the place of these.
      analyses.onDidAnalyse(({ uri }) => this.#collection.delete(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.#collection.delete(uri);
      }),
    ];
  }

  /** Analyses every file of the workspace, one at a time behind those on screen; can be cancelled. */
  async run(): Promise<void> {
    const files = await workspaceFiles();
    const title = vscode.l10n.t("Init Lens checks the workspace");
    const location = vscode.ProgressLocation.Notification;
    let [findings, checked] = [0, 0];
    await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      for (const uri of files) {
        if (token.isCancellationRequested) return;
        const message = vscode.l10n.t("{0} of {1} files", ++checked, files.length);
        progress.report({ message, increment: 100 / files.length });
        findings += await this.#check(uri);
      }
    });
    if (findings > 0) await vscode.commands.executeCommand("workbench.actions.view.problems");
    const summary = vscode.l10n.t("Init Lens: {0} findings in {1} files", findings, checked);
    void vscode.window.showInformationMessage(summary);
  }

  async #check(uri: vscode.Uri): Promise<number> {
    const analysis = await this.#analyses.analyseFile(uri);
    if (!analysis) return 0;
    const shown = shownFindings(analysis.findings, settings(uri).severities);
    const own = shown.filter(({ site }) => site.file === analysis.file);
    if (!isOpen(uri)) this.#collection.set(uri, own.map(closedDiagnostic));
    return own.length;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** A notebook that is not open has no document for its cells: its file is named, and the cell in words. */
function closedDiagnostic(finding: Finding): vscode.Diagnostic {
  const shown = diagnosticOf(finding);
  const { cell, line } = finding.site;
  if (cell === undefined) return shown;
  shown.range = new vscode.Range(0, 0, 0, 0);
  shown.message = vscode.l10n.t("Cell {0}, line {1}: {2}", cell + 1, line, finding.message);
  return shown;
}

function isOpen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  const { textDocuments, notebookDocuments } = vscode.workspace;
  return [...textDocuments, ...notebookDocuments].some((document) => document.uri.toString() === key);
}
