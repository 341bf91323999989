import * as vscode from "vscode";
import { hoverText, layersText } from "../hoverText.js";
import { layersAt } from "../mentions.js";
import { isPreview, rolesPreview } from "../preview.js";
import { ModuleText } from "../python/moduleText.js";
import { sizeOrigins } from "../sizeOrigins.js";
import type { Layer } from "../types.js";
import type { AnalysisService } from "./analysisService.js";
import type { ChartService } from "./chartService.js";
import { moduleOf, rangeOf, SELECTOR, siteAt } from "./documents.js";
import { type LayerReference, referenceTo } from "./layerReference.js";
import { settings } from "./settings.js";

const LINKS: readonly { readonly command: string; readonly title: string }[] = [
  { command: "initLens.previewWeights", title: vscode.l10n.t("Preview weights") },
  { command: "initLens.applyRecommended", title: vscode.l10n.t("Apply recommended") },
  { command: "initLens.compareSchemes", title: vscode.l10n.t("Compare schemes") },
  { command: "initLens.copySnippet", title: vscode.l10n.t("Copy snippet") },
];

/** Wide enough to read, narrow enough for a hover, in pixels. */
const PICTURE_WIDTH = 420;

/**
 * The layer that the text under the pointer makes, names or fills: a table, a picture of what it draws and
 * what it should, and what can be done.
 */
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
    const module = moduleOf(document);
    if (!settings(document).hover || !module) return undefined;
    const analysis = await this.#analyses.current(document);
    if (!analysis || token.isCancellationRequested) return undefined;
    const source = new ModuleText(module.source());
    const mention = layersAt(source, analysis.layers, siteAt(document, position));
    if (!mention) return undefined;
    const [only, ...others] = mention.layers;
    const parts =
      only && others.length === 0
        ? await this.#partsOf(only, document, module.uri, source)
        : [layersText(mention.layers)];
    const markdown = new vscode.MarkdownString(parts.filter((part) => part !== "").join("\n\n"));
    markdown.isTrusted = { enabledCommands: LINKS.map(({ command }) => command) };
    return new vscode.Hover(markdown, rangeOf(mention.site));
  }

  async #partsOf(
    layer: Layer,
    document: vscode.TextDocument,
    uri: vscode.Uri,
    source: ModuleText,
  ): Promise<string[]> {
    const text = hoverText(layer, sizeOrigins(source, layer));
    return [text, links(referenceTo(uri, layer)), await this.#picture(layer, document)];
  }

  /** The picture as a Markdown image; empty where nothing can be drawn. */
  async #picture(layer: Layer, document: vscode.TextDocument): Promise<string> {
    const preview = rolesPreview(layer);
    if (!isPreview(preview)) return "";
    const { "image/svg+xml": svg } = await this.#charts.bundle(layer, preview, settings(document));
    const alternative = vscode.l10n.t("Distribution of the weights");
    return `![${alternative}](data:image/svg+xml,${encodeURIComponent(svg)}|width=${PICTURE_WIDTH})`;
  }
}

function links(reference: LayerReference): string {
  const argument = encodeURIComponent(JSON.stringify([reference]));
  return LINKS.map(({ command, title }) => `[${title}](command:${command}?${argument})`).join(" · ");
}
