/** Fixes of NumPy's draws. */
import { type FixedCall, keyword, type Proposal, replace, rootOf } from "./proposal.js";

/** `np.random.normal(0.01, size=…)` → `scale=0.01`, and a variance → its root. */
export function rightNormal({ call, textOf }: FixedCall): Proposal | null {
  if (!/\.normal$/.test(textOf(call.func))) return null;
  const [centre, spread] = call.args;
  const scale = keyword(call, "scale")?.value ?? spread;
  if (centre !== undefined && scale === undefined)
    return { title: "Give it as scale", rewrite: replace(centre, `scale=${textOf(centre)}`) };
  return rootOf(scale, textOf);
}
