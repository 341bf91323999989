/**
 * A cell that shows the weights of a live layer: run in the reader's own Python, it draws them against what
 * they were expected to start as, with the same representations as every other chart. It needs IPython only.
 */
import type { LayerFacts } from "../charts/payload.js";
import type { Distribution, Framework } from "../types.js";
import program from "./actualWeights.py";

/** What the cell is about. */
export interface LiveWeights {
  /** Python expression of the layer, or of the weights themselves where no layer holds them: `model.fc1`. */
  readonly expression: string;
  readonly framework: Framework;
  readonly layer: LayerFacts;
  readonly expected: Distribution;
}

/** Weights are thinned out above this many: a list of them should not fill the memory. */
const MOST_VALUES = 1_000_000;

/** A flat array of the weights, as each framework gives it; absent where a layer does not hold its weights. */
const FLAT: ReadonlyMap<Framework, (owner: string, parameter: string) => string> = new Map([
  ["torch", (owner, parameter) => `${owner}.${parameter}.detach().flatten()`],
  ["keras", (owner, parameter) => `${owner}.${parameter}.numpy().ravel()`],
  ["flax", (owner, parameter) => `${owner}.${parameter}[...].ravel()`],
  ["jax", (owner) => `${owner}.ravel()`],
  ["numpy", (owner) => `${owner}.ravel()`],
]);

/** The code of the cell; `null` for a framework whose layers do not hold their weights. */
export function actualWeightsCode({ expression, framework, layer, expected }: LiveWeights): string | null {
  const flat = FLAT.get(framework);
  if (!flat || /\blinen\b/.test(layer.class)) return null;
  const parameter = (layer.parameter ?? "weight").split(/[./]/).at(-1)!;
  const holdsItself = framework === "numpy" || framework === "jax";
  const named = holdsItself ? expression : `${expression}.${parameter}`;
  const call = [
    "show_weights(",
    `    weights=${flat(expression, parameter)}${thinned(layer)}.tolist(),`,
    `    name=${JSON.stringify(named.replace(/[^\w.[\]]/g, "_"))},`,
    `    expected=${pythonLiteral(expected)},`,
    `    layer=${pythonLiteral(layer)},`,
    ")",
  ];
  return `# init-lens: skip\n# The weights that ${expression} holds now, against what they were drawn from.\n${program}\n\n${call.join("\n")}`;
}

/** A slice that keeps no more values than are shown, in equal steps; empty where all are. */
function thinned({ shape }: LayerFacts): string {
  const count = shape.reduce<number>((product, dim) => product * (typeof dim === "number" ? dim : 1), 1);
  const step = Math.ceil(count / MOST_VALUES);
  return step > 1 ? `[::${step}]` : "";
}

/** JSON is Python but for three words; text stays text. Bounds that do not bound are the largest number. */
function pythonLiteral(value: object): string {
  const words: Readonly<Record<string, string>> = { null: "None", true: "True", false: "False" };
  const json = JSON.stringify(value, (_, part) =>
    part === Number.POSITIVE_INFINITY
      ? Number.MAX_VALUE
      : part === Number.NEGATIVE_INFINITY
        ? -Number.MAX_VALUE
        : part,
  );
  return json.replace(/"(?:[^"\\]|\\.)*"|\b(?:null|true|false)\b/g, (token) => words[token] ?? token);
}
