import * as vscode from "vscode";
import { fileName } from "../../sites.js";
import { modelCsv, modelMarkdown, modelTree, totalText } from "../../views/modelTree.js";
import type { AnalysisService } from "../services/analysisService.js";
import { type Module, moduleAt, moduleOf } from "../services/documents.js";
import type { ModelService } from "../services/modelService.js";
import type { WorkspaceIndex } from "../services/workspaceIndex.js";
import { type AddedModel, AddedModels, askForModel } from "./addedModels.js";
import { type ModelNode, type Node, openCommand, parameterText, treeItem } from "./modelNodes.js";

const VIEW = "initLens.models";
const WORKSPACE: Node = { kind: "workspace" };

/** What the view works with. */
export interface ModelSources {
  readonly models: ModelService;
  readonly analyses: AnalysisService;
  readonly index: WorkspaceIndex;
  readonly log: vscode.LogOutputChannel;
}

/** The models of the file on screen, then those of the workspace's other files: each a step from its source. */
export class ModelView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #sources: ModelSources;
  readonly #added: AddedModels;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #disposables: vscode.Disposable[];
  /** The module shown: the last one on screen that is Python. */
  #module: Module | undefined;
  /** Its rows, until they are to be read anew. */
  #own: Promise<Node[]> | undefined;
  /** Every model in the tree, by its file. */
  readonly #shown = new Map<string, readonly ModelNode[]>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sources: ModelSources, state: vscode.Memento) {
    this.#sources = sources;
    this.#added = new AddedModels(state);
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    const command = (name: string, run: (node?: Node) => Promise<void>) =>
      vscode.commands.registerCommand(`initLens.${name}`, run);
    this.#disposables = [
      this.#changed,
      this.#view,
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      sources.analyses.onDidAnalyse(({ uri }) => {
        if (uri.toString() === this.#module?.uri.toString()) this.#follow(true);
      }),
      sources.index.onDidLearn(() => this.#changed.fire(undefined)),
      this.#view.onDidChangeVisibility(() => this.#follow()),
      command("addModel", (node) => this.#add(node)),
      command("removeModel", (node) => this.#remove(node)),
      command("exportModel", (node) => this.#export(node)),
      command("goToParameter", () => this.#goToParameter()),
      command("refreshModels", async () => this.#follow(true)),
    ];
    this.#follow();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const isOneOfMany = node.kind === "model" && (this.#shown.get(node.uri.toString())?.length ?? 0) > 1;
    return treeItem(node, isOneOfMany);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#roots();
      case "workspace":
        return this.#sources.index.modelFiles().map((uri) => ({ kind: "file", uri }));
      case "file":
        return this.#modelsIn(await moduleAt(node.uri));
      case "model":
      case "module": {
        const { uri, tree } = node;
        return [
          ...tree.parameters.map((parameter): Node => ({ kind: "parameter", parameter, uri })),
          ...tree.modules.map((module): Node => ({ kind: "module", tree: module, uri })),
        ];
      }
      default:
        return [];
    }
  }

  async #roots(): Promise<Node[]> {
    if (!this.#view.visible) return [];
    this.#own ??= this.#module ? this.#modelsIn(this.#module) : Promise.resolve([]);
    const own = await this.#own;
    if (this.#sources.index.modelFiles().length > 0) return [...own, WORKSPACE];
    // The welcome text stands in place of an empty tree.
    return own.filter(({ kind }) => kind !== "empty");
  }

  async #modelsIn(module: Module): Promise<Node[]> {
    const { uri } = module;
    const added = this.#added.of(uri);
    const elsewhere = added.filter(({ from }) => from !== undefined);
    const found = [
      await this.#read(module, true, { uri, added: added.filter(({ from }) => from === undefined) }),
      ...(await Promise.all(elsewhere.map((one) => this.#readElsewhere(one, uri)))),
    ].flat();
    const models = found.filter((node) => node.kind === "model");
    this.#shown.set(uri.toString(), models);
    return found.length > 0 ? found : [{ kind: "empty", uri }];
  }

  /** The models of a module as rows of the file `uri`: its own where wanted, and what was added. */
  async #read(
    module: Module,
    withOwn: boolean,
    { uri, added }: { readonly uri: vscode.Uri; readonly added: readonly AddedModel[] },
  ): Promise<Node[]> {
    const calls = added.map(({ call }) => call);
    const addedBy = (call: string) => added.find((one) => one.call === call) ?? null;
    try {
      const { reports, failures } = await this.#sources.models.models(module, { withOwn, calls });
      return [
        ...reports.map((report): Node => {
          return { kind: "model", report, tree: modelTree(report), uri, added: addedBy(report.call) };
        }),
        ...failures.map(
          ({ call, error }): Node => ({ kind: "failure", added: addedBy(call) ?? { call }, error, uri }),
        ),
      ];
    } catch (error) {
      this.#sources.log.error(`models of ${module.uri.toString()}: ${String(error)}`);
      return [];
    }
  }

  async #readElsewhere(added: AddedModel, uri: vscode.Uri): Promise<Node[]> {
    try {
      const module = await moduleAt(vscode.Uri.parse(added.from ?? "", true));
      return await this.#read(module, false, { uri, added: [added] });
    } catch (error) {
      return [{ kind: "failure", added, error: error instanceof Error ? error.message : String(error), uri }];
    }
  }

  /** Shows the models of the file on screen; that of another language leaves the view as it is. */
  #follow(isChanged = false): void {
    const document = vscode.window.activeTextEditor?.document;
    const module = (document && moduleOf(document)) ?? this.#module;
    const isOther = module?.uri.toString() !== this.#module?.uri.toString();
    this.#module = module;
    if (isOther || isChanged) this.#renew();
    else if (this.#own === undefined) this.#changed.fire(undefined);
  }

  #renew(): void {
    this.#own = undefined;
    this.#shown.clear();
    this.#changed.fire(undefined);
  }

  async #add(node?: Node): Promise<void> {
    const uri = node?.kind === "file" ? node.uri : this.#module?.uri;
    if (!uri) return;
    const { analyses } = this.#sources;
    const known = analyses.latest(uri);
    const added = await askForModel(uri, known ? Promise.resolve(known) : analyses.analyseFile(uri));
    if (!added) return;
    await this.#added.add(uri, added);
    this.#renew();
  }

  async #remove(node?: Node): Promise<void> {
    if ((node?.kind !== "model" && node?.kind !== "failure") || !node.added) return;
    await this.#added.remove(node.uri, node.added);
    this.#renew();
  }

  async #export(node?: Node): Promise<void> {
    const models = this.#models();
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
    const items = this.#models().flatMap(({ report, uri }) =>
      report.parameters.map((parameter) => ({
        label: parameter.name,
        description: parameterText(parameter),
        detail: `${report.call} · ${fileName(uri.path)}`,
        command: openCommand(uri, parameter.site),
      })),
    );
    const title = vscode.l10n.t("Go to parameter");
    const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
    if (picked) await vscode.commands.executeCommand(picked.command.command, ...picked.command.arguments);
  }

  #models(): readonly ModelNode[] {
    return [...this.#shown.values()].flat();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

async function pickModel(models: readonly ModelNode[]) {
  const items = models.map((node) => ({
    label: node.report.call,
    description: `${totalText(node.tree.total)} · ${fileName(node.uri.path)}`,
    node,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Model") }))?.node;
}
