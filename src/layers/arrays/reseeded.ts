/** Weights of several objects whose constructors each set one seed anew before they draw. */
import type { Machine } from "../../python/machine.js";
import { isStub } from "../../python/modules/stubs.js";
import type { Noticed } from "../observations.js";
import { spanKey } from "../spans.js";
import { type DrawnWeight, isRandom } from "./equalDraws.js";
import { held } from "./instances.js";
import { isSeeded, Law, shapeOf } from "./law.js";

/** Each place that draws the same for several objects which one run of the program makes, one after another. */
export function reseeded(machine: Machine, weights: readonly DrawnWeight[]): Noticed[] {
  const groups = new Map<string, DrawnWeight[]>();
  for (const weight of weights) {
    const { value, name, made } = weight;
    const law = held(value, "law");
    const shape = shapeOf(machine, held(value, "shape") ?? null);
    const own = made.filter((span) => !isStub(span));
    if (!(law instanceof Law) || !isSeeded(law.drawnWith) || shape === null || !isRandom(law, shape))
      continue;
    if (own.length < 2) continue;
    const [draw, , ...run] = own.map(spanKey);
    const key = JSON.stringify([name, draw, run, shape, law.drawnWith]);
    groups.set(key, [...(groups.get(key) ?? []), weight]);
  }
  return [...groups.values()].flatMap((group): Noticed[] => {
    const [first] = group;
    const count = new Set(group.map(({ value }) => value)).size;
    const { drawnWith } = held(first!.value, "law") as Law;
    if (count < 2 || !isSeeded(drawnWith)) return [];
    const what = {
      kind: "equal_draws",
      name: first!.name,
      count,
      drawnWith: "generator",
      seed: drawnWith.seed,
    } as const;
    const part = first!.made.filter((span) => !isStub(span))[1]!;
    return [{ what, calls: first!.made, part }];
  });
}
