import * as vscode from "vscode";
import type { Layer } from "../../types.js";
import { sparkline } from "../../views/sparkline.js";
import { type AnalysisService, layersOf } from "../services/analysisService.js";
import { moduleOf, rangeOf } from "../services/documents.js";
import { settings } from "../services/settings.js";
import { darkColours, LIGHT } from "./pictureColours.js";

/** After the line of a layer, a small picture of what it draws (filled) and what is recommended (line). */
export class Sparklines implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #decoration = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #disposables: vscode.Disposable[];

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
    const redrawAll = () => {
      for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
    };
    this.#disposables = [
      this.#decoration,
      analyses.onDidAnalyse(redrawAll),
      vscode.window.onDidChangeVisibleTextEditors(redrawAll),
      vscode.window.onDidChangeActiveColorTheme(redrawAll),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#draw(textEditor)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("initLens.sparkline")) redrawAll();
      }),
    ];
    redrawAll();
  }

  /** From the analysis there is: a picture that is late would push text about while it is written. */
  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const byLine = new Map(this.#layers(editor).map((layer) => [rangeOf(layer.site).end.line, layer]));
    const options = [...byLine].flatMap(([line, layer]) =>
      line < document.lineCount ? optionsOf(document.lineAt(line).range, layer) : [],
    );
    editor.setDecorations(this.#decoration, options);
  }

  /** Those that the setting asks for. */
  #layers({ document, selection }: vscode.TextEditor): readonly Layer[] {
    const module = moduleOf(document);
    if (!module) return [];
    const { sparkline: where } = settings(document);
    const analysis = where === "off" ? undefined : this.#analyses.latest(module.uri);
    if (!analysis) return [];
    const line = selection.active.line + 1;
    return layersOf(analysis, document).filter(
      ({ site }) => where === "all" || (site.line <= line && line <= (site.endLine ?? site.line)),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function optionsOf(range: vscode.Range, layer: Layer): vscode.DecorationOptions[] {
  const [light, dark] = [sparkline(layer, LIGHT), sparkline(layer, darkColours())];
  if (light === null || dark === null) return [];
  const end = new vscode.Range(range.end, range.end);
  return [{ range: end, renderOptions: { light: after(light), dark: after(dark) } }];
}

function after(svg: string): vscode.ThemableDecorationInstanceRenderOptions {
  const contentIconPath = vscode.Uri.parse(`data:image/svg+xml;base64,${btoa(svg)}`);
  return { after: { contentIconPath, margin: "0 0 0 1.5em" } };
}
