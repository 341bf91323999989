/** What the array stubs made, as call sites: layers with their weights, bare variables, drawn arrays. */
import { Exhausted, Raised } from "../../python/errors.js";
import type { Machine } from "../../python/machine.js";
import { type PyInstance, PyList, type Span } from "../../python/values.js";
import type { Framework as FrameworkName } from "../../types.js";
import { described, type FoundLayer, type Places } from "../framework.js";
import { held } from "./instances.js";
import { createdBy, Place } from "./lens.js";
import { type FanRule, foundParameter } from "./report.js";

/** Everything made at one call of one object: a layer and the layers inside it share their place. */
interface Group {
  /** The outermost layer; null for a bare variable. */
  layer: PyInstance | null;
  readonly weights: PyInstance[];
  readonly spans: readonly Span[];
}

/** How a framework's objects are told from others'. */
export interface LayerReading {
  readonly framework: FrameworkName;
  readonly isLayer: (value: PyInstance) => boolean;
  readonly isWeight: (value: PyInstance) => boolean;
  readonly fans: (machine: Machine) => FanRule;
  /** Name of a weight within its layer. */
  readonly weightName: (weight: PyInstance) => string;
  /** Public module of the layers' classes, and of bare variables. */
  readonly module: string;
  /** Stub function that applies layers to inputs nobody knows, so that the rest of their sizes is told. */
  readonly finish: {
    readonly module: string;
    readonly needs: (layer: PyInstance, hasWeights: boolean) => boolean;
  };
}

/** Layers in the order they were made, each with its weights; without weights where no input was seen. */
export function layersMade(machine: Machine, reading: LayerReading): FoundLayer[] {
  const fans = reading.fans(machine);
  finish(machine, reading);
  const written = [...groups(machine, reading).values()].filter(({ spans }) => spans.length > 0);
  return written.map(({ layer, weights, spans }) => {
    const name = layer === null ? held(weights[0]!, "name") : held(layer, "name");
    const cls = layer ?? weights[0]!;
    return {
      class: `${cls.cls.module.startsWith("_") ? reading.module : cls.cls.module}.${cls.cls.name}`,
      framework: reading.framework,
      name: typeof name === "string" ? name : "",
      made: spans,
      weights: weights.map((weight) =>
        described(foundParameter(machine, reading.weightName(weight), weight, fans)),
      ),
    };
  });
}

/** Where each thing the stubs made was made: nowhere, for what is neither layer nor weight. */
export const placesMade = (machine: Machine, from: number, { isLayer, isWeight }: LayerReading): Places[] =>
  createdBy(machine)
    .slice(from)
    .map(({ value, made }) => (isLayer(value) || isWeight(value) ? [made] : []));

/** Whatever goes wrong here leaves the layers as they are. */
function finish(machine: Machine, reading: LayerReading): void {
  const unfinished = [...groups(machine, reading).values()].flatMap(({ layer, weights }) =>
    layer !== null && reading.finish.needs(layer, weights.length > 0) ? [layer] : [],
  );
  if (unfinished.length === 0) return;
  try {
    const module = machine.importModule(reading.finish.module);
    machine.call(machine.getAttribute(module, "finish"), [new PyList(unfinished)]);
  } catch (thrown) {
    if (!(thrown instanceof Raised || thrown instanceof Exhausted || thrown instanceof RangeError))
      throw thrown;
  }
}

function groups(machine: Machine, reading: LayerReading): Map<Place, Group> {
  const found = new Map<Place, Group>();
  for (const { value } of createdBy(machine)) {
    const isLayer = reading.isLayer(value);
    const place = held(value, isLayer ? "_site" : "site");
    if (!(place instanceof Place) || !(isLayer || reading.isWeight(value))) continue;
    const spans = place.spans.filter(isUserCode);
    const group = found.get(place) ?? { layer: null, weights: [], spans };
    found.set(place, group);
    if (isLayer) group.layer ??= value;
    else if (!group.weights.includes(value)) group.weights.push(value);
  }
  return found;
}

/** Stubs are no files of the user's: their names are in angle brackets. */
const isUserCode = ({ file }: Span): boolean => !file.startsWith("<");
