import * as vscode from "vscode";
import type { Finding, TextEdit } from "../types.js";
import type { AnalysisService } from "./analysisService.js";
import { cellIndex, documentOf, moduleOf, rangeOf, SELECTOR } from "./documents.js";

/** The fixes that findings carry, where their diagnostics stand. */
export class FindingQuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #analyses: AnalysisService;

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
  }

  register(): vscode.Disposable {
    const metadata = { providedCodeActionKinds: FindingQuickFixes.kinds };
    return vscode.languages.registerCodeActionsProvider(SELECTOR, this, metadata);
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const uri = moduleOf(document)?.uri;
    const analysis = await this.#analyses.current(document);
    if (!uri || !analysis) return [];
    const cell = cellIndex(document);
    return analysis.findings
      .filter(({ site }) => site.file === analysis.file && site.cell === cell)
      .filter(({ site }) => rangeOf(site).intersection(range) !== undefined)
      .flatMap((finding) => action(uri, finding, context.diagnostics) ?? []);
  }
}

function action(
  uri: vscode.Uri,
  { code, site, fix }: Finding,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction | undefined {
  if (!fix) return undefined;
  const fixed = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  fixed.edit = workspaceEdit(uri, fix.edits);
  const range = rangeOf(site);
  fixed.diagnostics = diagnostics.filter((shown) => shown.code === code && shown.range.isEqual(range));
  fixed.isPreferred = true;
  return fixed;
}

/** Edits of one module as the editor applies them: together, and undone together. */
export function workspaceEdit(uri: vscode.Uri, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { newText, ...site } of edits) {
    const target = documentOf(uri, site)?.uri ?? uri.with({ path: site.file });
    edit.replace(target, rangeOf(site), newText);
  }
  return edit;
}
