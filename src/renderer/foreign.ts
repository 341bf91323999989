/** Vega-Lite charts that are not ours: Altair 6's outputs, which nothing else in the editor draws. */
import type { View } from "vega";
import { compiled, dataflow, makeView, refusingLoader } from "../charts/drawing";
import type { Spec } from "../charts/spec";
import type { Theme } from "../charts/theme";
import { boundedInterpreter } from "./budget";
import { make, notice } from "./elements";
import { makeFrame, oncePerFrame } from "./frame";
import { textTooltip } from "./tooltip";
import { cleanSpec } from "./untrusted";
import { showNotice } from "./view";

/** An output longer than this is not read at all. */
export const MAX_SPEC_BYTES = 5_000_000;

/** Draws a specification of unknown origin, or says why not. */
export function showVegaLite(element: HTMLElement, text: string): { dispose(): void; ready?: Promise<void> } {
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch {
    return showNotice(element, "This chart cannot be shown: its data is not valid JSON.");
  }
  const cleaned = cleanSpec(source);
  if (!cleaned.ok) return showNotice(element, cleaned.reason);
  return showCleaned(element, cleaned.spec, cleaned.warnings);
}

function showCleaned(element: HTMLElement, spec: Spec, warnings: readonly string[]) {
  const redraw = oncePerFrame(() => void draw());
  const frame = makeFrame(element, redraw.request);
  const chart = make("div", { class: "foreign" });
  frame.view.append(chart, ...warnings.map(notice));
  let undo = () => {};
  let generation = 0;
  const fail = (error: unknown) => {
    undo();
    undo = () => {};
    const reason = error instanceof Error ? error.message : String(error);
    chart.replaceChildren(notice(`This chart cannot be shown: ${reason.slice(0, 200)}.`));
  };

  async function draw(): Promise<void> {
    const width = frame.width();
    if (width === 0) return;
    const mine = ++generation;
    const container = make("div");
    const bindings = make("div");
    const tooltip = textTooltip(frame.view);
    let view: View | undefined;
    let failed: unknown;
    try {
      const interpreter = boundedInterpreter();
      view = makeView(dataflow(compiled(themed(spec, frame.theme(), width))), {
        renderer: "svg",
        container,
        bind: bindings,
        tooltip: tooltip.handler,
        loader: refusingLoader(),
        interpreter,
        onError: (error) => {
          failed ??= error;
        },
      });
      await view.runAsync();
      if (failed !== undefined) throw failed;
    } catch (error) {
      view?.finalize();
      tooltip.dispose();
      if (mine === generation) fail(error);
      return;
    }
    const drawn = view;
    if (mine !== generation) {
      drawn.finalize();
      return;
    }
    undo();
    undo = () => {
      drawn.finalize();
      tooltip.dispose();
    };
    chart.replaceChildren(container, bindings);
  }

  return {
    ready: draw(),
    dispose: () => {
      generation++;
      redraw.cancel();
      undo();
      frame.disposables.dispose();
    },
  };
}

/** The editor's colours below the chart's own configuration, which wins. */
function themed(spec: Spec, theme: Theme, width: number): Spec {
  const { foreground, muted, grid, font } = theme;
  const text = { labelColor: muted, titleColor: foreground };
  const ours: Record<string, Spec> = {
    axis: { ...text, gridColor: grid, domainColor: grid, tickColor: grid },
    legend: text,
    header: text,
    title: { color: foreground, subtitleColor: muted },
    text: { color: foreground },
    view: { stroke: grid },
    range: { category: [...theme.series] },
  };
  const theirs = (spec.config ?? {}) as Record<string, Spec>;
  const config: Record<string, Spec | string> = { font, background: theme.background, ...theirs };
  for (const [part, look] of Object.entries(ours)) {
    const own = theirs[part];
    config[part] =
      typeof own === "object" && own !== null && !Array.isArray(own) ? { ...look, ...own } : look;
  }
  const sized =
    spec.width === "container"
      ? { ...spec, width: width - 40, autosize: { type: "fit-x", contains: "padding" } }
      : spec;
  return { ...sized, config } as Spec;
}
