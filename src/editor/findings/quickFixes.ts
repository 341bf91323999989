import * as vscode from "vscode";
import { ignoreEdit, mergedEdits } from "../../source/fixes.js";
import type { Analysis, Finding, Layer, TextEdit } from "../../types.js";
import { fits, mainParameter, scaleText, schemeName } from "../../views/layerText.js";
import { referenceTo } from "../lenses/layerReference.js";
import { type AnalysisService, layersOf } from "../services/analysisService.js";
import { cellIndex, documentOf, moduleOf, rangeOf, SELECTOR } from "../services/documents.js";
import { codeOf } from "./diagnostics.js";

/** Every fix of a file at once; `editor.codeActionsOnSave` may name it. */
const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append("initLens");

/** What can be done about findings, and about a layer that is not as recommended. */
export class FindingQuickFixes implements vscode.CodeActionProvider {
  readonly #analyses: AnalysisService;

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
  }

  register(): vscode.Disposable {
    const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;
    const metadata = { providedCodeActionKinds: [QuickFix, RefactorRewrite, FIX_ALL] };
    return vscode.languages.registerCodeActionsProvider(SELECTOR, this, metadata);
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only, diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const uri = moduleOf(document)?.uri;
    const analysis = await this.#analyses.current(document);
    if (!uri || !analysis) return [];
    if (only?.contains(FIX_ALL)) return fixAll(uri, analysis);
    const cell = cellIndex(document);
    const isHere = ({ site }: Finding | Layer) =>
      site.file === analysis.file && site.cell === cell && rangeOf(site).intersection(range) !== undefined;
    const found = analysis.findings.filter(isHere);
    const layer = layersOf(analysis, document).find(isHere);
    return [
      ...found.flatMap((finding) => fixesOf(uri, finding, analysis, document)),
      ...(layer ? applyAction(uri, layer) : []),
    ].map((action) => withDiagnostics(action, found, diagnostics));
  }
}

/** The fix a finding carries, the same for all of its rule, and a comment that leaves it alone. */
function fixesOf(
  uri: vscode.Uri,
  finding: Finding,
  { findings }: Analysis,
  document: vscode.TextDocument,
): vscode.CodeAction[] {
  const { code, fix, site } = finding;
  const alike = findings.filter((other) => other.code === code && other.fix !== null);
  const ignore = quickFix(vscode.l10n.t("Leave this line alone: ignore {0}", code), uri, []);
  const line = document.lineAt(rangeOf(site).start.line);
  const { start, end, newText } = ignoreEdit(line.text, code);
  ignore.edit!.replace(document.uri, new vscode.Range(line.lineNumber, start, line.lineNumber, end), newText);
  if (!fix) return [ignore];
  const own = quickFix(fix.title, uri, fix.edits);
  own.isPreferred = true;
  const all = quickFix(
    vscode.l10n.t("Fix all {0} in this file: {1}", alike.length, code),
    uri,
    mergedEdits(alike),
  );
  return [own, ...(alike.length > 1 ? [all] : []), ignore];
}

function quickFix(title: string, uri: vscode.Uri, edits: readonly TextEdit[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(uri, edits);
  return action;
}

function fixAll(uri: vscode.Uri, { findings }: Analysis): vscode.CodeAction[] {
  const edits = mergedEdits(findings);
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction(vscode.l10n.t("Fix all findings of Init Lens"), FIX_ALL);
  action.edit = workspaceEdit(uri, edits);
  return [action];
}

/** Under the light bulb of a layer that certainly is not as recommended. */
function applyAction(uri: vscode.Uri, layer: Layer): vscode.CodeAction[] {
  const { recommended } = layer;
  const weight = mainParameter(layer);
  if (!recommended || !weight || recommended.assumes !== undefined) return [];
  if (fits(recommended, weight.current)) return [];
  const scheme = `${schemeName(recommended.scheme)} ${scaleText(recommended.distribution)}`;
  const title = vscode.l10n.t("Initialise {0} with {1}", layer.name || layer.class, scheme);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite);
  action.command = { title, command: "initLens.applyRecommended", arguments: [referenceTo(uri, layer)] };
  return [action];
}

/** A quick fix is offered beside the problem it mends. */
function withDiagnostics(
  action: vscode.CodeAction,
  findings: readonly Finding[],
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  if (action.kind?.value !== vscode.CodeActionKind.QuickFix.value) return action;
  action.diagnostics = diagnostics.filter((shown) =>
    findings.some(({ code, site }) => codeOf(shown) === code && shown.range.isEqual(rangeOf(site))),
  );
  return action;
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
