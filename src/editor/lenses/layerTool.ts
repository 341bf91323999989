import * as vscode from "vscode";
import type { Layer } from "../../types.js";
import type { AnalysisService } from "../services/analysisService.js";
import { LANGUAGES } from "../services/documents.js";

const NAME = "initLens_layers";

interface Input {
  /** A path in the workspace, or an absolute one. */
  readonly file: string;
  /** Only the layer made on this line; lines start at 1. */
  readonly line?: number;
}

/** Lets chat assistants ask for the figures of a file's layers. Reads, and changes nothing. */
export function registerLayerTool(analyses: AnalysisService): vscode.Disposable {
  return vscode.lm.registerTool<Input>(NAME, {
    prepareInvocation: ({ input }) => ({
      invocationMessage: vscode.l10n.t("Reading the layers of {0}", input.file),
    }),
    async invoke({ input }) {
      const answer = await layersAsked(analyses, input);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
    },
  });
}

async function layersAsked(analyses: AnalysisService, { file, line }: Input): Promise<unknown> {
  const uri = uriOf(file);
  if (!uri) return { error: `There is no folder open in which ${file} could be.` };
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    if (!LANGUAGES.includes(document.languageId)) return { error: `${file} is not a Python file.` };
    const analysis = await analyses.current(document);
    if (!analysis) return { error: `${file} could not be analysed.` };
    const layers = analysis.layers.filter(({ site }) => line === undefined || site.line === line);
    return { file: analysis.file, layers: layers.map(plain), diagnostics: analysis.diagnostics };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** What the command line prints of a layer, without the schemes that nobody chose. */
function plain({ schemes: _schemes, ...layer }: Layer): Omit<Layer, "schemes"> {
  return layer;
}

function uriOf(file: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (/^[a-z][a-z\d+.-]+:\//i.test(file)) return vscode.Uri.parse(file);
  if (file.startsWith("/") || /^[a-z]:[\\/]/i.test(file)) {
    return folders[0]
      ? vscode.Uri.file(file).with({ scheme: folders[0].uri.scheme, authority: folders[0].uri.authority })
      : vscode.Uri.file(file);
  }
  return folders[0] && vscode.Uri.joinPath(folders[0].uri, file);
}
