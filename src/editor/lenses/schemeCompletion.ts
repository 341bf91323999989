import * as vscode from "vscode";
import type { Layer } from "../../types.js";
import {
  kerasSuggestions,
  type SchemeSuggestion,
  schemeContext,
  torchSuggestions,
} from "../../views/schemeCompletions.js";
import { assignedTo } from "../commands/snippetInsertion.js";
import { type AnalysisService, layersOf } from "../services/analysisService.js";
import { moduleOf, rangeOf, SELECTOR } from "../services/documents.js";

/** How many layers above the cursor are offered in `nn.init.`. */
const MAX_LAYERS = 6;

/** Suggests schemes with their figures; whole calls in torch, so that no other extension's names are doubled. */
export class SchemeCompletion implements vscode.CompletionItemProvider {
  readonly #analyses: AnalysisService;

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
  }

  register(): vscode.Disposable {
    return vscode.languages.registerCompletionItemProvider(SELECTOR, this, ".", '"', "'");
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.lineAt(position.line).text.slice(0, position.character);
    const context = schemeContext(before);
    const uri = context && moduleOf(document)?.uri;
    // The text is being written and hardly parses: the analysis before it knows the layers.
    const analysis = uri && this.#analyses.latest(uri);
    const layers = analysis ? layersOf(analysis, document) : [];
    if (context === "keras") return kerasSuggestions(layerOn(layers, position)).map(item);
    if (context !== "torch") return [];
    return layers
      .filter(({ site }) => site.line <= position.line)
      .slice(-MAX_LAYERS)
      .reverse()
      .flatMap((layer) => torchSuggestions(layer, ownerOf(layer, document)))
      .map(item);
  }
}

function layerOn(layers: readonly Layer[], position: vscode.Position): Layer | undefined {
  return layers.find(({ site }) => {
    const { start, end } = rangeOf(site);
    return start.line <= position.line && position.line <= end.line;
  });
}

/** What the layer is called in the code: `self.fc1`. */
function ownerOf({ site, name }: Layer, document: vscode.TextDocument): string {
  const line = site.line <= document.lineCount ? document.lineAt(site.line - 1).text : "";
  return assignedTo(line.slice(0, site.column - 1)) ?? name;
}

function item(
  { label, figure, insertText, isRecommended }: SchemeSuggestion,
  index: number,
): vscode.CompletionItem {
  const made = new vscode.CompletionItem({ label, description: figure }, vscode.CompletionItemKind.Value);
  made.detail = isRecommended ? vscode.l10n.t("{0}, recommended here", figure) : figure;
  made.insertText = insertText;
  made.filterText = insertText;
  made.sortText = `${isRecommended ? "0" : "1"}${String(index).padStart(3, "0")}`;
  if (isRecommended) made.preselect = true;
  return made;
}
