import * as vscode from "vscode";
import { importedNames } from "../importedNames.js";
import { isRefusal } from "../init/refusal.js";
import { mainParameter, scaleText, schemeName } from "../layerText.js";
import { type LayerStyle, snippetForLayer } from "../snippets/layer.js";
import type { Snippet } from "../snippets/snippet.js";
import type { Layer } from "../types.js";
import { moduleOf } from "./documents.js";
import type { FoundLayer } from "./layerReference.js";

/** Asks for a scheme, with its figures for this layer, and writes its code below the layer's statement. */
export async function insertSnippet({ layer, document }: FoundLayer): Promise<void> {
  const scheme = await pickScheme(layer);
  if (!scheme) return;
  const last = document.lineAt((layer.site.endLine ?? layer.site.line) - 1);
  const first = document.lineAt(layer.site.line - 1);
  const indentation = first.text.slice(0, first.firstNonWhitespaceCharacterIndex);
  const owner = assignedTo(first.text.slice(0, layer.site.column - 1));
  const style = { aliases: importedNames(moduleText(document)), ...(owner === null ? {} : { owner }) };
  const snippet = snippetOf(layer, scheme, style);
  const lines = linesToInsert(snippet).map((line) => `\n${indentation}${line}`);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, last.range.end, lines.join(""));
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t("The file cannot be changed."));
}

/** The code of a scheme for a layer's weight; throws, with a sentence for people, where there is none. */
function snippetOf(
  layer: Layer,
  { scheme, distribution }: Layer["schemes"][number],
  style: LayerStyle,
): Snippet {
  const parameter = mainParameter(layer);
  if (!parameter) throw new Error(vscode.l10n.t("This layer has no weights."));
  const snippet = snippetForLayer(layer, parameter, scheme, style, distribution);
  if (!snippet) throw new Error(vscode.l10n.t("There is no snippet for this kind of layer."));
  if (isRefusal(snippet)) throw new Error(snippet.message);
  return snippet;
}

/** What a call is assigned to, from the text before it on its line: `self.fc1`. */
function assignedTo(before: string): string | null {
  return /^\s*([\w.]+)\s*=\s*$/.exec(before)?.[1] ?? null;
}

/** The text of the file, or of all cells of the notebook, that a document belongs to. */
function moduleText(document: vscode.TextDocument): string {
  const cells = moduleOf(document)?.source().cells ?? [];
  return cells.map(({ text }) => text).join("\n");
}

/** An argument for the constructor comes as a comment: where it goes is the writer's choice. */
function linesToInsert({ imports, setup, code }: Snippet): string[] {
  const isArgument = /^\w+=(?!=)\S/.test(code);
  return [...imports, ...setup, isArgument ? `# ${code}` : code].flatMap((block) => block.split("\n"));
}

async function pickScheme(layer: Layer): Promise<Layer["schemes"][number] | undefined> {
  const items = layer.schemes.map((scheme) => ({
    label: schemeName(scheme.scheme),
    description: scaleText(scheme.distribution),
    ...(scheme.scheme === layer.recommended?.scheme ? { detail: layer.recommended.why } : {}),
    scheme,
  }));
  const title = vscode.l10n.t("Initialise {0} with", layer.name || layer.class);
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.scheme;
}
