/** Where the comment that declares a model's example input stands, or will stand. */

import { parseModule } from "../python/parse/parse.js";
import type { Statement } from "../python/syntax/ast.js";

/** An offset from the beginning of a text, and what is replaced there. */
export interface InputEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The comment for the model at a place of a text. */
export interface InputPlace {
  /** The class it speaks of; null for the whole file. */
  readonly className: string | null;
  /** The shapes that are declared now, as they are written; null where none are. */
  readonly present: string | null;
  /** Declares other shapes. */
  readonly edit: (shapes: string) => InputEdit;
}

const COMMENT = /^[ \t]*#[ \t]*init-lens:[ \t]*input\b[ \t]*:?[ \t]*(.+?)[ \t]*\r?$/;
/** What must stay the first lines of a file. */
const FIRST_LINES = /^(?:#!.*\n|#.*coding[:=].*\n)*/;

/** The class around an offset, its decorators and the line above it, else the whole file. */
export function inputPlaceAt(text: string, offset: number): InputPlace {
  const around = classAt(parseModule(text).module.body.statements, offset, text);
  if (around === null) return placeAt(text, FIRST_LINES.exec(text)![0].length, null);
  return placeAt(text, startOfLine(text, around.start), around.name);
}

interface ClassPlace {
  readonly name: string;
  readonly start: number;
}

function classAt(statements: readonly Statement[], offset: number, text: string): ClassPlace | null {
  for (const node of statements) {
    if (node.kind !== "ClassDef") continue;
    const first = Math.min(node.start, ...node.decorators.map(({ start }) => start));
    const start = startOfLine(text, first);
    if (start <= offset && offset <= node.end) return { name: node.name, start };
  }
  return null;
}

/** At the beginning of a line: the comment on the line above is replaced, else one is put there. */
function placeAt(text: string, at: number, className: string | null): InputPlace {
  const above = startOfLine(text, at - 1);
  const line = at === 0 ? "" : text.slice(above, at - 1);
  const own = className === null ? text.slice(at, endOfLine(text, at)) : line;
  const present = COMMENT.exec(own)?.[1] ?? null;
  const [start, end] =
    present === null ? [at, at] : className === null ? [at, endOfLine(text, at)] : [above, at - 1];
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return {
    className,
    present,
    edit: (shapes) => ({
      start,
      end,
      text: `# init-lens: input ${bracketed(shapes)}${present === null ? newline : ""}`,
    }),
  };
}

/** `1, 3, 224` and `(1, 3, 224)` are written alike. */
const bracketed = (shapes: string): string =>
  /[([]/.test(shapes)
    ? shapes.trim()
    : `(${shapes
        .split(",")
        .map((size) => size.trim())
        .filter(Boolean)
        .join(", ")})`;

const startOfLine = (text: string, at: number): number => (at <= 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1);

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
