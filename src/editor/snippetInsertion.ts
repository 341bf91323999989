import * as vscode from "vscode";
import { mainParameter, scaleText, schemeName } from "../layerText.js";
import { previewCode } from "../previewCode.js";
import type { Layer } from "../types.js";
import type { FoundLayer } from "./layerReference.js";

/** Asks for a scheme, with its figures for this layer, and writes its code below the layer's line. */
export async function insertSnippet({ layer, document }: FoundLayer): Promise<void> {
  const scheme = await pickScheme(layer);
  if (!scheme) return;
  const shape = (mainParameter(layer)?.shape ?? []).filter((dim) => typeof dim === "number");
  const drawing = {
    role: "drawn" as const,
    label: schemeName(scheme.scheme),
    distribution: scheme.distribution,
  };
  const code = previewCode({ chart: "histogram", shape, drawings: [drawing] }, { seed: "0" });
  const line = document.lineAt((layer.site.endLine ?? layer.site.line) - 1);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, line.range.end, `\n${code}`);
  await vscode.workspace.applyEdit(edit);
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
