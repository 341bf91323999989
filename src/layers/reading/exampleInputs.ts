/** Example inputs as people write them: `(N, 3, 224, 224)` in a comment, `1,3,224,224` as an option. */

import { symbol } from "../../python/symbols/polynomial.js";
import type { Statement } from "../../python/syntax/ast.js";
import { innerBlocks } from "../../python/syntax/walk.js";
import { type Span, Sym } from "../../python/values.js";
import type { Size } from "../tensors/tensor.js";

/** Shapes of what a model is given, one a tensor; a name stands for a size that nobody says. */
export type InputShapes = readonly (readonly Size[])[];

/** A comment and the models it speaks of. */
export interface DeclaredInput {
  readonly shapes: InputShapes;
  /** Those of one class, those made in one statement, or every model that no nearer comment speaks of. */
  readonly of: { readonly className: string } | { readonly start: number; readonly end: number } | null;
}

/** The nearest comment that speaks of a model, by its class and the calls that made it; null where none does. */
export function declaredFor(
  declared: readonly DeclaredInput[],
  className: string,
  made: readonly Span[],
  file: string,
): InputShapes | null {
  const speaksOf = ({ of }: DeclaredInput): boolean => {
    if (of === null) return false;
    if ("className" in of) return of.className === className;
    return made.some((span) => span.file === file && span.start >= of.start && span.end <= of.end);
  };
  return (declared.find(speaksOf) ?? declared.find(({ of }) => of === null))?.shapes ?? null;
}

const COMMENT = /#[ \t]*init-lens:[ \t]*input\b[ \t]*:?[ \t]*(.+)$/gm;

/** Every `# init-lens: input (N, 3, 224, 224)` of a text; one that is no shape is passed over. */
export function declaredInputs(text: string, statements: readonly Statement[]): DeclaredInput[] {
  return [...text.matchAll(COMMENT)].flatMap((match) => {
    const shapes = inputShapes(match[1]!);
    return shapes === null ? [] : [{ shapes, of: modelsAt(text, match.index, statements) }];
  });
}

/** `(N, 3, 224, 224)`, several one after the other, or `1,3,224,224` without brackets; null for anything else. */
export function inputShapes(written: string): InputShapes | null {
  const text = written.trim();
  const parts = /[([]/.test(text)
    ? [...text.matchAll(/[([]([^()[\]]*)[)\]]/g)].map(([, inner]) => inner!)
    : [text];
  const rest = text.replaceAll(/[([][^()[\]]*[)\]]/g, "");
  if (/[()[\]]/.test(rest) || (parts[0] !== text && !/^[\s,]*$/.test(rest))) return null;
  const shapes = parts.map((part) => part.replace(/,\s*$/, "").split(",").map(sizeOf));
  return shapes.length > 0 && shapes.every((shape) => shape.every((size) => size !== null))
    ? (shapes as readonly (readonly Size[])[])
    : null;
}

function sizeOf(written: string): Size | null {
  const text = written.trim();
  if (/^\d+$/.test(text)) return Number(text);
  return /^[A-Za-z_]\w*$/.test(text) ? new Sym(symbol(text, text)) : null;
}

/** The class the comment is in or right above, else the statement that calls something on its line or right below. */
function modelsAt(text: string, at: number, statements: readonly Statement[]): DeclaredInput["of"] {
  const lineStart = startOfLine(text, at);
  const lineEnd = endOfLine(text, at);
  const below = endOfLine(text, lineEnd + 1);
  const near = flat(statements).filter(({ start, end }) => start <= below && end > lineStart);
  for (const node of near) if (node.kind === "ClassDef") return { className: node.name };
  const calls = near.filter((node) => "value" in node && node.value !== null && node.value.kind === "Call");
  return calls.find(({ start }) => start <= lineEnd) ?? calls[0] ?? null;
}

const flat = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((node) => [
    node,
    ...(node.kind === "FunctionDef" ? flat(node.body.statements) : []),
    ...innerBlocks(node).flatMap(({ statements: inner }) => flat(inner)),
  ]);

const startOfLine = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
