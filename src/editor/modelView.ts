import * as vscode from "vscode";
import { describe } from "../init/describe.js";
import type { ModelReport, Parameter, Site } from "../types.js";
import { shapeText } from "../views/layerText.js";
import {
  initStatus,
  type ModuleNode,
  modelCsv,
  modelMarkdown,
  modelTree,
  totalText,
} from "../views/modelTree.js";
import type { AnalysisService } from "./analysisService.js";
import { documentOf, type Module, moduleOf, rangeOf } from "./documents.js";
import type { ModelService } from "./modelService.js";

const VIEW = "initLens.models";
/** Under which key a workspace keeps the expressions that people added, by file. */
const CALLS = "initLens.modelCalls";

/** A row of the tree. */
type Node =
  | {
      readonly kind: "model";
      readonly report: ModelReport;
      readonly tree: ModuleNode;
      readonly uri: vscode.Uri;
    }
  | { readonly kind: "failure"; readonly call: string; readonly error: string }
  | { readonly kind: "module"; readonly tree: ModuleNode; readonly uri: vscode.Uri }
  | { readonly kind: "parameter"; readonly parameter: Parameter; readonly uri: vscode.Uri };

/** The models of the file on screen: their modules and parameters, each a step from its source. */
export class ModelView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #models: ModelService;
  readonly #state: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #disposables: vscode.Disposable[];
  /** The module shown: the last one on screen that is Python. */
  #module: Module | undefined;
  #nodes: readonly Node[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    {
      models,
      analyses,
      log,
    }: { models: ModelService; analyses: AnalysisService; log: vscode.LogOutputChannel },
    state: vscode.Memento,
  ) {
    this.#models = models;
    this.#state = state;
    this.#log = log;
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    const command = (name: string, run: (node?: Node) => Promise<void>) =>
      vscode.commands.registerCommand(`initLens.${name}`, run);
    this.#disposables = [
      this.#changed,
      this.#view,
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      analyses.onDidAnalyse(({ uri }) => {
        if (uri.toString() === this.#module?.uri.toString()) this.#follow(true);
      }),
      this.#view.onDidChangeVisibility(() => this.#follow()),
      command("addModel", () => this.#addModel()),
      command("exportModel", (node) => this.#export(node)),
      command("goToParameter", () => this.#goToParameter()),
      command("refreshModels", async () => this.#follow(true)),
    ];
    this.#follow();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = treeItem(node);
    if (node.kind === "parameter") item.command = openCommand(node.uri, node.parameter.site);
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      this.#nodes = await this.#load();
      return [...this.#nodes];
    }
    if (node.kind !== "model" && node.kind !== "module") return [];
    const { uri } = node;
    return [
      ...node.tree.parameters.map((parameter): Node => ({ kind: "parameter", parameter, uri })),
      ...node.tree.modules.map((tree): Node => ({ kind: "module", tree, uri })),
    ];
  }

  async #load(): Promise<Node[]> {
    const module = this.#module;
    if (!module || !this.#view.visible) return [];
    this.#view.description = module.uri.path.slice(module.uri.path.lastIndexOf("/") + 1);
    try {
      const { reports, failures } = await this.#models.models(module, this.#calls(module.uri));
      const { uri } = module;
      return [
        ...reports.map((report): Node => ({ kind: "model", report, tree: modelTree(report), uri })),
        ...failures.map((failure): Node => ({ kind: "failure", ...failure })),
      ];
    } catch (error) {
      this.#log.error(`models of ${module.uri.toString()}: ${String(error)}`);
      return [];
    }
  }

  /** Shows the models of the file on screen; that of another language leaves the view as it is. */
  #follow(isChanged = false): void {
    const document = vscode.window.activeTextEditor?.document;
    const module = (document && moduleOf(document)) ?? this.#module;
    const isOther = module?.uri.toString() !== this.#module?.uri.toString();
    this.#module = module;
    if (isOther || isChanged || this.#nodes.length === 0) this.#changed.fire(undefined);
  }

  #calls(uri: vscode.Uri): readonly string[] {
    return this.#state.get<Record<string, string[]>>(CALLS, {})[uri.toString()] ?? [];
  }

  async #addModel(): Promise<void> {
    const module = this.#module;
    if (!module) return;
    const call = await vscode.window.showInputBox({
      title: vscode.l10n.t("Add a model"),
      prompt: vscode.l10n.t("An expression that builds it, as it would stand at the end of the file"),
      placeHolder: "Net(hidden=128)",
    });
    if (!call?.trim()) return;
    const all = this.#state.get<Record<string, string[]>>(CALLS, {});
    const calls = [...new Set([...this.#calls(module.uri), call.trim()])];
    await this.#state.update(CALLS, { ...all, [module.uri.toString()]: calls });
    this.#changed.fire(undefined);
  }

  async #export(node?: Node): Promise<void> {
    const models = this.#nodes.filter((one) => one.kind === "model");
    const chosen = node?.kind === "model" ? node : models.length <= 1 ? models[0] : await pickModel(models);
    if (!chosen) return;
    const formats = [
      { label: "Markdown", language: "markdown", write: modelMarkdown },
      { label: "CSV", language: "csv", write: modelCsv },
    ];
    const format = await vscode.window.showQuickPick(formats, { title: vscode.l10n.t("Export as") });
    if (!format) return;
    const content = format.write(chosen.report);
    const language = (await vscode.languages.getLanguages()).includes(format.language)
      ? format.language
      : "plaintext";
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
  }

  /** Search: every parameter of every model shown. */
  async #goToParameter(): Promise<void> {
    const items = this.#nodes.flatMap((node) =>
      node.kind !== "model"
        ? []
        : node.report.parameters.map((parameter) => ({
            label: parameter.name,
            description: parameterText(parameter),
            detail: node.report.call,
            command: openCommand(node.uri, parameter.site),
          })),
    );
    const title = vscode.l10n.t("Go to parameter");
    const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
    if (picked) await vscode.commands.executeCommand(picked.command.command, ...picked.command.arguments);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

async function pickModel(models: readonly Extract<Node, { kind: "model" }>[]) {
  const items = models.map((node) => ({
    label: node.report.call,
    description: totalText(node.tree.total),
    node,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Model") }))?.node;
}

function treeItem(node: Node): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem("", None);
  item.contextValue = node.kind;
  switch (node.kind) {
    case "model": {
      const { report, tree } = node;
      item.label = report.call;
      item.description = totalText(tree.total);
      item.iconPath = new vscode.ThemeIcon("symbol-class");
      item.collapsibleState = Expanded;
      item.tooltip = modelTooltip(report);
      break;
    }
    case "module":
      item.label = node.tree.name;
      item.description = totalText(node.tree.total);
      item.iconPath = new vscode.ThemeIcon("symbol-module");
      item.collapsibleState = Collapsed;
      break;
    case "parameter": {
      const { parameter } = node;
      const status = initStatus(parameter);
      item.label = parameter.name.split(/[./]/).at(-1) ?? parameter.name;
      item.description = parameterText(parameter);
      item.iconPath = new vscode.ThemeIcon(STATUS_ICONS[status]);
      item.tooltip = `${parameter.name} (${parameter.layer}): ${parameterText(parameter)}\n${statusText(status)}`;
      break;
    }
    case "failure":
      item.label = node.call;
      item.description = node.error;
      item.tooltip = node.error;
      item.iconPath = new vscode.ThemeIcon("warning");
  }
  return item;
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

const parameterText = ({ shape, current }: Parameter): string =>
  `${shapeText(shape)} · draws ${describe(current)}`;

/** Opens the place where a parameter's layer is made, be it in this document or in another file. */
function openCommand(uri: vscode.Uri, site: Site) {
  const own = site.file === uri.path ? documentOf(uri, site)?.uri : undefined;
  const target = own ?? uri.with({ path: site.file });
  const options: vscode.TextDocumentShowOptions = { selection: rangeOf(site), preserveFocus: false };
  return { title: vscode.l10n.t("Go to source"), command: "vscode.open", arguments: [target, options] };
}
