/** What flows in and out of a line, for the end of it. */

import type { Flow, ShapeNote, ShapePair, Site } from "../types.js";
import { shapeText } from "./layerText.js";

export interface ShapeHint {
  readonly site: Site;
  /** `1×3×224×224 → 1×64×112×112`. */
  readonly text: string;
}

/** More different shapes at one place than this are counted, not listed. */
const MAX_LISTED = 2;

/** One hint a line: what the line assigns, else what the layer it makes takes and gives. */
export function shapeHints({ notes }: Flow): readonly ShapeHint[] {
  const byLine = new Map<string, ShapeNote>();
  for (const note of notes) {
    const key = `${note.site.file}:${note.site.cell ?? ""}:${note.site.endLine ?? note.site.line}`;
    const other = byLine.get(key);
    if (!other || RANK[note.kind] < RANK[other.kind]) byLine.set(key, note);
  }
  return [...byLine.values()].map(({ site, shapes }) => ({ site, text: pairsText(shapes) }));
}

const RANK: Readonly<Record<ShapeNote["kind"], number>> = { assigned: 0, layer: 1, call: 2 };

function pairsText(pairs: readonly ShapePair[]): string {
  const texts = pairs.slice(0, MAX_LISTED).map(pairText);
  const more = pairs.length - MAX_LISTED;
  return [...texts, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function pairText({ input, output }: ShapePair): string {
  return input === null ? shapeText(output) : `${shapeText(input)} → ${shapeText(output)}`;
}
