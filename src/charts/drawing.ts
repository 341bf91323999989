/** Vega-Lite → Vega → a view, without `eval` and without a way to load anything. */
import * as vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Spec } from "./spec";

/** A loader that answers every address with no: charts are data, and data only. */
export function refusingLoader(onRefused: (address: string) => void = () => {}): vega.Loader {
  const refuse = (address: string) => {
    onRefused(String(address).slice(0, 200));
    return Promise.reject(new Error("Init Lens loads nothing from addresses"));
  };
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

/** Vega reports what goes wrong while it runs to its logger alone. */
export function logger(onError: (error: unknown) => void = () => {}): vega.LoggerInterface {
  const log: vega.LoggerInterface = {
    level: ((level?: number) => (level === undefined ? 0 : log)) as vega.LoggerInterface["level"],
    error: (...args) => {
      onError(args[0]);
      return log;
    },
    warn: () => log,
    info: () => log,
    debug: () => log,
  };
  return log;
}

/** Vega's specification of a Vega-Lite one. Throws on a broken one. */
export function compiled(spec: Spec): vega.Spec {
  return compile(spec as unknown as TopLevelSpec, { logger: logger() }).spec;
}

/** The dataflow of Vega's specification, its expressions as syntax trees. Throws on a broken one. */
export function dataflow(spec: vega.Spec): vega.Runtime {
  return vega.parse(spec, undefined, { ast: true } as never);
}

export interface ViewOptions {
  readonly renderer: "none" | "svg" | "canvas";
  /** The element to draw into, where there is a page. */
  readonly container?: object;
  /** Where a chart's own inputs go. */
  readonly bind?: object;
  readonly tooltip?: vega.TooltipHandler;
  readonly loader?: vega.Loader;
  readonly interpreter?: typeof expressionInterpreter;
  readonly onError?: (error: unknown) => void;
}

/** A view of a dataflow; whoever makes it must `finalize` it. */
export function makeView(runtime: vega.Runtime, options: ViewOptions): vega.View {
  const {
    renderer,
    container,
    bind,
    tooltip,
    loader = refusingLoader(),
    interpreter = expressionInterpreter,
    onError,
  } = options;
  return new vega.View(runtime, {
    expr: interpreter,
    logger: logger(onError),
    loader,
    renderer,
    hover: container !== undefined,
    ...(container ? { container } : {}),
    ...(bind ? { bind } : {}),
    ...(tooltip ? { tooltip } : {}),
  } as vega.ViewOptions);
}
