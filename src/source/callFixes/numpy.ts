/** Fixes of NumPy's draws. */
import { type FixedCall, keyword, onlyCall, type Proposal, replace, rootOf } from "./proposal.js";

/** `np.random.normal(0.01, size=…)` → `scale=0.01`, and a variance → its root. */
export function rightNormal({ call, textOf }: FixedCall): Proposal | null {
  if (!/\.normal$/.test(textOf(call.func))) return null;
  const [centre, spread] = call.args;
  const scale = keyword(call, "scale")?.value ?? spread;
  if (centre !== undefined && scale === undefined)
    return { title: "Give it as scale", rewrite: replace(centre, `scale=${textOf(centre)}`) };
  return rootOf(scale, textOf);
}

/** Functions that draw from 0 to 1 whatever they are given. */
const FROM_0_TO_1 = /(^|\.)random\.(rand|random|random_sample)$|^torch\.rand$/;

/** `np.random.rand(n, m)` → `(np.random.rand(n, m) - 0.5)`, also within a parameter; not where the result itself is to be trained. */
export function aroundZero({ call, textOf }: FixedCall): Proposal | null {
  const draw = onlyCall(call, ({ func }) => FROM_0_TO_1.test(textOf(func)));
  if (draw === null || keyword(draw, "requires_grad") !== undefined) return null;
  return { title: "Subtract the mean", rewrite: replace(draw, `(${textOf(draw)} - 0.5)`) };
}
