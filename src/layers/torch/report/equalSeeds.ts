/** Weights of one model that have the same values: one seed was set for each, or one array was put into each. */
import type { Machine } from "../../../python/machine.js";
import { isStub } from "../../../python/modules/stubs.js";
import type { Span } from "../../../python/values.js";
import type { Noticed } from "../../observations.js";
import { spanKey } from "../../spans.js";
import { type Step, Tensor } from "../../tensors/tensor.js";
import { outermostMade } from "../module/module.js";
import { members } from "../module/traversal.js";
import { isDraw } from "./steps.js";

interface Drawn {
  readonly path: string;
  readonly name: string;
  readonly step: Step;
  readonly made: readonly Span[];
}

/** Each place whose weights repeat others of their model. */
export function equalSeeds(machine: Machine, from: number): Noticed[] {
  return outermostMade(machine, from).flatMap((model) => {
    const drawn = members(machine, model, "_parameters").flatMap(({ name, value }): Drawn[] => {
      const step = value instanceof Tensor ? value.storage.history : null;
      if (!(value instanceof Tensor) || step === null || !isMatrix(step)) return [];
      return [{ path: name, name: name.split(".").at(-1)!, step, made: value.made }];
    });
    const seeded = groupedBy(drawn.filter(isSeeded), ({ step }) => step.moment);
    const filled = groupedBy(drawn.filter(isFilled), ({ step }) => step.law);
    return [
      ...[...seeded].flatMap(([moment, equal]) =>
        repeated(oneByOne(equal), { drawnWith: "generator", seed: moment!.seed }),
      ),
      ...[...filled.values()].flatMap((equal) =>
        repeated(apart(equal.filter(isNoTwin)), { drawnWith: "array" }),
      ),
    ];
  });
}

/** Written whole as the last thing; several values in each of two axes. */
const isMatrix = ({ part, shape }: Step): boolean =>
  part === null && shape.filter((size) => size !== 1).length > 1;

/** Drawn when it is known where the generator stood. */
const isSeeded = ({ step }: Drawn): boolean => step.moment !== undefined && isDraw(step);

/** Made of an array of NumPy's that was drawn at random. */
const isFilled = ({ step: { law } }: Drawn): boolean =>
  law !== undefined && !["constant", "identity", "unknown"].includes(law.kind);

/** A part that follows another starts as that one does. */
const isNoTwin = ({ path }: Drawn): boolean => !/target|teacher|ema|momentum|old|copy|frozen/i.test(path);

/** Copies have one step; weights drawn one by one have one each. */
const oneByOne = (all: readonly Drawn[]): Drawn[] =>
  [...groupedBy(all, ({ step }) => step).values()].map(([first]) => first!);

/** Copies are made where their original was. */
const apart = (all: readonly Drawn[]): Drawn[] =>
  [...groupedBy(all, ({ made }) => placeOf(made)).values()].map(([first]) => first!);

type Source = { readonly drawnWith: "generator"; readonly seed: number } | { readonly drawnWith: "array" };

function repeated(drawn: readonly Drawn[], source: Source): Noticed[] {
  if (drawn.length < 2) return [];
  const places = [...groupedBy(drawn, ({ made }) => placeOf(made)).values()];
  const [first] = drawn;
  const told = places.length === 1 ? places : places.slice(1);
  return told.map((place): Noticed => {
    const { name, made } = place[0]!;
    const what = { kind: "equal_draws", name, count: place.length, ...source } as const;
    return { what, calls: made, other: first!.made };
  });
}

function placeOf(made: readonly Span[]): string {
  const own = made.find((span) => !isStub(span));
  return own === undefined ? "" : spanKey(own);
}

function groupedBy<Item, Key>(items: readonly Item[], keyOf: (one: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const one of items) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
