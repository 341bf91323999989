import * as vscode from "vscode";
import { insertActualWeights } from "../../notebook/actualWeights.js";
import { rolesPreview, schemesPreview, weightPreview } from "../../preview/preview.js";
import type { CursorFollower } from "../charts/cursorFollower.js";
import type { PreviewPanel } from "../charts/previewPanel.js";
import { lookCloser, showModel, showPreview } from "../charts/showChart.js";
import { showSignal } from "../charts/showSignal.js";
import type { WorkspaceCheck } from "../findings/workspaceCheck.js";
import { type FoundLayer, findLayer, type LayerReference } from "../lenses/layerReference.js";
import { copyReport, copySnippet, translate } from "../lenses/layerTexts.js";
import type { AnalysisService } from "../services/analysisService.js";
import type { ChartService } from "../services/chartService.js";
import type { ModelService } from "../services/modelService.js";
import { applyRecommended } from "./applyRecommended.js";
import { chooseCall } from "./chooseCall.js";
import { setExampleInput } from "./exampleInput.js";
import { insertSnippet, insertSnippetAtCursor } from "./snippetInsertion.js";

/** What commands work with. */
export interface Services {
  readonly analyses: AnalysisService;
  readonly charts: ChartService;
  readonly panel: PreviewPanel;
  readonly follower: CursorFollower;
  readonly check: WorkspaceCheck;
  readonly models: ModelService;
  readonly log: vscode.LogOutputChannel;
}

/** What a command does with the layer it is about; `isNamed` where a link named it, not the cursor. */
type LayerCommand = (services: Services, found: FoundLayer, isNamed: boolean) => Promise<void>;

/** Where no layer is, the code of a weight of unknown size is written instead. */
const insertSnippetHere: LayerCommand = (_services, found) => insertSnippet(found);

/** The commands on a layer: the one a link names, else the one under the cursor. */
const LAYER_COMMANDS: ReadonlyMap<string, LayerCommand> = new Map<string, LayerCommand>([
  ["initLens.previewWeights", (services, found) => showPreview(services, found, weightPreview(found.layer))],
  ["initLens.compareSchemes", (services, found) => showPreview(services, found, schemesPreview(found.layer))],
  ["initLens.compareStarts", (services, found) => showPreview(services, found, rolesPreview(found.layer))],
  ["initLens.lookCloser", lookCloser],
  ["initLens.showActualWeights", (_services, found) => insertActualWeights(found)],
  ["initLens.insertSnippet", insertSnippetHere],
  ["initLens.applyRecommended", ({ analyses }, found, isNamed) => applyRecommended(analyses, found, isNamed)],
  ["initLens.copySnippet", (_services, found) => copySnippet(found)],
  ["initLens.translate", (_services, found) => translate(found)],
  ["initLens.chooseCall", ({ analyses }, found) => chooseCall(analyses, found)],
]);

/** The commands that need no layer. */
const OTHER_COMMANDS: ReadonlyMap<string, (services: Services) => Promise<void>> = new Map([
  ["initLens.copyReport", copyReportHere],
  ["initLens.showModel", showModel],
  ["initLens.showSignal", showSignal],
  ["initLens.setExampleInput", setExampleInput],
  ["initLens.followCursor", ({ follower }: Services) => follower.start()],
  ["initLens.stopFollowingCursor", ({ follower }: Services) => follower.stop()],
  ["initLens.checkWorkspace", ({ check }: Services) => check.run()],
]);

async function copyReportHere({ analyses }: Services): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document) await copyReport(analyses, document);
}

export function registerCommands(services: Services): vscode.Disposable {
  const onLayers = [...LAYER_COMMANDS].map(([id, run]) =>
    vscode.commands.registerCommand(id, (reference?: unknown) => {
      const named = isReference(reference) ? reference : undefined;
      return reporting(services, () => onLayer(services, named, run));
    }),
  );
  const others = [...OTHER_COMMANDS].map(([id, run]) =>
    vscode.commands.registerCommand(id, () => reporting(services, () => run(services))),
  );
  return vscode.Disposable.from(...onLayers, ...others);
}

/** A menu gives its commands what it likes. */
function isReference(value: unknown): value is LayerReference {
  const { uri, line, column } = (value ?? {}) as Partial<LayerReference>;
  return typeof uri === "string" && typeof line === "number" && typeof column === "number";
}

async function onLayer(
  services: Services,
  reference: LayerReference | undefined,
  run: LayerCommand,
): Promise<void> {
  const found = await findLayer(services.analyses, reference);
  const editor = vscode.window.activeTextEditor;
  if (found) await run(services, found, reference !== undefined);
  else if (run === insertSnippetHere && editor) await insertSnippetAtCursor(editor);
  else {
    const advice = vscode.l10n.t("There is no layer at the cursor. Place it on a line that makes one.");
    void vscode.window.showInformationMessage(advice);
  }
}

/** Runs a command; what goes wrong is said in a sentence and logged. */
async function reporting({ log }: Services, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return;
    const message = error instanceof Error ? error.message : String(error);
    log.error(message);
    void vscode.window.showErrorMessage(`Init Lens: ${message}`);
  }
}
