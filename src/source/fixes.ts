/** From findings to the edits that mend them. */
import type { Finding, TextEdit } from "../types.js";

/**
 * The edits of several fixes as one: what two of them add alike, such as an import, is added once; a fix
 * that would write over another's text is left out.
 */
export function mergedEdits(findings: readonly Finding[]): readonly TextEdit[] {
  const merged: TextEdit[] = [];
  for (const { fix } of findings) {
    const news = (fix?.edits ?? []).filter((edit) => !merged.some((other) => isSame(edit, other)));
    if (news.some((edit) => merged.some((other) => overlaps(edit, other)))) continue;
    merged.push(...news);
  }
  return merged;
}

/** What is written at the end of a line so that a rule leaves it alone; a comment that is there is extended. */
export function ignoreEdit(
  line: string,
  code: string,
): { readonly start: number; readonly end: number; readonly newText: string } {
  const listed = /#\s*init-lens:\s*ignore\[([^\]]*)\]/.exec(line);
  if (listed) {
    const end = listed.index + listed[0].length - 1;
    return { start: end, end, newText: listed[1]!.trim() === "" ? code : `, ${code}` };
  }
  const end = line.trimEnd().length;
  return { start: end, end: line.length, newText: `  # init-lens: ignore[${code}]` };
}

function isSame(one: TextEdit, other: TextEdit): boolean {
  return compare(one, other) === 0 && one.newText === other.newText && isSamePlace(one, other);
}

const isSamePlace = (one: TextEdit, other: TextEdit): boolean =>
  one.file === other.file &&
  one.cell === other.cell &&
  one.endLine === other.endLine &&
  one.endColumn === other.endColumn;

function overlaps(one: TextEdit, other: TextEdit): boolean {
  if (one.file !== other.file || one.cell !== other.cell) return false;
  const [first, second] = compare(one, other) <= 0 ? [one, other] : [other, one];
  if (first.endLine !== second.line) return first.endLine > second.line;
  return first.endColumn > second.column;
}

const compare = (one: TextEdit, other: TextEdit): number =>
  one.line - other.line || one.column - other.column;
