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
  readonly bare = new Kept<MadeLayer>(({ layer }) => placeOf(layer));
  readonly told = new Kept<Layer>(placeOf);
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

/** Items that stand where an equal one stood are that one. */
class Kept<T> {
  readonly #placeOf: (item: T) => string;
  #before: ReadonlyMap<string, T> = new Map();

  constructor(placeOf: (item: T) => string) {
    this.#placeOf = placeOf;
  }

  keep(items: readonly T[]): readonly T[] {
    const kept = keptItems(this.#before, items, this.#placeOf);
    this.#before = new Map(kept.map((item) => [this.#placeOf(item), item]));
    return kept;
  }
}

const placeOf = ({ site: { cell, line, column, endLine, endColumn } }: Layer): string =>
  `${cell} ${line}:${column} ${endLine}:${endColumn}`;
