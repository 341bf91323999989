import * as vscode from "vscode";
import type { Layer } from "../../types.js";
import { callsText } from "../../views/callsText.js";
import { hasProblem, lensText } from "../../views/lensText.js";
import type { LayersShown } from "../charts/warmCharts.js";
import type { AnalysisService } from "../services/analysisService.js";
import { moduleOf, rangeOf, SELECTOR } from "../services/documents.js";
import { settings } from "../services/settings.js";
import { cursorLines, KeptLines } from "./keptLenses.js";
import { referenceTo } from "./layerReference.js";

/** Stands where a lens was while its line is being written. */
const WRITING = "…";

/** A lens whose text is made when it comes on screen: a long file has a thousand of them. */
class LayerCodeLens extends vscode.CodeLens {
  constructor(
    layer: Layer,
    readonly makeCommand: () => vscode.Command,
  ) {
    super(rangeOf(layer.site));
  }
}

/** One line above each layer. While text changes the editor itself keeps the lines before it in place. */
export class LayerCodeLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #shown: LayersShown;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #kept = new KeptLines();
  /** The lines of each document that only keep a place. */
  readonly #placeholders = new WeakMap<vscode.TextDocument, readonly number[]>();
  readonly #disposables: vscode.Disposable[];
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(analyses: AnalysisService, shown: LayersShown) {
    this.#analyses = analyses;
    this.#shown = shown;
    this.#disposables = [
      this.#changed,
      this.#kept,
      vscode.languages.registerCodeLensProvider(SELECTOR, this),
      analyses.onDidOutdate(() => this.#changed.fire()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor.document)),
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
    const shown = layers.filter((layer) => codeLens === "all" || hasProblem(layer));
    this.#shown(document, shown);
    const lines = shown.map(({ site }) => site.line - 1);
    const written = this.#kept.written(document, lines);
    this.#kept.keep(document, [...lines, ...written]);
    this.#placeholders.set(document, written);
    return [
      ...shown.flatMap((layer) => [lens(uri, layer), ...callLens(uri, layer)]),
      ...written.map(placeholder),
    ];
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof LayerCodeLens) lens.command = lens.makeCommand();
    return lens;
  }

  /** A placeholder goes when the cursor has left its line. */
  #moved(document: vscode.TextDocument): void {
    const lines = this.#placeholders.get(document) ?? [];
    if (lines.length === 0) return;
    const cursors = cursorLines(document);
    if (lines.some((line) => !cursors.has(line))) this.#changed.fire();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function lens(uri: vscode.Uri, layer: Layer): vscode.CodeLens {
  return new LayerCodeLens(layer, () => ({
    title: lensText(layer),
    tooltip: vscode.l10n.t("Draw these weights and show their distribution"),
    command: "initLens.previewWeights",
    arguments: [referenceTo(uri, layer)],
  }));
}

/** Beside it, which calls the layer is shown for; a click chooses among them. */
function callLens(uri: vscode.Uri, layer: Layer): vscode.CodeLens[] {
  const title = callsText(layer);
  if (title === "") return [];
  const choose = () => ({
    title,
    tooltip: vscode.l10n.t("Choose the call that the layers are shown for"),
    command: "initLens.chooseCall",
    arguments: [referenceTo(uri, layer)],
  });
  return [new LayerCodeLens(layer, choose)];
}

function placeholder(line: number): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title: WRITING, command: "" });
}
