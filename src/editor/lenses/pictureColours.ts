import * as vscode from "vscode";
import type { PictureColours } from "../../views/sparkline.js";

export const LIGHT: PictureColours = {
  current: "#1f6fb2",
  recommended: "#c2570c",
  axis: "#9a9a9a",
  text: "#5a5a5a",
};

const DARK: PictureColours = { current: "#5aa9e6", recommended: "#ffb454", axis: "#6a6a6a", text: "#b0b0b0" };

const HIGH_CONTRAST: PictureColours = {
  current: "#3ff23f",
  recommended: "#ffd700",
  axis: "#ffffff",
  text: "#ffffff",
};

/** For any of the dark themes that may be in use. */
export function darkColours(): PictureColours {
  return vscode.window.activeColorTheme.kind === vscode.ColorThemeKind.HighContrast ? HIGH_CONTRAST : DARK;
}

/** For the theme in use. */
export function themeColours(): PictureColours {
  const { Light, HighContrastLight } = vscode.ColorThemeKind;
  const { kind } = vscode.window.activeColorTheme;
  return kind === Light || kind === HighContrastLight ? LIGHT : darkColours();
}
