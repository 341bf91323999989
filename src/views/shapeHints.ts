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

/** One hint a line: what the line assigns, if that is one value, else what the layer it makes takes and gives. */
export function shapeHints({ notes }: Flow): readonly ShapeHint[] {
  const assigned = new Map<string, number>();
  for (const note of notes)
    if (note.kind === "assigned") assigned.set(lineOf(note), (assigned.get(lineOf(note)) ?? 0) + 1);
  const byLine = new Map<string, ShapeNote>();
  for (const note of notes) {
    const line = lineOf(note);
    const other = byLine.get(line);
    if (note.kind === "assigned" && assigned.get(line) !== 1) continue;
    if (!other || RANK[note.kind] < RANK[other.kind]) byLine.set(line, note);
  }
  return [...byLine.values()].map(({ site, shapes }) => ({ site, text: pairsText(shapes) }));
}

const lineOf = ({ site }: ShapeNote): string =>
  `${site.file}:${site.cell ?? ""}:${site.endLine ?? site.line}`;

const RANK: Readonly<Record<ShapeNote["kind"], number>> = { assigned: 0, layer: 1, call: 2 };

function pairsText(pairs: readonly ShapePair[]): string {
  const texts = pairs.slice(0, MAX_LISTED).map(pairText);
  const more = pairs.length - MAX_LISTED;
  return [...texts, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function pairText({ input, output }: ShapePair): string {
  return input === null ? shapeText(output) : `${shapeText(input)} → ${shapeText(output)}`;
}
