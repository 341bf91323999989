/** Fixes of the initializers that a Keras layer, or a variable of TensorFlow, is given. */
import type { Call, Expression } from "../../python/ast.js";
import { childExpressions } from "../../python/walk.js";
import { type FixedCall, keyword, type Proposal, replace, rootOf } from "./proposal.js";

/** Classes and functions that draw from a normal distribution, and the place of the mean among their arguments. */
const NORMAL: readonly { readonly name: RegExp; readonly mean: number }[] = [
  { name: /(^|\.)(RandomNormal|TruncatedNormal|(random|truncated)_normal_initializer)$/, mean: 0 },
  { name: /(^|\.)random\.(normal|truncated_normal)$/, mean: 1 },
];

/** The call inside this one that draws from a normal distribution; null where there is none or more than one. */
function drawIn(call: Call, textOf: FixedCall["textOf"]) {
  const found: { readonly draw: Call; readonly mean: number }[] = [];
  const visit = (node: Expression): void => {
    if (node.kind === "Call") {
      const row = NORMAL.find(({ name }) => name.test(textOf(node.func)));
      if (row !== undefined) found.push({ draw: node, mean: row.mean });
    }
    childExpressions(node).forEach(visit);
  };
  visit(call);
  return found.length === 1 ? found[0]! : null;
}

/** `RandomNormal(0.02)` → `RandomNormal(stddev=0.02)`, `RandomNormal(0.02, 0)` → the two exchanged, a variance → its root. */
export function rightInitializer({ call, textOf }: FixedCall): Proposal | null {
  const found = drawIn(call, textOf);
  if (found === null) return null;
  const { draw, mean } = found;
  const [centre, spread] = [draw.args[mean], draw.args[mean + 1]];
  if (spread === undefined && centre !== undefined && keyword(draw, "stddev") === undefined)
    return { title: "Give it as stddev", rewrite: replace(centre, `stddev=${textOf(centre)}`) };
  if (centre !== undefined && spread?.kind === "Constant" && Number(spread.value) === 0) {
    const rewrite = { start: centre.start, end: spread.end, newText: `${textOf(spread)}, ${textOf(centre)}` };
    return { title: "Exchange mean and stddev", rewrite };
  }
  return rootOf(keyword(draw, "stddev")?.value ?? spread, textOf);
}

/** `kernel_initializer="he_normal"` before SELU → `"lecun_normal"`; Glorot's and LeCun's before ReLU → He's. */
const named =
  (title: string, isFor: (activation: string) => boolean, changed: (name: string) => string) =>
  ({ call, textOf, activations }: FixedCall): Proposal | null => {
    const given = keyword(call, "kernel_initializer")?.value;
    if (given?.kind !== "Constant" || given.type !== "str" || activations.length === 0) return null;
    const newName = changed(String(given.value));
    if (newName === given.value || !activations.every(isFor)) return null;
    return { title, rewrite: replace(given, textOf(given).replace(String(given.value), newName)) };
  };

export const lecunBeforeSelu = named(
  "Draw with LeCun's scheme, as SELU needs",
  (activation) => activation === "selu",
  (name) => name.replace(/^(he|glorot)_(normal|uniform)$/, "lecun_$2"),
);

export const heInKeras = named(
  "Draw with He's scheme, which is for ReLU",
  (activation) => activation === "relu",
  (name) => name.replace(/^(glorot|lecun)_(normal|uniform)$/, "he_$2"),
);
