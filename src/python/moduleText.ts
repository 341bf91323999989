/** The cells of a notebook read as one Python text, and places in that text told as places in cells. */
import type { Site, SourceCell, SourceDocument } from "../types.js";
import { parseModule } from "./parse.js";

/** A syntax error that was blanked out so that the cells after it are read; offsets into the joined text. */
export interface CellProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

interface CellPlace {
  /** Index among all cells of the notebook; null for a plain file. */
  readonly index: number | null;
  /** Offset of the cell's first character in the joined text. */
  readonly start: number;
  readonly lineStarts: readonly number[];
}

/** One text with the offsets of its cells. Characters keep their places: what is no Python becomes blanks. */
export class ModuleText {
  readonly text: string;
  readonly problems: readonly CellProblem[];
  readonly #places: readonly CellPlace[];

  constructor(readonly document: SourceDocument) {
    const texts: string[] = [];
    const places: CellPlace[] = [];
    const problems: CellProblem[] = [];
    let offset = 0;
    for (const cell of document.cells) {
      const { text, problems: broken } = readable(cell);
      problems.push(
        ...broken.map(({ start, end, message }) => ({ start: start + offset, end: end + offset, message })),
      );
      places.push({ index: cell.index, start: offset, lineStarts: lineStarts(cell.text, offset) });
      texts.push(text);
      offset += text.length + 1;
    }
    this.text = texts.join("\n");
    this.problems = problems;
    this.#places = places;
  }

  get file(): string {
    return this.document.file;
  }

  /** Lines and columns of a stretch of the joined text, counted within its cell. */
  site({ start, end }: { readonly start: number; readonly end: number }): Site {
    const place = last(this.#places, ({ start: first }) => first <= start);
    if (place === undefined) return { file: this.file, line: 1, column: 1 };
    const from = position(place.lineStarts, start);
    const to = position(place.lineStarts, end);
    const cell = place.index === null ? {} : { cell: place.index };
    return { file: this.file, ...from, endLine: to.line, endColumn: to.column, ...cell };
  }
}

function lineStarts(text: string, offset: number): number[] {
  const starts = [offset];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(offset + match.index + match[0].length);
  return starts;
}

function position(starts: readonly number[], offset: number): { line: number; column: number } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(1, offset - starts[low]! + 1) };
}

function last<T>(items: readonly T[], test: (item: T) => boolean): T | undefined {
  for (let at = items.length - 1; at >= 0; at--) if (test(items[at]!)) return items[at];
  return undefined;
}

// ── what in a cell is Python ─────────────────────────────────────────────────

/** Cell magics whose body is Python still; the body of any other is another language. */
const PYTHON_MAGICS = /^%%(time|timeit|capture|prun|memit|mprun|px|debug|skip)\b/;
/** A line that IPython takes for itself: a magic, a shell command, help. */
const OWN_LINE = /^[ \t]*(?:[%!?].*|[\w.]+\?{1,2}[ \t]*)$/;
/** `files = !ls`, `path = %pwd` */
const OWN_VALUE = /^([ \t]*[\w, ]+=[ \t]*)([%!].*)$/;

function readable({ index, text }: SourceCell): { text: string; problems: readonly CellProblem[] } {
  if (index === null) return { text, problems: [] };
  if (/^\s*%%/.test(text)) {
    if (!PYTHON_MAGICS.test(text.trimStart())) return { text: blank(text), problems: [] };
    const end = text.indexOf("\n", text.indexOf("%%"));
    const from = end < 0 ? text.length : end;
    return readable({ index, text: blank(text.slice(0, from)) + text.slice(from) });
  }
  if (parseModule(text).module.errors.length === 0) return { text, problems: [] };
  return withoutBroken(text.split("\n").map(pythonLine).join("\n"));
}

/** The same number of characters, without what only IPython understands. */
function pythonLine(line: string): string {
  if (OWN_LINE.test(line)) {
    const indent = /^[ \t]*/.exec(line)![0];
    const rest = line.length - indent.length;
    return indent + (rest >= 4 ? "pass" : "0").padEnd(rest);
  }
  const [, target, command] = OWN_VALUE.exec(line) ?? [];
  return target === undefined || command === undefined ? line : target + "_".padEnd(command.length);
}

/** Blanks the top-level statements that do not parse, so that an open bracket ends with its cell. */
function withoutBroken(text: string): { text: string; problems: readonly CellProblem[] } {
  const { module } = parseModule(text);
  const problems = module.errors.map(({ start, end, message }) => ({ start, end, message }));
  let fixed = text;
  for (const { kind, start, end } of module.body.statements) {
    if (kind === "ErrorStatement")
      fixed = fixed.slice(0, start) + blank(fixed.slice(start, end)) + fixed.slice(end);
  }
  return { text: fixed, problems };
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");
