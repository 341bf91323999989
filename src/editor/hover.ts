import * as vscode from "vscode";
import { hoverText } from "../layerText.js";
import { isPreview, rolesPreview } from "../preview.js";
import type { Layer } from "../types.js";
import type { AnalysisService } from "./analysisService.js";
import type { ChartService } from "./chartService.js";
import { moduleOf, rangeOf, SELECTOR } from "./documents.js";
import { type LayerReference, referenceTo } from "./layerReference.js";
import { settings } from "./settings.js";

const LINKS: readonly { readonly command: string; readonly title: string }[] = [
  { command: "initLens.previewWeights", title: "Preview weights" },
  { command: "initLens.compareSchemes", title: "Compare schemes" },
  { command: "initLens.insertSnippet", title: "Insert init snippet" },
];

/** Wide enough to read, narrow enough for a hover, in pixels. */
const PICTURE_WIDTH = 420;

/** The layer as a table, with a picture of what it draws and what it should, and what can be done. */
export class LayerHoverProvider implements vscode.HoverProvider {
  readonly #analyses: AnalysisService;
  readonly #charts: ChartService;

  constructor(analyses: AnalysisService, charts: ChartService) {
    this.#analyses = analyses;
    this.#charts = charts;
  }

  register(): vscode.Disposable {
    return vscode.languages.registerHoverProvider(SELECTOR, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const uri = moduleOf(document)?.uri;
    if (!settings(document).hover || !uri) return undefined;
    const layers = await this.#analyses.layersIn(document);
    const layer = layers.filter(({ site }) => rangeOf(site).contains(position)).at(-1);
    if (!layer || token.isCancellationRequested) return undefined;
    const parts = [hoverText(layer), await this.#picture(layer, document), links(referenceTo(uri, layer))];
    const markdown = new vscode.MarkdownString(parts.filter((part) => part !== "").join("\n\n"));
    markdown.isTrusted = { enabledCommands: LINKS.map(({ command }) => command) };
    return new vscode.Hover(markdown, rangeOf(layer.site));
  }

  /** The picture as a Markdown image; empty where nothing can be drawn. */
  async #picture(layer: Layer, document: vscode.TextDocument): Promise<string> {
    const preview = rolesPreview(layer);
    if (!isPreview(preview)) return "";
    const { "image/svg+xml": svg } = await this.#charts.bundle(layer, preview, settings(document));
    return `![Distribution of the weights](data:image/svg+xml,${encodeURIComponent(svg)}|width=${PICTURE_WIDTH})`;
  }
}

function links(reference: LayerReference): string {
  const argument = encodeURIComponent(JSON.stringify([reference]));
  return LINKS.map(({ command, title }) => `[${title}](command:${command}?${argument})`).join(" · ");
}
