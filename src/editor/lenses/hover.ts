import * as vscode from "vscode";
import { ModuleText } from "../../python/documents/moduleText.js";
import { layersAt } from "../../source/mentions.js";
import { sizeOrigins } from "../../source/sizeOrigins.js";
import type { Layer } from "../../types.js";
import { hoverText, layersText } from "../../views/hoverText.js";
import { densityPicture } from "../../views/sparkline.js";
import type { AnalysisService } from "../services/analysisService.js";
import { moduleOf, rangeOf, SELECTOR, siteAt } from "../services/documents.js";
import { settings } from "../services/settings.js";
import { type LayerReference, referenceTo } from "./layerReference.js";
import { themeColours } from "./pictureColours.js";

const APPLY = "initLens.applyRecommended";

const LINKS: readonly { readonly command: string; readonly title: string }[] = [
  { command: "initLens.previewWeights", title: vscode.l10n.t("Preview weights") },
  { command: APPLY, title: vscode.l10n.t("Apply recommended") },
  { command: "initLens.compareSchemes", title: vscode.l10n.t("Compare schemes") },
  { command: "initLens.copySnippet", title: vscode.l10n.t("Copy snippet") },
];

/**
 * The layer that the text under the pointer makes, names or fills: a table, a picture of what it draws and
 * what it should, and what can be done.
 */
export class LayerHoverProvider implements vscode.HoverProvider {
  readonly #analyses: AnalysisService;

  constructor(analyses: AnalysisService) {
    this.#analyses = analyses;
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
        ? [
            hoverText(only, sizeOrigins(source, only)),
            links(only, referenceTo(module.uri, only)),
            picture(only),
          ]
        : [layersText(mention.layers)];
    const markdown = new vscode.MarkdownString(parts.filter((part) => part !== "").join("\n\n"));
    markdown.isTrusted = { enabledCommands: [...LINKS, CHOOSE_CALL].map(({ command }) => command) };
    return new vscode.Hover(markdown, rangeOf(mention.site));
  }
}

/** The densities as a Markdown image; empty where none is known. */
function picture(layer: Layer): string {
  const svg = densityPicture(layer, themeColours());
  const alternative = vscode.l10n.t("Distribution of the weights");
  return svg === null ? "" : `![${alternative}](data:image/svg+xml,${encodeURIComponent(svg)})`;
}

const CHOOSE_CALL = { command: "initLens.chooseCall", title: vscode.l10n.t("Choose call") };

function links(layer: Layer, reference: LayerReference): string {
  const argument = encodeURIComponent(JSON.stringify([reference]));
  const isOffered = ({ command }: (typeof LINKS)[number]) => command !== APPLY || layer.recommended !== null;
  const choosing = (layer.calls?.length ?? 0) > 1 ? [CHOOSE_CALL] : [];
  return [...LINKS.filter(isOffered), ...choosing]
    .map(({ command, title }) => `[${title}](command:${command}?${argument})`)
    .join(" · ");
}
