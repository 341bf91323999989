import * as vscode from "vscode";
import type { Severities } from "../../views/shownFindings.js";

/** The settings as they are for one document, read when needed so that a change counts at once. */
export interface Settings {
  readonly codeLens: "all" | "problems" | "off";
  readonly hover: boolean;
  readonly inlayHints: boolean;
  readonly sparkline: "current line" | "all" | "off";
  readonly diagnostics: boolean;
  readonly severities: Severities;
  readonly seed: string;
  readonly bins: number;
  /** Folders of installed packages besides those of the environment; relative ones lie in the workspace. */
  readonly searchPaths: readonly string[];
}

export function settings(scope?: vscode.ConfigurationScope): Settings {
  const configured = vscode.workspace.getConfiguration("initLens", scope);
  return {
    codeLens: configured.get("codeLens", "all"),
    hover: configured.get("hover.enabled", true),
    inlayHints: configured.get("inlayHints.enabled", false),
    sparkline: configured.get("sparkline", "current line"),
    diagnostics: configured.get("diagnostics.enabled", true),
    severities: configured.get<Severities>("diagnostics.severity", {}),
    seed: configured.get("preview.seed", "0"),
    bins: configured.get("preview.bins", 50),
    searchPaths: configured.get<string[]>("analysis.searchPaths", []),
  };
}
