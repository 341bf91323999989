import * as vscode from "vscode";
import { isRefusal } from "../../init/refusal.js";
import { CHOICES } from "../../preview/redrawing.js";
import { type LayerStyle, snippetForLayer } from "../../snippets/layer.js";
import { placeSnippet } from "../../snippets/placing.js";
import { type Dialect, type Snippet, snippet, snippetText } from "../../snippets/snippet.js";
import { importedNames } from "../../source/importedNames.js";
import type { Layer } from "../../types.js";
import { mainParameter, scaleText, schemeName } from "../../views/layerText.js";
import type { FoundLayer } from "../lenses/layerReference.js";
import { moduleOf, rangeOf } from "../services/documents.js";

/** Asks for a scheme, with its figures for this layer, and writes its code where the layer is made. */
export async function insertSnippet(found: FoundLayer): Promise<void> {
  const picked = await pickScheme(found.layer);
  if (picked) await writeSnippet(found, (style) => snippetOf(found.layer, picked, style));
}

/** Writes code into the text that makes a layer, as one edit; `make` is told how that text is written. */
export async function writeSnippet(
  { document, layer }: FoundLayer,
  make: (style: LayerStyle) => Snippet,
): Promise<void> {
  const { line, column } = layer.site;
  const owner = assignedTo(document.lineAt(line - 1).text.slice(0, column - 1));
  const style = { aliases: importedNames(moduleText(document)), ...(owner === null ? {} : { owner }) };
  const placed = placeSnippet(document.getText(), layer.site, make(style));
  if ("reason" in placed) throw new Error(placed.reason);
  const edit = new vscode.WorkspaceEdit();
  for (const one of placed) edit.replace(document.uri, rangeOf({ file: "", ...one }), one.newText);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t("The file cannot be changed."));
}

/** Asks for a scheme and a framework, and writes the code of a weight of unknown size at the cursor. */
export async function insertSnippetAtCursor(editor: vscode.TextEditor): Promise<void> {
  const scheme = await pick(CHOICES.schemes, vscode.l10n.t("Initialise weights with"));
  const dialect = scheme && (await pick(DIALECT_CHOICES, vscode.l10n.t("Written for")));
  if (!dialect) return;
  const { document, selection } = editor;
  const aliases = importedNames(moduleText(document));
  const made = snippet({ scheme, dialect: dialect as Dialect, aliases });
  if (isRefusal(made)) throw new Error(made.message);
  const line = document.lineAt(selection.active.line);
  const indentation = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const code = snippetText(made).split("\n").join(`\n${indentation}`);
  const inserted = await editor.edit((edit) =>
    line.isEmptyOrWhitespace
      ? edit.replace(line.range, `${indentation}${code}`)
      : edit.insert(line.range.end, `\n${indentation}${code}`),
  );
  if (!inserted) throw new Error(vscode.l10n.t("The file cannot be changed."));
}

/** The dialects a snippet can be written in, as people call them. */
export const DIALECT_CHOICES: readonly { readonly id: Dialect; readonly label: string }[] = [
  { id: "torch", label: "PyTorch" },
  { id: "keras", label: "Keras" },
  { id: "linen", label: "Flax Linen" },
  { id: "nnx", label: "Flax NNX" },
  { id: "jax", label: "JAX" },
  { id: "tensorflow", label: "TensorFlow" },
  { id: "numpy", label: "NumPy" },
];

async function pick(
  choices: readonly { readonly id: string; readonly label: string }[],
  title: string,
): Promise<string | undefined> {
  return (await vscode.window.showQuickPick([...choices], { title }))?.id;
}

/** The code of a scheme for a layer's weight; throws, with a sentence for people, where there is none. */
function snippetOf(
  layer: Layer,
  { scheme, distribution }: Layer["schemes"][number],
  style: LayerStyle,
): Snippet {
  const parameter = mainParameter(layer);
  if (!parameter) throw new Error(vscode.l10n.t("This layer has no weights."));
  const made = snippetForLayer(layer, parameter, scheme, style, distribution);
  if (!made) throw new Error(vscode.l10n.t("There is no snippet for this kind of layer."));
  if (isRefusal(made)) throw new Error(made.message);
  return made;
}

/** What a call is assigned to, from the text before it on its line: `self.fc1`. */
export function assignedTo(before: string): string | null {
  return /^\s*([\w.]+)\s*=\s*$/.exec(before)?.[1] ?? null;
}

/** The text of the file, or of all cells of the notebook, that a document belongs to. */
export function moduleText(document: vscode.TextDocument): string {
  const cells = moduleOf(document)?.source().cells ?? [];
  return cells.map(({ text }) => text).join("\n");
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
