/** Fixes of calls that draw a torch tensor. */
import type { Call } from "../../python/syntax/ast.js";
import { noneGuard } from "../../python/syntax/noneGuard.js";
import { isDotted } from "../../python/syntax/walk.js";
import { type FixedCall, isNumber, keyword, type Proposal, replace, rootOf } from "./proposal.js";

/** A function of torch.nn.init by its name, not a tensor's method of the same one. */
function isFunction({ func }: Call, textOf: FixedCall["textOf"], name: RegExp): boolean {
  if (func.kind === "Name") return name.test(func.id);
  return func.kind === "Attribute" && name.test(func.attr) && /\binit$/.test(textOf(func.value));
}

/** `trunc_normal_(w, std=0.02)` → the bounds at two standard deviations. */
export function boundsOfTwo({ call, textOf }: FixedCall): Proposal | null {
  const spread = keyword(call, "std")?.value ?? call.args[2];
  if (!isFunction(call, textOf, /^trunc_normal_$/)) return null;
  if (call.args.length > 3 || keyword(call, "a") || keyword(call, "b") || spread === undefined) return null;
  if (!isNumber(spread) && !isDotted(spread)) return null;
  const bound = isNumber(spread)
    ? String(Number((2 * Number(spread.value)).toPrecision(12)))
    : `2 * ${textOf(spread)}`;
  const last = [...call.args, ...call.keywords].reduce((one, other) => (other.end > one.end ? other : one));
  return {
    title: "Cut at two standard deviations",
    rewrite: { start: last.end, end: last.end, newText: `, a=-${bound}, b=${bound}` },
  };
}

/** `nn.init.normal_(fc.bias)` → `nn.init.zeros_(fc.bias)`, where it draws nothing but biases. */
export function zeroBias({ call, textOf, written }: FixedCall): Proposal | null {
  const [bias] = call.args;
  if (bias === undefined || call.func.kind !== "Attribute" || !isFunction(call, textOf, /_$/)) return null;
  if (written.length === 0 || !written.every((name) => /bias/.test(name))) return null;
  const newText = `${textOf(call.func.value)}.zeros_(${textOf(bias)})`;
  return { title: "Start at 0", rewrite: replace(call, newText) };
}

/** `nn.init.zeros_(m.bias)` where a layer has none → `if m.bias is not None: …`, for a call that is a statement. */
export function whereThereIsOne({ call, textOf, message }: FixedCall): Proposal | null {
  const [tensor] = call.args;
  if (!/\btensor is None\b/.test(message) || tensor === undefined || !isDotted(tensor)) return null;
  const newText = noneGuard(textOf(tensor), call, textOf({ start: 0, end: call.end }));
  const { start } = call;
  return newText === null
    ? null
    : { title: "Leave out layers that have none", rewrite: { start, end: start, newText } };
}

/** `nonlinearity="selu"` → `"linear"`, whose gain is the 1 that SELU needs. */
export function linearGain({ call }: FixedCall): Proposal | null {
  const named = keyword(call, "nonlinearity")?.value;
  if (named?.kind !== "Constant" || named.value !== "selu") return null;
  return { title: "Use the gain of linear layers, 1", rewrite: replace(named, '"linear"') };
}

/** A std in the mean's place, a variance in the std's, or a gain in the slope's. */
export function rightPlace(fixed: FixedCall): Proposal | null {
  const { call, textOf } = fixed;
  if (isFunction(call, textOf, /^kaiming_(normal|uniform)_$/)) return nonlinearityOfGain(fixed);
  if (!isFunction(call, textOf, /^(trunc_)?normal_$/)) return null;
  const [, mean] = call.args;
  if (call.args.length === 2 && call.keywords.length === 0 && mean !== undefined) {
    return { title: "Give it as std", rewrite: replace(mean, `std=${textOf(mean)}`) };
  }
  const spread = keyword(call, "std")?.value ?? call.args[2];
  return rootOf(spread, textOf);
}

/** `a=calculate_gain("relu")` → `nonlinearity="relu"`. */
function nonlinearityOfGain({ call, textOf }: FixedCall): Proposal | null {
  const named = keyword(call, "a");
  const slope = named?.value ?? (call.args.length === 2 ? call.args[1] : undefined);
  if (slope?.kind !== "Call" || slope.args.length !== 1 || slope.keywords.length > 0) return null;
  const [nonlinearity] = slope.args;
  if (nonlinearity?.kind !== "Constant" || nonlinearity.type !== "str" || keyword(call, "nonlinearity"))
    return null;
  const newText = `nonlinearity=${textOf(nonlinearity)}`;
  return { title: "Name the nonlinearity", rewrite: replace(named ?? slope, newText) };
}

/** `xavier_uniform_(w)` before a ReLU → `kaiming_uniform_(w, nonlinearity="relu")`. */
export function heBeforeRelu({ call, textOf, activations }: FixedCall): Proposal | null {
  if (activations.length === 0 || activations.some((one) => one !== "relu")) return null;
  const { func } = call;
  if (func.kind !== "Attribute" || !isFunction(call, textOf, /^(xavier|kaiming)_(normal|uniform)_$/))
    return null;
  const named = keyword(call, "nonlinearity")?.value;
  if (func.attr.startsWith("kaiming"))
    return named?.kind === "Constant" ? { title: "Name the ReLU", rewrite: replace(named, '"relu"') } : null;
  if (call.args.length !== 1 || call.keywords.length > 0) return null;
  const newText = `${textOf(func.value)}.${func.attr.replace("xavier", "kaiming")}(${textOf(call.args[0]!)}, nonlinearity="relu")`;
  return { title: "Draw with He's scheme, which is for ReLU", rewrite: replace(call, newText) };
}

/** `ModuleList([layer(…)] * n)` → one call for each. */
export function eachAnew({ call, textOf }: FixedCall): Proposal | null {
  const [product] = call.args;
  if (call.args.length !== 1 || product?.kind !== "BinOp" || product.op !== "*") return null;
  const [list, count] =
    product.left.kind === "List" ? [product.left, product.right] : [product.right, product.left];
  const made = list.kind === "List" && list.elements.length === 1 ? list.elements[0] : undefined;
  if (made?.kind !== "Call") return null;
  const newText = `[${textOf(made)} for _ in range(${textOf(count)})]`;
  return { title: "Make each anew", rewrite: replace(product, newText) };
}
