import * as vscode from "vscode";
import type { Analysis } from "../../types.js";
import { writtenCalls } from "../../views/callChoices.js";
import { askModel } from "./modelExpression.js";

/** Under which key a workspace keeps what people added, by file. */
const KEY = "initLens.addedModels";

/** An expression that builds a model, added to a file's own. */
export interface AddedModel {
  readonly call: string;
  /** The address of the file that it is evaluated in; absent where that is the file itself. */
  readonly from?: string;
}

/** The models that people added to those that files build by themselves, kept with the workspace. */
export class AddedModels {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  of(uri: vscode.Uri): readonly AddedModel[] {
    return this.#all()[uri.toString()] ?? [];
  }

  async add(uri: vscode.Uri, added: AddedModel): Promise<void> {
    await this.remove(uri, added);
    await this.#set(uri, [...this.of(uri), added]);
  }

  async remove(uri: vscode.Uri, { call, from }: AddedModel): Promise<void> {
    const others = this.of(uri).filter((one) => one.call !== call || one.from !== from);
    await this.#set(uri, others);
  }

  #all(): Readonly<Record<string, readonly AddedModel[]>> {
    return this.#state.get(KEY, {});
  }

  async #set(uri: vscode.Uri, models: readonly AddedModel[]): Promise<void> {
    await this.#state.update(KEY, { ...this.#all(), [uri.toString()]: models });
  }
}

/** Asks which model of a file to add: one of the calls that programs make, or an expression of one's own. */
export async function askForModel(
  uri: vscode.Uri,
  analysis: Promise<Analysis | undefined>,
): Promise<AddedModel | undefined> {
  const other = { label: vscode.l10n.t("Another expression…"), description: "", added: undefined };
  const items = analysis.then((known) => [
    ...writtenCalls(known?.layers ?? []).map(({ call, site, description }) => ({
      label: call,
      description,
      added: site.file === uri.path ? { call } : { call, from: uri.with({ path: site.file }).toString() },
    })),
    other,
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Add a model"),
    placeHolder: vscode.l10n.t("A call that builds it"),
    matchOnDescription: true,
  });
  return picked === undefined ? undefined : (picked.added ?? (await writtenModel()));
}

async function writtenModel(): Promise<AddedModel | undefined> {
  const call = await askModel(vscode.l10n.t("Add a model"));
  return call === undefined ? undefined : { call };
}
