/** Weights that have the same values, because one seed, key or initializer drew them all. */
import type { Machine } from "../../python/machine.js";
import { type PyInstance, PyObject, type Span } from "../../python/values.js";
import type { Noticed } from "../observations.js";
import { held } from "./instances.js";
import { isSeeded, Law, shapeOf } from "./law.js";

/** A weight as it was made. */
export interface DrawnWeight {
  readonly value: PyInstance;
  readonly name: string;
  /** Call expressions that made its layer, or the weight itself, innermost first. */
  readonly made: readonly Span[];
  /** Of the weights of one layer the same. */
  readonly layer: object;
}

/** Where a weight of the same values was made first, and what the layers of one place have in common. */
interface Drawn {
  readonly weight: DrawnWeight;
  readonly layers: Set<object>;
}

/** Each place whose weight repeats another's: that of another place, or of the same in a loop. */
export function equalDraws(machine: Machine, weights: readonly DrawnWeight[]): Noticed[] {
  const ids = new Map<PyObject, number>();
  const groups = new Map<string, Map<string, Drawn>>();
  const names = new Set<string>();
  for (const weight of weights) {
    const random = weight.name === "bias" ? null : randomDraw(machine, weight.value);
    if (random === null || random.law.drawnWith === null) continue;
    const { law, shape } = random;
    const { drawnWith } = law;
    if (drawnWith instanceof PyObject && !ids.has(drawnWith)) ids.set(drawnWith, ids.size);
    const source = drawnWith instanceof PyObject ? { id: ids.get(drawnWith) } : drawnWith;
    const stem = isSeeded(drawnWith) ? stemOf(weight.name) : "";
    const key = JSON.stringify([source, shape, { ...law.distribution, source: "" }, stem]);
    if (isSeeded(drawnWith) && !isFirst(names, `${key} ${weight.name}`)) continue;
    const places = groups.get(key) ?? new Map<string, Drawn>();
    groups.set(key, places);
    const place = JSON.stringify(weight.made);
    const known = places.get(place);
    if (known === undefined) places.set(place, { weight, layers: new Set([weight.layer]) });
    else known.layers.add(weight.layer);
  }
  return [...groups.values()].flatMap((places) => repeated([...places.values()]));
}

/**
 * Programs set one seed again to have the same network again, or to try a function: only weights that are
 * numbered, `W1` and `W2`, are certainly of one network.
 */
const stemOf = (name: string): string => name.replace(/\d+/, "");

function isFirst(seen: Set<string>, one: string): boolean {
  const { size } = seen;
  return seen.add(one).size > size;
}

/** The law and sizes of a matrix or kernel of which both are known, and whose entries differ; else null. */
export function randomDraw(
  machine: Machine,
  value: PyInstance,
): { law: Law; shape: readonly unknown[] } | null {
  const law = held(value, "law");
  const shape = shapeOf(machine, held(value, "shape") ?? null);
  return law instanceof Law && shape !== null && isRandom(law, shape) ? { law, shape } : null;
}

const isRandom = ({ distribution: { kind } }: Law, shape: readonly unknown[]): boolean =>
  shape.filter((size) => size !== 1).length > 1 &&
  !shape.includes(null) &&
  !["constant", "identity", "unknown"].includes(kind);

/** One call that several callers reach makes weights of one place: only what a loop makes is told of it. */
function repeated(drawn: readonly Drawn[]): Noticed[] {
  const [first] = drawn;
  const told = drawn.filter(
    ({ weight, layers }) =>
      layers.size > 1 ||
      isNumbered(weight) ||
      isOfOneNetwork(weight, first!.weight) ||
      !isSame(weight.made[0], first!.weight.made[0]),
  );
  const others = told.filter((one) => one !== first || one.layers.size > 1);
  return others.map(({ weight: { value, name, made }, layers }): Noticed => {
    const { drawnWith } = held(value, "law") as Law;
    const what = { kind: "equal_draws", name, count: layers.size, ...kindOf(drawnWith) } as const;
    return { what, calls: made, other: first!.weight.made };
  });
}

/** `W1` and `W2`: one function that makes both makes layers of one network. */
const isOfOneNetwork = ({ name }: DrawnWeight, other: DrawnWeight): boolean =>
  name !== other.name && /\d/.test(name) && stemOf(name) === stemOf(other.name);

const isNumbered = ({ value }: DrawnWeight): boolean => isSeeded((held(value, "law") as Law).drawnWith);

const isSame = (one: Span | undefined, other: Span | undefined): boolean =>
  one?.file === other?.file && one?.start === other?.start;

function kindOf(source: Law["drawnWith"]) {
  if (typeof source === "number") return { drawnWith: "seed", seed: source } as const;
  if (isSeeded(source)) return { drawnWith: "generator", seed: source.seed } as const;
  if (typeof source !== "string") return { drawnWith: "initializer" } as const;
  return { drawnWith: source.startsWith("stream(") ? "stream" : "key" } as const;
}
