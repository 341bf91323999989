/** The editor's theme as colours for a chart, read from `--vscode-*` variables, and when it changes. */
import { LIGHT, makeTheme, mix, type Theme } from "../charts/theme";

const BACKGROUNDS = ["--vscode-notebook-outputContainerBackgroundColor", "--vscode-editor-background"];
const FOREGROUNDS = ["--vscode-editor-foreground", "--vscode-foreground"];

/** The theme that holds where `element` stands; the light card where no editor says otherwise. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const ground = firstColour(style, ["--vscode-editor-background"], LIGHT.background) ?? LIGHT.background;
  const background = firstColour(style, BACKGROUNDS, ground) ?? ground;
  const foreground = firstColour(style, FOREGROUNDS, background) ?? LIGHT.foreground;
  const fontSize = Number.parseFloat(style.getPropertyValue("--vscode-font-size"));
  return makeTheme(background, foreground, {
    font: style.getPropertyValue("--vscode-font-family").trim() || LIGHT.font,
    fontSize:
      Number.isFinite(fontSize) && fontSize >= 8 && fontSize <= 40
        ? Math.max(11, fontSize - 1)
        : LIGHT.fontSize,
  });
}

/** Calls back after a change of theme, of font or of zoom; the answer ends that. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  const attributes = { attributes: true, attributeFilter: ["class", "style", "data-vscode-theme-kind"] };
  observer.observe(document.documentElement, attributes);
  observer.observe(document.body, attributes);
  return () => observer.disconnect();
}

function firstColour(style: CSSStyleDeclaration, names: readonly string[], ground: string): string | null {
  for (const name of names) {
    const colour = opaque(style.getPropertyValue(name), ground);
    if (colour) return colour;
  }
  return null;
}

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const RGB = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)(?:[,/\s]+([\d.]+)(%?))?\s*\)$/i;

/** A CSS colour laid over `ground`, as `#rrggbb`; `null` where it is none, or nearly transparent. */
export function opaque(colour: string, ground: string): string | null {
  const text = colour.trim();
  const [red, green, blue, alpha] = HEX.test(text) ? fromHex(text) : fromRgb(text);
  if (red === undefined || green === undefined || blue === undefined || alpha === undefined || alpha < 0.1)
    return null;
  const solid = `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
  return mix(ground, solid, Math.min(1, alpha));
}

function fromHex(text: string): number[] {
  const digits = text.slice(1);
  const pairs = digits.length <= 4 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0, alpha = 255] = pairs.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue, alpha / 255];
}

function fromRgb(text: string): number[] {
  const [, red, green, blue, alpha = "1", percent] = RGB.exec(text) ?? [];
  if (red === undefined) return [];
  return [Number(red), Number(green), Number(blue), Number(alpha) / (percent ? 100 : 1)];
}
