import * as vscode from "vscode";
import { isRefusal } from "../init/refusal.js";
import { mainParameter, scaleText, schemeName } from "../layerText.js";
import { snippetForLayer } from "../snippets/layer.js";
import type { Snippet } from "../snippets/snippet.js";
import type { Layer } from "../types.js";
import type { FoundLayer } from "./layerReference.js";

/** Asks for a scheme, with its figures for this layer, and writes its code below the layer's statement. */
export async function insertSnippet({ layer, document }: FoundLayer): Promise<void> {
  const scheme = await pickScheme(layer);
  if (!scheme) return;
  const snippet = snippetOf(layer, scheme);
  const last = document.lineAt((layer.site.endLine ?? layer.site.line) - 1);
  const first = document.lineAt(layer.site.line - 1);
  const indentation = first.text.slice(0, first.firstNonWhitespaceCharacterIndex);
  const lines = linesToInsert(snippet, document.getText()).map((line) => `\n${indentation}${line}`);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, last.range.end, lines.join(""));
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t("The file cannot be changed."));
}

/** The code of a scheme for a layer's weight; throws, with a sentence for people, where there is none. */
function snippetOf(layer: Layer, { scheme, distribution }: Layer["schemes"][number]): Snippet {
  const parameter = mainParameter(layer);
  if (!parameter) throw new Error(vscode.l10n.t("This layer has no weights."));
  const snippet = snippetForLayer(layer, parameter, scheme, {}, distribution);
  if (!snippet) throw new Error(vscode.l10n.t("There is no snippet for this kind of layer."));
  if (isRefusal(snippet)) throw new Error(snippet.message);
  return snippet;
}

/** Imports the text has already are left out; an argument for a constructor comes as a comment. */
function linesToInsert({ imports, setup, code }: Snippet, text: string): string[] {
  const missing = imports.filter((line) => !text.includes(line));
  const isArgument = /^\w+=(?!=)\S/.test(code);
  return [...missing, ...setup, isArgument ? `# ${code}` : code].flatMap((block) => block.split("\n"));
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
