import * as vscode from "vscode";
import { factorText, lensText, mainParameter } from "../layerText.js";
import type { Layer } from "../types.js";
import type { AnalysisService } from "./analysisService.js";
import { moduleOf, rangeOf, SELECTOR } from "./documents.js";
import { referenceTo } from "./layerReference.js";
import { settings } from "./settings.js";

/** One line above each layer. While text changes the editor itself keeps the lines before it in place. */
export class LayerCodeLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
    this.#disposables = [
      this.#changed,
      vscode.languages.registerCodeLensProvider(SELECTOR, this),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("initLens.codeLens")) this.#changed.fire();
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { codeLens } = settings(document);
    const uri = moduleOf(document)?.uri;
    if (codeLens === "off" || !uri) return [];
    const layers = await this.#analyses.layersIn(document);
    return layers.filter((layer) => codeLens === "all" || hasProblem(layer)).map((layer) => lens(uri, layer));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function lens(uri: vscode.Uri, layer: Layer): vscode.CodeLens {
  return new vscode.CodeLens(rangeOf(layer.site), {
    title: lensText(layer),
    tooltip: vscode.l10n.t("Draw these weights and show their distribution"),
    command: "initLens.previewWeights",
    arguments: [referenceTo(uri, layer)],
  });
}

function hasProblem(layer: Layer): boolean {
  const current = mainParameter(layer)?.current;
  return layer.findings.length > 0 || (current !== undefined && factorText(layer, current) !== "");
}
