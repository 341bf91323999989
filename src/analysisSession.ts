import { PythonSession } from "./layers/pythonReading.js";
import { keptItems } from "./sameness.js";
import type { Analysis, Layer } from "./types.js";

/**
 * What is kept of one document between its edits. Layers that are what they were stay the same objects: rules
 * look at new ones alone, and only these are sent on.
 */
export class AnalysisSession {
  readonly reading = new PythonSession();
  /** Layers before and after the rules have looked at them. */
  readonly bare = new KeptLayers();
  readonly told = new KeptLayers();
  /** The answer that was given last, and its number: whoever holds it needs to hear only what changed. */
  answer: { readonly number: number; readonly analysis: Analysis } | null = null;
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
