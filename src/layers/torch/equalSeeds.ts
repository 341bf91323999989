/** Weights of one model that have the same values, because the generator stood at the same place for each. */
import type { Machine } from "../../python/machine.js";
import { isStub } from "../../python/stubs.js";
import type { Span } from "../../python/values.js";
import type { Noticed } from "../observations.js";
import type { Moment } from "../randomState.js";
import { spanKey } from "../spans.js";
import { type Step, Tensor } from "../tensor.js";
import { modulesMade } from "./module.js";
import { isDraw } from "./steps.js";
import { entries, members } from "./traversal.js";

interface Drawn {
  readonly name: string;
  readonly step: Step;
  readonly made: readonly Span[];
}

/** Each place whose weights repeat others of their model. */
export function equalSeeds(machine: Machine, from: number): Noticed[] {
  const made = modulesMade(machine);
  const inside = new Set(made.flatMap((one) => entries(machine, one, "_modules").map(({ value }) => value)));
  return made
    .slice(from)
    .filter((one) => !inside.has(one))
    .flatMap((model) => {
      const drawn = members(machine, model, "_parameters").flatMap(({ name, value }): Drawn[] => {
        const step = value instanceof Tensor ? value.storage.history : null;
        if (!(value instanceof Tensor) || step === null || !isSeeded(step)) return [];
        return [{ name: name.split(".").at(-1)!, step, made: value.made }];
      });
      return [...groupedBy(drawn, ({ step }) => step.moment).entries()].flatMap(([moment, equal]) =>
        repeated(moment!, equal),
      );
    });
}

/** Drawn whole as the last thing, at a known moment; several values in each of two axes. */
const isSeeded = (step: Step): boolean =>
  step.moment !== undefined &&
  isDraw(step) &&
  step.part === null &&
  step.shape.filter((size) => size !== 1).length > 1;

/** Copies have one step; weights drawn one by one have one each. */
function repeated({ seed }: Moment, all: readonly Drawn[]): Noticed[] {
  const drawn = [...groupedBy(all, ({ step }) => step).values()].map(([first]) => first!);
  if (drawn.length < 2) return [];
  const places = [...groupedBy(drawn, ({ made }) => placeOf(made)).values()];
  const [first] = drawn;
  const told = places.length === 1 ? places : places.slice(1);
  return told.map((place): Noticed => {
    const { name, made } = place[0]!;
    const what = {
      kind: "equal_draws",
      name,
      drawnWith: "generator",
      seed,
      count: place.length,
    } as const;
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
