/** Fixes of initializers that are given as a call: `kernel_init=nn.initializers.he_normal()` of Flax, `HeNormal()` of Keras. */
import type { Expression } from "../../python/syntax/ast.js";
import { type FixedCall, keyword, type Proposal, replace } from "./proposal.js";

/** Arguments that hold a weight's initializer. */
const KERNELS = ["kernel_init", "kernel_initializer"];

/** Another scheme of the same module in the place of the one that is called, with the same arguments. */
const renamed =
  (
    title: string,
    isFor: (activation: string) => boolean,
    schemes: RegExp,
    [snake, camel]: readonly [string, string],
  ) =>
  ({ call, activations }: FixedCall): Proposal | null => {
    const given = KERNELS.flatMap((name) => keyword(call, name)?.value ?? [])[0];
    if (given?.kind !== "Call" || given.func.kind !== "Attribute") return null;
    if (activations.length === 0 || !activations.every(isFor)) return null;
    const [, scheme, spread] = schemes.exec(given.func.attr) ?? [];
    if (scheme === undefined || spread === undefined) return null;
    const name = spread.startsWith("_") ? snake + spread : camel + spread;
    const { end } = given.func;
    return { title, rewrite: { start: end - given.func.attr.length, end, newText: name } };
  };

export const lecunObject = renamed(
  "Draw with LeCun's scheme, as SELU needs",
  (activation) => activation === "selu",
  /^(he|kaiming|glorot|xavier|He|Glorot)(_normal|_uniform|Normal|Uniform)$/,
  ["lecun", "Lecun"],
);

export const heObject = renamed(
  "Draw with He's scheme, which is for ReLU",
  (activation) => activation === "relu",
  /^(glorot|xavier|lecun|Glorot|Lecun)(_normal|_uniform|Normal|Uniform)$/,
  ["he", "He"],
);

/** `bias_init=nn.initializers.normal(1.0)` → `nn.initializers.zeros`, `bias_initializer=…` → `"zeros"`. */
export function zeroBiasObject({ call, textOf }: FixedCall): Proposal | null {
  const title = "Start at 0";
  const ofKeras = keyword(call, "bias_initializer")?.value;
  if (ofKeras !== undefined) return { title, rewrite: replace(ofKeras, '"zeros"') };
  const ofFlax = keyword(call, "bias_init")?.value;
  return ofFlax !== undefined && isOfModule(ofFlax)
    ? { title, rewrite: replace(ofFlax, `${textOf(ofFlax.func.value)}.zeros`) }
    : null;
}

type CallOfAttribute = Extract<Expression, { kind: "Call" }> & {
  readonly func: Extract<Expression, { kind: "Attribute" }>;
};

const isOfModule = (node: Expression): node is CallOfAttribute =>
  node.kind === "Call" && node.func.kind === "Attribute";
