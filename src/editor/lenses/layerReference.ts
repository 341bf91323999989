import * as vscode from "vscode";
import type { Layer } from "../../types.js";
import type { AnalysisService } from "../services/analysisService.js";
import { documentOf } from "../services/documents.js";

/** Names a layer in the arguments of a command: plain data, so that links can carry it. */
export interface LayerReference {
  /** Of the file or the notebook. */
  readonly uri: string;
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

/** A layer and the document it stands in. */
export interface FoundLayer {
  readonly layer: Layer;
  readonly document: vscode.TextDocument;
}

export function referenceTo(uri: vscode.Uri, { site }: Layer): LayerReference {
  const { line, column, cell } = site;
  return { uri: uri.toString(), line, column, ...(cell === undefined ? {} : { cell }) };
}

/** The layer that a command is about: what it names, else the one under the cursor. */
export async function findLayer(
  analyses: AnalysisService,
  reference: LayerReference | undefined,
): Promise<FoundLayer | undefined> {
  if (!reference) return layerAtCursor(analyses);
  const { line, column, cell } = reference;
  const site = { file: "", line, column, ...(cell === undefined ? {} : { cell }) };
  const document = documentOf(vscode.Uri.parse(reference.uri), site);
  const layer = document && (await analyses.layerAt(document, new vscode.Position(line - 1, column - 1)));
  return layer && { layer, document };
}

async function layerAtCursor(analyses: AnalysisService): Promise<FoundLayer | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const layer = (await analyses.layerAt(document, selection.active)) ?? (await onlyLayer(analyses, document));
  return layer && { layer, document };
}

/** In a document with one layer, such as a short cell, that one is meant wherever the cursor is. */
async function onlyLayer(
  analyses: AnalysisService,
  document: vscode.TextDocument,
): Promise<Layer | undefined> {
  const layers = await analyses.layersIn(document);
  return layers.length === 1 ? layers[0] : undefined;
}
