import * as vscode from "vscode";
import { referenceTo } from "../editor/lenses/layerReference.js";
import type { AnalysisService } from "../editor/services/analysisService.js";
import { NOTEBOOK_TYPE } from "../editor/services/documents.js";
import { lensText } from "../views/lensText.js";

/** Tells at the foot of a cell which layers it makes; a click previews the first. */
export class CellStatusProvider implements vscode.NotebookCellStatusBarItemProvider {
  readonly #analyses: AnalysisService;
  readonly onDidChangeCellStatusBarItems: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
    this.onDidChangeCellStatusBarItems = this.#changed.event;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      this.#analyses.onDidAnalyse(() => this.#changed.fire()),
      vscode.notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, this),
    );
  }

  async provideCellStatusBarItems(cell: vscode.NotebookCell): Promise<vscode.NotebookCellStatusBarItem[]> {
    const { uri } = cell.notebook;
    const layers = await this.#analyses.layersIn(cell.document);
    const [first] = layers;
    if (!first) return [];
    const text = layers.length === 1 ? vscode.l10n.t("1 layer") : vscode.l10n.t("{0} layers", layers.length);
    const item = new vscode.NotebookCellStatusBarItem(
      `$(graph) ${text}`,
      vscode.NotebookCellStatusBarAlignment.Right,
    );
    item.tooltip = layers.map(lensText).join("\n");
    item.accessibilityInformation = { label: `${text}: ${layers.map(lensText).join("; ")}` };
    item.command = {
      title: vscode.l10n.t("Preview weights"),
      command: "initLens.previewWeights",
      arguments: [referenceTo(uri, first)],
    };
    return [item];
  }
}
