import * as vscode from "vscode";
import type { Layer } from "../../types.js";
import { hasProblem, lensText } from "../../views/lensText.js";
import { type AnalysisService, layersOf } from "../services/analysisService.js";
import { moduleOf, rangeOf } from "../services/documents.js";

const GO_TO = "initLens.goToLayer";

/** Tells in the status bar how many layers of the file on screen deserve a look; nothing where none does. */
export class LayerStatus implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #item = vscode.window.createStatusBarItem("initLens.status", vscode.StatusBarAlignment.Right, 90);
  readonly #disposables: vscode.Disposable[];

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
    this.#item.name = "Init Lens";
    this.#item.command = GO_TO;
    const update = () => this.#update();
    this.#disposables = [
      this.#item,
      analyses.onDidAnalyse(update),
      analyses.onDidForget(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.commands.registerCommand(GO_TO, () => this.#goToLayer()),
    ];
    update();
  }

  #update(): void {
    const layers = this.#layers();
    const count = layers.filter(hasProblem).length;
    if (count === 0) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(graph) ${count}`;
    const told = vscode.l10n.t("Init Lens: {0} of {1} layers deserve a look", count, layers.length);
    this.#item.tooltip = told;
    this.#item.accessibilityInformation = { label: told };
    this.#item.show();
  }

  /** Every layer of the document, those that deserve a look first; the chosen one is shown. */
  async #goToLayer(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const items = this.#layers()
      .map((layer) => ({
        label: `${hasProblem(layer) ? "$(warning) " : ""}${layer.name || layer.class}`,
        description: vscode.l10n.t("line {0}", layer.site.line),
        detail: lensText(layer),
        layer,
      }))
      .sort((a, b) => Number(hasProblem(b.layer)) - Number(hasProblem(a.layer)));
    const title = vscode.l10n.t("Go to layer");
    const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
    if (!picked || !editor) return;
    const { start } = rangeOf(picked.layer.site);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #layers(): readonly Layer[] {
    const document = vscode.window.activeTextEditor?.document;
    const uri = document && moduleOf(document)?.uri;
    const analysis = uri && this.#analyses.latest(uri);
    return analysis ? layersOf(analysis, document) : [];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
