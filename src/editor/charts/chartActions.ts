/** What a chart's buttons do outside of it: code onto the clipboard, code into the source, a picture to disk. */
import * as vscode from "vscode";
import type { Payload } from "../../charts/payload.js";
import { isRefusal } from "../../init/refusal.js";
import { chartCode, codeForLayer } from "../../preview/chartCode.js";
import type { ToExtension } from "../../renderer/protocol.js";
import { writeSnippet } from "../commands/snippetInsertion.js";
import type { FoundLayer } from "../lenses/layerReference.js";
import type { AnalysisService } from "../services/analysisService.js";

type Saved = Extract<ToExtension, { type: "save" }>;

/** Copies what the chart draws as code; the answer is a line for its reader. */
export async function copySnippet(payload: Payload): Promise<string> {
  await vscode.env.clipboard.writeText(chartCode(payload));
  return vscode.l10n.t("Copied");
}

/** Writes what the chart shows into the source of its layer; the answer is a line for its reader. */
export async function applyToSource(payload: Payload, analyses: AnalysisService): Promise<string> {
  const found = await findSource(payload, analyses);
  await writeSnippet(found, (style) => {
    const snippet = codeForLayer(payload, found.layer, style);
    if (isRefusal(snippet)) throw new Error(snippet.message);
    return snippet;
  });
  return vscode.l10n.t("Applied to line {0}", found.layer.site.line);
}

/** The layer a chart is of: at its place, else the only one of its class and name. */
async function findSource({ layer }: Payload, analyses: AnalysisService): Promise<FoundLayer> {
  const site = layer?.site;
  if (!site) throw new Error(vscode.l10n.t("This chart does not tell which layer it is of."));
  const documents = await documentsAt(site.file);
  const made = await Promise.all(
    documents.map(async (document) =>
      (await analyses.layersIn(document)).map((one): FoundLayer => ({ document, layer: one })),
    ),
  );
  const alike = made.flat().filter((one) => one.layer.class === layer.class && one.layer.name === layer.name);
  const exact = alike.find(({ layer: { site: its } }) => {
    const sameCell = (its.cell ?? null) === site.cell;
    return sameCell && its.line === site.line && its.column === site.column;
  });
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  const file = site.file.replace(/.*\//, "");
  if (!found) throw new Error(vscode.l10n.t("The layer of this chart is not in {0} any more.", file));
  return found;
}

/** The open documents of a path: a notebook's cells, or a file, which is opened where it is not. */
async function documentsAt(path: string): Promise<readonly vscode.TextDocument[]> {
  const { notebookDocuments, textDocuments, workspaceFolders } = vscode.workspace;
  const notebook = notebookDocuments.find(({ uri }) => uri.path === path);
  if (notebook) return notebook.getCells().map(({ document }) => document);
  const open = textDocuments.find(({ uri }) => uri.path === path);
  if (open) return [open];
  const uri = workspaceFolders?.[0]?.uri.with({ path }) ?? vscode.Uri.file(path);
  return path.endsWith(".ipynb") ? [] : [await vscode.workspace.openTextDocument(uri)];
}

/** Asks where a picture goes and writes it; the answer is a line for its reader, if there is one. */
export async function savePicture({ name, format, data }: Saved): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\w.-]+/g, "-").replace(/\.(svg|png)$/, "")}.${format}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (!target) return undefined;
  const bytes =
    format === "svg" ? new TextEncoder().encode(data) : Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  await vscode.workspace.fs.writeFile(target, bytes);
  return vscode.l10n.t("Saved {0}", target.path.replace(/.*\//, ""));
}
