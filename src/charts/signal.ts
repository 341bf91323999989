/** Does the signal survive the depth? Std of activations forward and of gradients backward, layer by layer. */
import type { FactTable } from "./facts";
import { figure } from "./figures";
import { logTicks } from "./logTicks";
import type { PayloadOf } from "./payload";
import { type ChartOptions, frame, mostMarks, type Spec } from "./spec";

type Signal = PayloadOf<"signal">;
const DIRECTIONS = ["forward", "backward"] as const;
/** Points on the lines while they can still be told apart. */
const MAX_POINTS = 60;

/** The chart of signal through depth. */
export function signalSpec(payload: Signal, options: ChartOptions): Spec {
  const { theme } = options;
  const every = Math.ceil((2 * payload.layers.length) / mostMarks(options));
  const values = payload.layers.flatMap(({ name, forwardStd, backwardStd }, i) =>
    i % every !== 0 && i !== payload.layers.length - 1
      ? []
      : [forwardStd, backwardStd].flatMap((std, k) =>
          std === null || std <= 0
            ? []
            : [{ depth: i + 1, name, std, direction: DIRECTIONS[k]!, text: figure(std) }],
        ),
  );
  const scale = { domain: [...DIRECTIONS], range: theme.series.slice(0, 2) };
  const legend = { direction: "horizontal", symbolSize: 80, symbolStrokeWidth: 1, symbolDash: [1, 0] };
  const x = {
    field: "depth",
    type: "quantitative",
    title: every > 1 ? `layer (every ${every}th drawn)` : "layer",
    axis: { format: ",d", tickMinStep: 1 },
    scale: { domain: [0.5, payload.layers.length + 0.5], nice: false, zero: false },
  };
  const y = {
    field: "std",
    type: "quantitative",
    title: "std (log axis)",
    scale: { type: "log", nice: false, padding: 10 },
    axis: { format: ".2~g", values: logTicks([1, ...values.map(({ std }) => std)]) },
  };
  const color = { field: "direction", type: "nominal", scale, legend };
  return {
    ...frame("Does the signal survive the depth?", signalAnswer(payload), options),
    width: options.width,
    height: options.height,
    layer: [
      {
        data: { values: [{ std: 1 }] },
        mark: { type: "rule", color: theme.muted, strokeDash: [4, 3], aria: false },
        encoding: { y },
      },
      {
        name: "bars",
        data: { values },
        mark: { type: "line", strokeWidth: 2, aria: false },
        encoding: {
          x,
          y,
          color: { ...color, legend },
          strokeDash: {
            field: "direction",
            type: "nominal",
            scale: { domain: [...DIRECTIONS], range: [[], [6, 3]] },
            legend,
          },
        },
      },
      {
        data: { values: payload.layers.length <= MAX_POINTS ? values : [] },
        mark: { type: "point", filled: true, size: 50, opacity: 1, aria: false },
        encoding: {
          x,
          y,
          color: { ...color, legend: null },
          shape: {
            field: "direction",
            type: "nominal",
            scale: { domain: [...DIRECTIONS], range: ["circle", "square"] },
            legend: null,
          },
          tooltip: [
            { field: "name", type: "nominal", title: "layer" },
            { field: "direction", type: "nominal", title: "direction" },
            { field: "text", type: "nominal", title: "std" },
          ],
        },
      },
    ],
  };
}

/** How much the last layer's activations and the first layer's gradients have changed. */
export function signalAnswer({ layers }: Signal): string {
  const forward = layers.flatMap((layer) => layer.forwardStd ?? []);
  const backward = layers.flatMap((layer) => layer.backwardStd ?? []);
  const parts = [
    change("Activations", "from the first layer to the last", forward[0], forward.at(-1)),
    change("Gradients", "from the last layer to the first", backward.at(-1), backward[0]),
  ].filter(Boolean);
  return parts.join(" ") || "No std is known.";
}

/** How one std became another, in a sentence; nothing where there is none. */
function change(what: string, where: string, from?: number, to?: number): string {
  if (!from || to === undefined) return "";
  if (to === 0) return `${what} vanish ${where}.`;
  const factor = figure(Math.max(to / from, from / to), 2);
  if (factor === "1") return `${what} keep their std ${where}.`;
  return `${what} ${to > from ? "grow" : "shrink"} ${factor} times ${where}.`;
}

/** One row a layer. */
export const signalFacts = ({ layers }: Signal): FactTable[] => [
  {
    caption: "Standard deviation through the layers",
    columns: ["layer", ...DIRECTIONS],
    rows: layers.map(({ name, forwardStd, backwardStd }) => [name, figure(forwardStd), figure(backwardStd)]),
  },
];
