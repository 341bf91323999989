/** The rows of the model view: what each is, and how it is shown. */
import * as vscode from "vscode";
import { describe } from "../../init/describe.js";
import { fileName } from "../../sites.js";
import type { ModelReport, Parameter, Site } from "../../types.js";
import { shapeText } from "../../views/layerText.js";
import { initStatus, type ModuleNode, totalText } from "../../views/modelTree.js";
import { documentOf, rangeOf } from "../services/documents.js";
import type { AddedModel } from "./addedModels.js";

/** A model, of the file `uri`. */
export interface ModelNode {
  readonly kind: "model";
  readonly report: ModelReport;
  readonly tree: ModuleNode;
  readonly uri: vscode.Uri;
  /** Null for one that its file builds by itself. */
  readonly added: AddedModel | null;
}

/** A row of the tree. */
export type Node =
  | ModelNode
  /** An added model that cannot be built. */
  | { readonly kind: "failure"; readonly added: AddedModel; readonly error: string; readonly uri: vscode.Uri }
  | { readonly kind: "module"; readonly tree: ModuleNode; readonly uri: vscode.Uri }
  | { readonly kind: "parameter"; readonly parameter: Parameter; readonly uri: vscode.Uri }
  /** A file that builds no model by itself. */
  | { readonly kind: "empty"; readonly uri: vscode.Uri }
  | { readonly kind: "file"; readonly uri: vscode.Uri }
  /** All files of the workspace that build models. */
  | { readonly kind: "workspace" };

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

type Look<Kind extends Node["kind"]> = (node: Extract<Node, { readonly kind: Kind }>) => vscode.TreeItem;

const LOOKS: { readonly [Kind in Node["kind"]]: Look<Kind> } = {
  model: ({ report, tree, added }) => ({
    label: report.call,
    description: [totalText(tree.total), added?.from && fileName(added.from)].filter(Boolean).join(" · "),
    iconPath: new vscode.ThemeIcon("symbol-class"),
    collapsibleState: Expanded,
    tooltip: modelTooltip(report),
    contextValue: added ? "addedModel" : "model",
  }),
  failure: ({ added, error }) => ({
    label: added.call,
    description: error,
    tooltip: error,
    iconPath: new vscode.ThemeIcon("warning"),
  }),
  module: ({ tree }) => ({
    label: tree.name,
    description: totalText(tree.total),
    iconPath: new vscode.ThemeIcon("symbol-module"),
    collapsibleState: Collapsed,
  }),
  parameter: ({ parameter, uri }) => {
    const status = initStatus(parameter);
    return {
      label: parameter.name.split(/[./]/).at(-1) ?? parameter.name,
      description: parameterText(parameter),
      iconPath: new vscode.ThemeIcon(STATUS_ICONS[status]),
      tooltip: `${parameter.name} (${parameter.layer}): ${parameterText(parameter)}\n${statusText(status)}`,
      command: openCommand(uri, parameter.site),
    };
  },
  empty: () => ({ description: vscode.l10n.t("builds no model without arguments"), label: "" }),
  file: ({ uri }) => ({
    id: uri.toString(),
    label: fileName(uri.path),
    resourceUri: uri,
    iconPath: vscode.ThemeIcon.File,
    description: folderText(uri),
    collapsibleState: Collapsed,
  }),
  workspace: () => ({
    id: "workspace",
    label: vscode.l10n.t("Workspace"),
    iconPath: new vscode.ThemeIcon("files"),
    collapsibleState: Collapsed,
  }),
};

/** How a row is shown. Of several models in a file the modules are shown when asked for. */
export function treeItem(node: Node, isOneOfMany: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem("", None);
  item.contextValue = node.kind;
  Object.assign(item, look(node));
  if (isOneOfMany) item.collapsibleState = Collapsed;
  return item;
}

function look<Kind extends Node["kind"]>(
  node: Extract<Node, { readonly kind: Kind }> & Node,
): vscode.TreeItem {
  return (LOOKS[node.kind] as Look<Node["kind"]>)(node);
}

const STATUS_ICONS = { default: "circle-outline", set: "circle-filled", unknown: "question" } as const;

function statusText(status: ReturnType<typeof initStatus>): string {
  switch (status) {
    case "default":
      return vscode.l10n.t("As the framework draws by default");
    case "set":
      return vscode.l10n.t("Set by the program");
    case "unknown":
      return vscode.l10n.t("Not known");
  }
}

function modelTooltip({ parameters, complete, diagnostics }: ModelReport): string {
  const count = vscode.l10n.t("{0} parameters", parameters.length);
  if (complete) return count;
  const reasons = [...new Set(diagnostics.map(({ message }) => message))].slice(0, 5);
  return [count, vscode.l10n.t("There may be more:"), ...reasons].join("\n");
}

/** `10×64 · draws U(±0.125)`. */
export const parameterText = ({ shape, current }: Parameter): string =>
  `${shapeText(shape)} · draws ${describe(current)}`;

/** Opens the place where a parameter's layer is made, be it in this document or in another file. */
export function openCommand(uri: vscode.Uri, site: Site) {
  const own = site.file === uri.path ? documentOf(uri, site)?.uri : undefined;
  const target = own ?? uri.with({ path: site.file });
  const options: vscode.TextDocumentShowOptions = { selection: rangeOf(site), preserveFocus: false };
  return { title: vscode.l10n.t("Go to source"), command: "vscode.open", arguments: [target, options] };
}

function folderText(uri: vscode.Uri): string {
  const path = vscode.workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
