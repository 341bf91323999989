/** Weights of several objects whose constructors each set one seed anew before they draw. */
import type { Machine } from "../../python/machine.js";
import { isStub } from "../../python/modules/stubs.js";
import type { PyInstance, Span } from "../../python/values.js";
import type { Noticed } from "../observations.js";
import { spanKey } from "../spans.js";
import { type DrawnWeight, randomDraw } from "./equalDraws.js";
import { isSeeded } from "./law.js";

/** Weights of one place that have the same values. */
interface Group {
  readonly first: DrawnWeight;
  /** The call that made the first one's object. */
  readonly part: Span;
  readonly seed: number;
  readonly values: Set<PyInstance>;
}

/** Each place that draws the same for several objects which one run of the program makes, one after another. */
export function reseeded(machine: Machine, weights: readonly DrawnWeight[]): Noticed[] {
  const groups = new Map<string, Group>();
  for (const weight of weights) {
    const { value, name, made } = weight;
    const random = randomDraw(machine, value);
    const own = made.filter((span) => !isStub(span));
    const part = own[1];
    if (random === null || !isSeeded(random.law.drawnWith) || part === undefined) continue;
    const { law, shape } = random;
    const [draw, , ...run] = own.map(spanKey);
    const key = JSON.stringify([name, draw, run, shape, law.drawnWith]);
    const group = groups.get(key) ?? {
      first: weight,
      part,
      seed: random.law.drawnWith.seed,
      values: new Set(),
    };
    group.values.add(value);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ first: { name, made }, part, seed, values }): Noticed[] => {
    if (values.size < 2) return [];
    const what = { kind: "equal_draws", name, count: values.size, drawnWith: "generator", seed } as const;
    return [{ what, calls: made, part }];
  });
}
