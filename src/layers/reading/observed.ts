/** What was noticed, at its lines and columns in the document and once each. */

import type { ModuleText } from "../../python/documents/moduleText.js";
import { isStub } from "../../python/modules/stubs.js";
import type { Definition, Statement } from "../../python/syntax/ast.js";
import type { Span } from "../../python/values.js";
import type { Fix, Observation, TextEdit } from "../../types.js";
import type { Noticed } from "../observations.js";
import { makesPart } from "../patterns/networkParts.js";
import type { Change, Pattern } from "../patterns/pattern.js";
import { outerDefinitions } from "./unreached.js";

export function observationsOf(
  noticed: readonly Noticed[],
  patterns: readonly Pattern[],
  source: ModuleText,
  statements: readonly Statement[],
): Observation[] {
  const definitions = outerDefinitions(statements);
  const found = new Map<string, Observation>();
  for (const { what, calls, other = [], part } of noticed) {
    if (what.kind === "copies" && !what.shared && isLeftToUsers(calls, source.file, definitions)) continue;
    if (part !== undefined && !(part.file === source.file && makesPart(statements, part))) continue;
    const span =
      what.kind === "raises" ? calls.find(({ file }) => file === source.file) : ownCall(calls, source.file);
    if (span === undefined) continue;
    const site = source.site(span);
    const place = `${what.kind}:${span.start}:${span.end}`;
    if (what.kind !== "equal_draws") found.set(place, { ...what, site });
    else {
      const first = ownCall(other, source.file);
      found.set(place, { ...what, site, other: first === undefined ? null : source.site(first) });
    }
  }
  for (const { what, fix, start, end } of patterns) {
    const site = source.site({ start, end });
    found.set(
      `${what.kind}:${start}:${end}`,
      fix ? { ...what, site, fix: fixOf(fix, source) } : { ...what, site },
    );
  }
  return [...found.values()];
}

/**
 * Whether all happens in one class that nothing in the document makes: a model of another file that holds an
 * object of it may draw the weights of its copies anew, as those do that apply one function to all of theirs.
 */
function isLeftToUsers(calls: Noticed["calls"], file: string, definitions: readonly Definition[]): boolean {
  const own = calls.filter((span) => span.file === file);
  const classes = own.map(({ start }) =>
    definitions.find((one) => one.kind === "ClassDef" && one.start <= start && start < one.end),
  );
  const outermost = classes.at(-1);
  return outermost !== undefined && classes.every((one) => one === undefined || one === outermost);
}

/** The innermost call of a program, where it is the document's: what another file does is told there. */
function ownCall(calls: Noticed["calls"], document: string): Span | undefined {
  const innermost = calls.find((span) => !isStub(span));
  return innermost?.file === document ? innermost : undefined;
}

const fixOf = ({ title, changes }: NonNullable<Pattern["fix"]>, source: ModuleText): Fix => ({
  title,
  edits: changes.map((change) => editOf(change, source)),
});

function editOf({ newText, ...stretch }: Change, source: ModuleText): TextEdit {
  const { file, cell, line, column, endLine = line, endColumn = column } = source.site(stretch);
  return { file, ...(cell === undefined ? {} : { cell }), line, column, endLine, endColumn, newText };
}
