import * as vscode from "vscode";
import { shapeHints } from "../../views/shapeHints.js";
import type { AnalysisService } from "../services/analysisService.js";
import { cellIndex, SELECTOR } from "../services/documents.js";
import { settings } from "../services/settings.js";

/** At the end of a line the shapes that flow in and out of it, where models run on known inputs. */
export class ShapeInlayHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
    this.#disposables = [
      this.#changed,
      vscode.languages.registerInlayHintsProvider(SELECTOR, this),
      analyses.onDidOutdate(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("initLens.inlayHints")) this.#changed.fire();
      }),
    ];
  }

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    if (!settings(document).inlayHints) return [];
    const analysis = await this.#analyses.current(document);
    if (!analysis?.flow) return [];
    const cell = cellIndex(document);
    const notes = analysis.flow.notes.filter(({ site: { file, cell: of, line, endLine = line } }) => {
      const isAsked = endLine > range.start.line && endLine <= range.end.line + 1;
      return isAsked && file === analysis.file && of === cell && endLine <= document.lineCount;
    });
    return shapeHints(notes, (line) => document.lineAt(line - 1).text).map(({ site, text }) => {
      const { line, endLine = line } = site;
      const hint = new vscode.InlayHint(document.lineAt(endLine - 1).range.end, text);
      hint.paddingLeft = true;
      hint.tooltip = vscode.l10n.t("Shape that flows in → shape that flows out");
      return hint;
    });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
