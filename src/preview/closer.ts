/** Looks at a layer beyond its histogram: which suit it, and what to draw for them. */
import type { LayerFacts } from "../charts/payload.js";
import { roleOf } from "../init/roles.js";
import { OUTPUTS_FIRST } from "../init/schemes.js";
import type { Distribution, Layer } from "../types.js";
import { mainParameter, sizeProblem } from "../views/layerText.js";
import { layerFacts } from "./preview.js";

export type CloserChart = "matrix" | "singular" | "bias" | "embedding";

/** What one look draws. */
export interface CloserLook {
  readonly chart: CloserChart;
  /** The question that the chart answers. */
  readonly title: string;
  readonly layer: LayerFacts;
  readonly distribution: Distribution;
  /** As the framework keeps it. */
  readonly shape: readonly number[];
  /** Whether a unit is a row of the weight, as PyTorch has it, or a column, as Keras has it. */
  readonly unitsFirst: boolean;
  /** Runs of a bias with a part of their own: the gates of an LSTM. */
  readonly groups: readonly { readonly name: string; readonly length: number }[];
}

type Parameter = Layer["parameters"][number];

interface LookRow {
  readonly chart: CloserChart;
  readonly title: string;
  /** The parameter looked at, if the layer has such a one. */
  of(layer: Layer): Parameter | undefined;
  suits(look: Pick<CloserLook, "shape" | "distribution">): boolean;
}

/** Singular values and real orthogonal matrices are worked out up to this many rows or columns. */
const LARGEST_SIDE = 1024;
/** Charts keep single values of at most so many units. */
const MOST_UNITS = 4096;
/** Row lengths of larger tables would take seconds. */
const MOST_VALUES = 200_000_000;

const LOOKS: readonly LookRow[] = [
  {
    chart: "matrix",
    title: "Does every unit start different? The weight matrix",
    of: mainParameter,
    suits: ({ shape, distribution }) =>
      isIndependent(distribution) ? shape.length >= 2 : isSmallMatrix(shape),
  },
  {
    chart: "singular",
    title: "Does it keep lengths? The singular values",
    of: mainParameter,
    suits: ({ shape }) => isSmallMatrix(shape) && shape.every((side) => side > 1),
  },
  {
    chart: "embedding",
    title: "How long are its vectors? The rows of the embedding",
    of: (layer) => layer.parameters.find(({ name }) => isEmbedding(layer, name)),
    suits: ({ shape, distribution }) =>
      shape.length === 2 && isIndependent(distribution) && shape[0]! * shape[1]! <= MOST_VALUES,
  },
  {
    chart: "bias",
    title: "Where do its biases start?",
    of: (layer) => layer.parameters.find(({ name, shape }) => shape.length === 1 && /bias/.test(name)),
    suits: ({ shape }) => shape[0]! <= MOST_UNITS,
  },
];

/** PyTorch's order of the gates in a bias of a recurrent layer, with their runs of equal length. */
const GATES: ReadonlyMap<string, readonly string[]> = new Map([
  ["torch.nn.LSTM", ["input", "forget", "cell", "output"]],
  ["torch.nn.LSTMCell", ["input", "forget", "cell", "output"]],
  ["torch.nn.GRU", ["reset", "update", "new"]],
  ["torch.nn.GRUCell", ["reset", "update", "new"]],
]);

/** The looks that suit a layer; none where its size or what it draws is not known. */
export function closerLooks(layer: Layer): readonly CloserLook[] {
  return LOOKS.flatMap((row) => {
    const parameter = row.of(layer);
    const shape = parameter?.shape.filter((dim) => typeof dim === "number") ?? [];
    if (!parameter || shape.length < parameter.shape.length || sizeProblem(shape) !== null) return [];
    const { current: distribution } = parameter;
    if (distribution.kind === "unknown" || !row.suits({ shape, distribution })) return [];
    const names = GATES.get(layer.class) ?? [];
    return [
      {
        chart: row.chart,
        title: row.title,
        layer: layerFacts(layer, parameter),
        distribution,
        shape,
        unitsFirst: OUTPUTS_FIRST.has(layer.framework) || isEmbedding(layer, parameter.name),
        groups: row.chart === "bias" ? names.map((name) => ({ name, length: shape[0]! / names.length })) : [],
      },
    ];
  });
}

/** Whether every entry is drawn by itself, so that a part of a weight is drawn like the whole. */
export function isIndependent({ kind }: Distribution): boolean {
  return kind === "uniform" || kind === "normal" || kind === "truncated_normal" || kind === "constant";
}

/** A weight as a matrix, a row a unit: rows × connections of a unit. */
export function unitMatrix({
  shape,
  unitsFirst,
}: Pick<CloserLook, "shape" | "unitsFirst">): [number, number] {
  const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);
  return unitsFirst ? [shape[0]!, product(shape.slice(1))] : [shape.at(-1)!, product(shape.slice(0, -1))];
}

function isSmallMatrix(shape: readonly number[]): boolean {
  return shape.length === 2 && shape.every((side) => side <= LARGEST_SIDE);
}

function isEmbedding(layer: Layer, parameter: string): boolean {
  return roleOf({ layer: layer.class.split(".").at(-1)!, parameter }) === "embedding";
}
