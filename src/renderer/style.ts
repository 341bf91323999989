/** The look of a view. Colours come from the chart's own theme, whose contrasts are computed, not hoped for. */
import type { Theme } from "../charts/theme";

const RULES = `
:host { display: block; }
.view { position: relative; max-width: 920px; color: var(--ink); background: var(--ground); font: var(--size)/1.45 var(--font); border-radius: 4px; }
.view *, .view *::before { box-sizing: border-box; }
.chart { outline-offset: -2px; overflow-x: auto; }
.chart:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--focus); }
.chart svg { display: block; }
.tools { display: flex; flex-wrap: wrap; gap: 4px; padding: 0 12px 8px; align-items: center; }
button { font: inherit; color: var(--ink); background: transparent; border: 1px solid var(--edge); border-radius: 4px; padding: 2px 9px; cursor: pointer; }
button:hover { background: var(--hover); }
button.main { background: var(--series); color: var(--onseries); border-color: var(--series); }
button[disabled] { color: var(--muted); cursor: default; }
.gap { flex: 1; }
button[aria-expanded=true] { border-color: var(--ink); background: var(--hover); }
section { padding: 0 12px 8px; }
section p { margin: 4px 0; }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px 12px; padding: 8px 0; }
.field { display: grid; gap: 2px; color: var(--muted); }
select, input { font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: 4px; padding: 2px 6px; min-width: 0; width: 100%; accent-color: var(--series); }
input[type=range] { padding: 0; }
.tables { display: flex; flex-wrap: wrap; gap: 8px 32px; max-height: 360px; overflow: auto; }
table { border-collapse: collapse; margin: 6px 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: 4px 0; }
th, td { text-align: left; font-weight: normal; padding: 2px 16px 2px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--muted); }
.status { min-height: 0; color: var(--muted); padding: 0 12px; }
.status:not(:empty) { padding-bottom: 8px; }
.status.failed { color: var(--ink); border-left: 3px solid var(--alarm); margin: 0 12px 8px; padding: 2px 8px; }
progress { vertical-align: middle; accent-color: var(--series); width: 120px; }
.notice { margin: 0; padding: 10px 12px; border-left: 3px solid var(--alarm); color: var(--ink); overflow-wrap: anywhere; }
.tooltip { position: absolute; z-index: 2; pointer-events: none; max-width: 340px; padding: 4px 8px; color: var(--ink); background: var(--ground); border: 1px solid var(--edge); border-radius: 4px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.foreign { padding: 8px; overflow: auto; }
.vega-bindings { display: grid; gap: 4px; padding: 8px 0; color: var(--ink); }
[hidden] { display: none !important; }
`;

let sheet: CSSStyleSheet | undefined;

/** Gives a shadow root the look: one sheet for all views, made by script, so that no policy forbids it. */
export function applyStyle(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES);
  }
  root.adoptedStyleSheets = [sheet];
}

/** Hands the theme's colours to the style sheet. */
export function applyTheme(view: HTMLElement, theme: Theme, colours: { hover: string; edge: string }): void {
  const variables: Readonly<Record<string, string>> = {
    "--ink": theme.foreground,
    "--ground": theme.background,
    "--muted": theme.muted,
    "--line": theme.grid,
    "--hover": colours.hover,
    "--edge": colours.edge,
    "--focus": theme.series[0] ?? theme.foreground,
    "--series": theme.series[0] ?? theme.foreground,
    "--onseries": theme.background,
    "--alarm": theme.series[1] ?? theme.foreground,
    "--font": theme.font,
    "--size": `${theme.fontSize}px`,
  };
  for (const [name, value] of Object.entries(variables)) view.style.setProperty(name, value);
}
