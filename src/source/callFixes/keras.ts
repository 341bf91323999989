/** Fixes of the initializers that a Keras layer, or a variable of TensorFlow, is given. */
import type { Call } from "../../python/syntax/ast.js";
import { type FixedCall, keyword, onlyCall, type Proposal, replace, rootOf } from "./proposal.js";

/** Classes and functions that draw from a normal distribution, and the place of the mean among their arguments. */
const NORMAL: readonly { readonly name: RegExp; readonly mean: number }[] = [
  { name: /(^|\.)(RandomNormal|TruncatedNormal|(random|truncated)_normal_initializer)$/, mean: 0 },
  { name: /(^|\.)random\.(normal|truncated_normal)$/, mean: 1 },
];

/** `RandomNormal(0.02)` → `RandomNormal(stddev=0.02)`, `RandomNormal(0.02, 0)` → the two exchanged, a variance → its root. */
export function rightInitializer({ call, textOf }: FixedCall): Proposal | null {
  const rowOf = ({ func }: Call) => NORMAL.find(({ name }) => name.test(textOf(func)));
  const draw = onlyCall(call, (one) => rowOf(one) !== undefined);
  if (draw === null) return null;
  const { mean } = rowOf(draw)!;
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

/** `kernel_initializer="xavier_uniform"` → `"glorot_uniform"`: Keras calls the schemes by their first authors' other names. */
export function namedInKeras({ call, textOf, message }: FixedCall): Proposal | null {
  const [, unknown] = /Unknown initializer: (\w+)/.exec(message) ?? [];
  const newName = unknown?.replace(/^xavier_/, "glorot_").replace(/^kaiming_/, "he_");
  if (unknown === undefined || newName === unknown || !/_(normal|uniform)$/.test(unknown)) return null;
  const given = call.keywords.find(
    ({ value }) => value.kind === "Constant" && value.value === unknown,
  )?.value;
  if (given === undefined) return null;
  return {
    title: `Use Keras's name for it, ${newName}`,
    rewrite: replace(given, textOf(given).replace(unknown, newName!)),
  };
}
