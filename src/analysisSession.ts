import type { CallSite } from "./layers/reading/callSites.js";
import { firstOf } from "./layers/reading/movedParts.js";
import { PythonSession } from "./layers/reading/pythonReading.js";
import { keptItems } from "./sameness.js";
import type { Analysis, Layer } from "./types.js";

/** A layer as it is shown, and the same with other shapes that its place builds. */
export interface MadeLayer {
  readonly layer: Layer;
  readonly variants: readonly Layer[];
}

/**
 * What is kept of one document between its edits. Layers that are what they were stay the same objects: rules
 * look at new ones alone, and only these are sent on.
 */
export class AnalysisSession {
  readonly reading = new PythonSession();
  readonly made = new MadeLayers();
  /** Layers before and after the rules have looked at them. */
  readonly bare = new KeptLayers();
  readonly told = new KeptLayers();
  /** The answer that was given last, and its number: whoever holds it needs to hear only what changed. */
  answer: { readonly number: number; readonly analysis: Analysis } | null = null;
}

/** Layers by the call sites they were made of, where these say the same through edits. */
class MadeLayers {
  #chosen = "";
  #layers = new WeakMap<CallSite, MadeLayer>();

  /** `chosen` is what else they hang on. */
  keep(site: CallSite, chosen: string, make: () => MadeLayer): MadeLayer {
    if (chosen !== this.#chosen) {
      this.#chosen = chosen;
      this.#layers = new WeakMap();
    }
    const first = firstOf(site);
    const layer = this.#layers.get(first) ?? make();
    this.#layers.set(first, layer);
    return layer;
  }
}

class KeptLayers {
  #before: ReadonlyMap<string, Layer> = new Map();

  keep(layers: readonly Layer[]): readonly Layer[] {
    const kept = keptItems(this.#before, layers, placeOf);
    this.#before = new Map(kept.map((layer) => [placeOf(layer), layer]));
    return kept;
  }
}

const placeOf = ({ site: { cell, line, column, endLine, endColumn } }: Layer): string =>
  `${cell} ${line}:${column} ${endLine}:${endColumn}`;
