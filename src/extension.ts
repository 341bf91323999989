import * as vscode from "vscode";
import { ChartMessages } from "./editor/charts/chartMessages.js";
import { CursorFollower } from "./editor/charts/cursorFollower.js";
import { PreviewPanel } from "./editor/charts/previewPanel.js";
import { chartsWarmedBy } from "./editor/charts/warmCharts.js";
import { registerCommands } from "./editor/commands/commands.js";
import { FindingDiagnostics } from "./editor/findings/diagnostics.js";
import { FindingQuickFixes } from "./editor/findings/quickFixes.js";
import { WorkspaceCheck } from "./editor/findings/workspaceCheck.js";
import { LayerCodeLensProvider } from "./editor/lenses/codeLens.js";
import { LayerHoverProvider } from "./editor/lenses/hover.js";
import { ShapeInlayHints } from "./editor/lenses/inlayHints.js";
import { LayerStatus } from "./editor/lenses/layerStatus.js";
import { registerLayerTool } from "./editor/lenses/layerTool.js";
import { SchemeCompletion } from "./editor/lenses/schemeCompletion.js";
import { Sparklines } from "./editor/lenses/sparklines.js";
import { ModelView } from "./editor/models/modelView.js";
import { AnalysisService } from "./editor/services/analysisService.js";
import { ChartService } from "./editor/services/chartService.js";
import { FileChanges } from "./editor/services/fileChanges.js";
import { ModelService } from "./editor/services/modelService.js";
import { ChosenInterpreter } from "./editor/services/pythonExtension.js";
import { SearchPathFinder } from "./editor/services/searchPaths.js";
import { workerScript } from "./editor/services/workerScript.js";
import { WorkspaceIndex } from "./editor/services/workspaceIndex.js";
import { CellStatusProvider } from "./notebook/cellStatus.js";
import { registerKernel } from "./notebook/kernel.js";
import { answerOutputs } from "./notebook/outputMessages.js";
import { SamplerPool } from "./sample/client.js";
import { workerHost } from "./sample/startWorker.js";

/** Worker threads that know something (files; how charts are drawn) end when unused for this long. */
const LONG_IDLE = 10 * 60_000;

/** Makes the services once and gives each surface what it needs. */
export function activate({ extensionUri, subscriptions, workspaceState }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Init Lens", { log: true });
  const host = workerHost(workerScript(extensionUri));
  const analysisPool = new SamplerPool(host, { workers: 1, idleMilliseconds: LONG_IDLE });
  const modelPool = new SamplerPool(host, { workers: 1 });
  const chartPool = new SamplerPool(host, { idleMilliseconds: LONG_IDLE });
  const interpreter = new ChosenInterpreter(log);
  const files = new FileChanges();
  const paths = new SearchPathFinder(interpreter);
  const indexPool = new SamplerPool(host, { workers: 1 });
  const index = new WorkspaceIndex(indexPool, files);
  const analyses = new AnalysisService({ pool: analysisPool, files, paths, index, log });
  const charts = new ChartService(chartPool);
  const messages = new ChartMessages(charts, analyses, log);
  const panel = new PreviewPanel(extensionUri, messages);
  const follower = new CursorFollower(analyses, charts, panel);
  const models = new ModelService(modelPool, paths, files);
  const check = new WorkspaceCheck(analyses);
  subscriptions.push(
    log,
    { dispose: () => analysisPool.close() },
    { dispose: () => chartPool.close() },
    interpreter,
    interpreter.onDidChange(() => analyses.refreshAll()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("initLens.analysis")) analyses.refreshAll();
    }),
    files,
    index,
    { dispose: () => indexPool.close() },
    analyses,
    panel,
    follower,
    registerKernel(analyses, charts),
    new LayerCodeLensProvider(analyses, chartsWarmedBy(charts)),
    new LayerHoverProvider(analyses).register(),
    new FindingDiagnostics(analyses),
    new FindingQuickFixes(analyses).register(),
    answerOutputs(messages),
    check,
    new Sparklines(analyses),
    new ShapeInlayHints(analyses),
    new LayerStatus(analyses),
    new SchemeCompletion(analyses).register(),
    registerLayerTool(analyses),
    { dispose: () => modelPool.close() },
    models,
    new ModelView({ models, analyses, index, log }, workspaceState),
    new CellStatusProvider(analyses).register(),
    registerCommands({ analyses, charts, panel, follower, check, models, log }),
  );
}
