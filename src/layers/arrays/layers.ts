/** What the array stubs made, as call sites: layers with their weights, bare variables, drawn arrays. */
import type { Machine } from "../../python/machine.js";
import { isStub } from "../../python/modules/stubs.js";
import type { PyInstance, Span } from "../../python/values.js";
import type { Framework as FrameworkName } from "../../types.js";
import { usesOf } from "../flow/uses.js";
import { described, type FoundLayer, type Framework, type Places, type Unfinished } from "../framework.js";
import type { Noticed } from "../observations.js";
import { pointwise } from "../torch/runs/traced.js";
import { bareTitle } from "./bound.js";
import { equalDraws } from "./equalDraws.js";
import { endModels, ownUse } from "./flow.js";
import { held } from "./instances.js";
import { createdBy, Place } from "./lens.js";
import { type FanRule, foundParameter } from "./report.js";

/** Everything made at one call of one object: a layer and the layers inside it share their place. */
interface Group {
  /** The outermost layer, and copies that were made of it to run; none for a bare variable. */
  readonly layers: PyInstance[];
  readonly weights: PyInstance[];
  readonly spans: readonly Span[];
}

/** How a framework's objects are told from others'. */
export interface LayerReading {
  readonly framework: FrameworkName;
  readonly isLayer: (value: PyInstance) => boolean;
  readonly isWeight: (value: PyInstance) => boolean;
  readonly fans: (machine: Machine) => FanRule;
  /** Names of the modules a weight is in, outermost first, then its own. */
  readonly weightPath: (weight: PyInstance) => readonly string[];
  /** Public module of the layers' classes, and of bare variables. */
  readonly module: string;
  /** Stub function that applies layers to inputs nobody knows, so that the rest of their sizes is told. */
  readonly finish: {
    readonly module: string;
    readonly needs: (layers: readonly PyInstance[], hasWeights: boolean) => boolean;
  };
}

/**
 * Layers with anything made after so many objects, in the order they were made, each with its weights; without
 * weights where no input was seen.
 */
function layersMade(machine: Machine, from: number, reading: LayerReading): FoundLayer[] {
  if (countMade(machine) <= from) return [];
  const fans = reading.fans(machine);
  endModels(
    machine,
    createdBy(machine).map(({ value }) => value),
  );
  const written = groups(machine, from, reading).filter(({ spans }) => spans.length > 0);
  return written.map(({ layers: [layer = null], weights, spans }) => {
    const names = innerNames(weights.map(reading.weightPath));
    const name = layer === null ? held(weights[0]!, "name") : held(layer, "name");
    const { cls } = layer ?? weights[0]!;
    const title = (layer === null && bareTitle(weights[0]!)) || {
      class: `${cls.module.startsWith("_") ? reading.module : cls.module}.${cls.name}`,
      framework: reading.framework,
    };
    return {
      ...title,
      name: typeof name === "string" ? name : "",
      made: spans,
      weights: weights.map((weight, index) => ({
        ...described(foundParameter(machine, names[index]!, weight, fans)),
        uses: usesOf(machine, pointwise).get(weight) ?? (layer === null ? [] : ownUse(layer)),
      })),
    };
  });
}

/** Names of a layer's weights, without the modules that all of them are in: `query/kernel`. */
function innerNames(paths: readonly (readonly string[])[]): string[] {
  const [first = []] = paths;
  const modules = first.slice(0, -1);
  const same = modules.findIndex((name, at) =>
    paths.some((path) => path[at] !== name || path.length <= at + 1),
  );
  const shared = same < 0 ? modules.length : same;
  return paths.map((path) => path.slice(shared).join("/"));
}

const countMade = (machine: Machine): number => createdBy(machine).length;

/** Layers, among them some made after so many objects, whose weights have the values of another's. */
export function equalLayers(
  machine: Machine,
  from: number,
  { weightPath, ...reading }: LayerReading,
): Noticed[] {
  if (countMade(machine) <= from) return [];
  const drawn = groups(machine, from, { weightPath, ...reading }).flatMap(({ weights, spans }) =>
    spans.length === 0
      ? []
      : weights.map((value) => ({ value, name: weightPath(value).at(-1) ?? "", made: spans, layer: spans })),
  );
  return equalDraws(machine, drawn);
}

/** Where layers and weights were made. */
const placesMade = (machine: Machine, from: number, { isLayer, isWeight }: LayerReading): Places =>
  createdBy(machine)
    .slice(from)
    .filter(({ value }) => isLayer(value) || isWeight(value))
    .map(({ made }) => made);

/** Layers that saw no input, among what was made after so many objects. */
function unfinished(machine: Machine, from: number, reading: LayerReading): Unfinished {
  const layers =
    countMade(machine) <= from
      ? []
      : groups(machine, from, reading).flatMap(({ layers, weights }) =>
          layers.length > 0 && reading.finish.needs(layers, weights.length > 0) ? [layers[0]!] : [],
        );
  return { module: reading.finish.module, layers };
}

function groups(machine: Machine, from: number, reading: LayerReading): Group[] {
  const found = new Map<Place, Group>();
  const fresh = new Set<Group>();
  for (const [index, { value }] of createdBy(machine).entries()) {
    const isLayer = reading.isLayer(value);
    const place = held(value, isLayer ? "_site" : "site");
    if (!(place instanceof Place) || !(isLayer || reading.isWeight(value))) continue;
    const spans = place.spans.filter((span) => !isStub(span));
    const group = found.get(place) ?? { layers: [], weights: [], spans };
    found.set(place, group);
    if (index >= from) fresh.add(group);
    if (isLayer) group.layers.push(value);
    else if (!group.weights.includes(value)) group.weights.push(value);
  }
  return [...found.values()].filter((group) => fresh.has(group));
}

/** What a framework tells of the layers it made, read this way. */
export const madeBy = (
  reading: LayerReading,
): Pick<Framework, "unfinished" | "layersMade" | "countMade" | "placesMade"> => ({
  unfinished: (machine, from) => unfinished(machine, from, reading),
  layersMade: (machine, from) => layersMade(machine, from, reading),
  countMade,
  placesMade: (machine, from) => placesMade(machine, from, reading),
});
