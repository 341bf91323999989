/** What flows in and out of a line, for the end of it. */

import type { ShapeNote, ShapePair, Site } from "../types.js";
import { shapeText } from "./layerText.js";

export interface ShapeHint {
  readonly site: Site;
  /** `1×3×224×224 → 1×64×112×112`. */
  readonly text: string;
}

/** More different shapes at one place than this are counted, not listed. */
const MAX_LISTED = 2;

/** The text of a line of the document, by its number from 1. */
type LineText = (line: number) => string;

/**
 * One hint a line of a document: what the line assigns, if that is one value, else what the layer it makes takes
 * and gives, else the same of a call that is all its value.
 */
export function shapeHints(notes: readonly ShapeNote[], lineText: LineText): readonly ShapeHint[] {
  const assigned = new Map<number, number>();
  for (const note of notes)
    if (note.kind === "assigned") assigned.set(lineOf(note), (assigned.get(lineOf(note)) ?? 0) + 1);
  const byLine = new Map<number, ShapeNote>();
  for (const note of notes) {
    const line = lineOf(note);
    const other = byLine.get(line);
    if (note.kind === "assigned" && assigned.get(line) !== 1) continue;
    if (note.kind === "call" && !isWhole(note.site, lineText)) continue;
    if (!other || RANK[note.kind] < RANK[other.kind]) byLine.set(line, note);
  }
  return [...byLine.values()].map(({ site, shapes }) => ({ site, text: pairsText(shapes) }));
}

const lineOf = ({ site }: ShapeNote): number => site.endLine ?? site.line;

/** Whether a call is the whole value of its statement: what a part of it gives is not what the line gives. */
function isWhole(site: Site, lineText: LineText): boolean {
  const { line, column, endLine = line, endColumn = column } = site;
  const before = lineText(line).slice(0, column - 1);
  const after = lineText(endLine).slice(endColumn - 1);
  return BEFORE_VALUE.test(before) && AFTER_VALUE.test(after);
}

const BEFORE_VALUE = /^\s*((return|yield|await)\s+)*$|(?<![=!<>:+*/@|&^%-])=\s*$/;
const AFTER_VALUE = /^\s*[,;]?\s*(#.*)?$/;

const RANK: Readonly<Record<ShapeNote["kind"], number>> = { assigned: 0, layer: 1, call: 2 };

function pairsText(pairs: readonly ShapePair[]): string {
  const texts = pairs.slice(0, MAX_LISTED).map(pairText);
  const more = pairs.length - MAX_LISTED;
  return [...texts, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function pairText({ input, output }: ShapePair): string {
  return input === null ? shapeText(output) : `${shapeText(input)} → ${shapeText(output)}`;
}
