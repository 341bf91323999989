import * as vscode from "vscode";
import { AnalysisService } from "./editor/analysisService.js";
import { ChartMessages } from "./editor/chartMessages.js";
import { ChartService } from "./editor/chartService.js";
import { LayerCodeLensProvider } from "./editor/codeLens.js";
import { registerCommands } from "./editor/commands.js";
import { CursorFollower } from "./editor/cursorFollower.js";
import { FindingDiagnostics } from "./editor/diagnostics.js";
import { FileChanges } from "./editor/fileChanges.js";
import { LayerHoverProvider } from "./editor/hover.js";
import { ShapeInlayHints } from "./editor/inlayHints.js";
import { LayerStatus } from "./editor/layerStatus.js";
import { registerLayerTool } from "./editor/layerTool.js";
import { ModelService } from "./editor/modelService.js";
import { ModelView } from "./editor/modelView.js";
import { PreviewPanel } from "./editor/previewPanel.js";
import { ChosenInterpreter } from "./editor/pythonExtension.js";
import { FindingQuickFixes } from "./editor/quickFixes.js";
import { SchemeCompletion } from "./editor/schemeCompletion.js";
import { SearchPathFinder } from "./editor/searchPaths.js";
import { Sparklines } from "./editor/sparklines.js";
import { chartsWarmedBy } from "./editor/warmCharts.js";
import { workerScript } from "./editor/workerScript.js";
import { WorkspaceCheck } from "./editor/workspaceCheck.js";
import { WorkspaceIndex } from "./editor/workspaceIndex.js";
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
