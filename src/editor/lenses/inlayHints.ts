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
    return shapeHints(analysis.flow)
      .filter(({ site }) => site.file === analysis.file && site.cell === cell)
      .flatMap(({ site, text }) => {
        const line = (site.endLine ?? site.line) - 1;
        if (line < range.start.line || line > range.end.line || line >= document.lineCount) return [];
        const hint = new vscode.InlayHint(document.lineAt(line).range.end, text);
        hint.paddingLeft = true;
        hint.tooltip = vscode.l10n.t("Shape that flows in → shape that flows out");
        return [hint];
      });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
