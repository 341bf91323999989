/** A chart description is plain JSON: the part of Vega-Lite 6 that Vega-Lite 5 reads too. */
import { wrap } from "./textWidth";
import type { Theme } from "./theme";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Spec = { readonly [key: string]: Json };

export const VEGA_LITE_5 = "https://vega.github.io/schema/vega-lite/v5.json";

/**
 * What a chart may be told from outside. The width is the whole picture's, the height that of the
 * plotting area alone, in CSS pixels.
 */
export interface ChartOptions {
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  /** The part of the horizontal axis to show; absent = all. */
  readonly zoom?: readonly [number, number] | undefined;
  /** Whether the chart may select a part of its horizontal axis by dragging. */
  readonly interactive: boolean;
}

export const PADDING = 12;

/** The name of the selection that a drag along the axis makes. */
export const BRUSH = "brush";

/** What every chart has: the question as its title, the answer in figures below it, the theme's colours. */
export function frame(question: string, answer: string, options: ChartOptions): Record<string, Json> {
  const { theme } = options;
  const width = options.width - 2 * PADDING;
  return {
    $schema: VEGA_LITE_5,
    description: `${question} ${answer}`,
    title: {
      text: wrap(question, width, theme.fontSize * 1.25),
      subtitle: wrap(answer, width, theme.fontSize),
      anchor: "start",
      frame: "bounds",
      offset: 14,
      color: theme.foreground,
      fontSize: Math.round(theme.fontSize * 1.25),
      fontWeight: 600,
      subtitleColor: theme.muted,
      subtitleFontSize: theme.fontSize,
      subtitlePadding: 6,
    },
    background: theme.background,
    padding: PADDING,
    autosize: { type: "fit-x", contains: "padding" },
    config: config(theme),
  };
}

function config(theme: Theme): Spec {
  return {
    font: theme.font,
    view: { stroke: null },
    axis: {
      labelColor: theme.muted,
      titleColor: theme.muted,
      labelFontSize: theme.fontSize - 1,
      titleFontSize: theme.fontSize - 1,
      titleFontWeight: "normal",
      gridColor: theme.grid,
      domainColor: theme.grid,
      tickColor: theme.grid,
      titlePadding: 8,
      labelOverlap: true,
    },
    axisX: { grid: false },
    axisY: { domain: false, ticks: false, labelPadding: 6 },
    legend: {
      labelColor: theme.foreground,
      labelFontSize: theme.fontSize,
      titleColor: theme.muted,
      labelLimit: 600,
      orient: "top",
      direction: "vertical",
      title: null,
      symbolStrokeWidth: 2.5,
      symbolSize: 300,
      symbolOpacity: 1,
      offset: 6,
    },
    text: { fontSize: theme.fontSize - 1, font: theme.font },
  };
}

/** How many marks of one kind a chart may have: a static picture must stay under 30 kB. */
export function mostMarks({ interactive }: ChartOptions): number {
  return interactive ? 400 : 160;
}

/** Marks are clipped only where some may lie outside: clip paths are what sanitisers break first. */
export function clips({ zoom }: ChartOptions): boolean {
  return zoom !== undefined;
}

/** A selection of a part of the horizontal axis, where the chart may have one. */
export function brush(options: ChartOptions): readonly Json[] {
  if (!options.interactive) return [];
  const mark = { fill: options.theme.foreground, fillOpacity: 0.12, stroke: options.theme.foreground };
  return [
    { name: BRUSH, select: { type: "interval", encodings: ["x"], translate: false, zoom: false, mark } },
  ];
}
