/** Code of several layers into one text, as one set of edits that do not touch each other. */
import type { Site } from "../types.js";
import { type LocalEdit, placeSnippet } from "./placing.js";
import type { Snippet } from "./snippet.js";

export interface Placement {
  readonly site: Site;
  readonly snippet: Snippet;
}

export interface PlacedAll {
  readonly edits: readonly LocalEdit[];
  readonly placed: readonly Placement[];
  /** Those that have no place, and those that would write over another. */
  readonly left: readonly Placement[];
}

/** Each snippet goes where it would alone; what they import and define is added once. */
export function placeAll(text: string, wanted: readonly Placement[]): PlacedAll {
  const edits: LocalEdit[] = [];
  const placed: Placement[] = [];
  const left: Placement[] = [];
  for (const one of wanted) {
    const own = placeSnippet(text, one.site, { ...one.snippet, imports: [], setup: [] });
    if ("reason" in own || own.some((edit) => edits.some((other) => touches(edit, other)))) left.push(one);
    else {
      edits.push(...own);
      placed.push(one);
    }
  }
  return { edits: [...headEdits(text, placed), ...edits], placed, left };
}

/** The edit that adds imports and functions above the first of the layers. */
function headEdits(text: string, placed: readonly Placement[]): readonly LocalEdit[] {
  const [first] = [...placed].sort((a, b) => a.site.line - b.site.line);
  if (!first) return [];
  const imports = [...new Set(placed.flatMap(({ snippet }) => snippet.imports))];
  const setup = [...new Set(placed.flatMap(({ snippet }) => snippet.setup))];
  const whole = placeSnippet(text, first.site, { ...first.snippet, imports, setup });
  return "reason" in whole ? [] : whole.slice(0, -1);
}

/** Whether two edits share text, or begin at the same place. */
function touches(one: LocalEdit, other: LocalEdit): boolean {
  const isBefore = (a: LocalEdit, b: LocalEdit) =>
    a.endLine < b.line || (a.endLine === b.line && a.endColumn < b.column);
  return !isBefore(one, other) && !isBefore(other, one);
}
