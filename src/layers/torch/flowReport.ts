/** Notes and misfits of the runs as plain data, in lines and columns of the document. */
import type { Machine } from "../../python/machine.js";
import type { Span } from "../../python/values.js";
import type { Flow, Misfit as MisfitReport, Site } from "../../types.js";
import { shapeDims } from "../distribution.js";
import { type Misfit, misfitsOf } from "./misfits.js";
import { notesOf } from "./notes.js";

interface Source {
  readonly file: string;
  readonly text: string;
  readonly siteOf: (span: Span) => Site;
}

/** What the runs told of one document; undefined where no model ran on sizes that are known. */
export function flowOf(machine: Machine, source: Source): Flow | undefined {
  const notes = notesOf(machine)
    .filter(({ span }) => span.file === source.file)
    .map(({ kind, span, shapes }) => ({
      kind,
      site: source.siteOf(span),
      shapes: shapes.map(({ input, output }) => ({
        input: input === null ? null : shapeDims(input),
        output: shapeDims(output),
      })),
    }));
  const misfits = EXPECTED.test(source.text)
    ? []
    : distinct(misfitsOf(machine).flatMap((one) => report(one, source)));
  return notes.length + misfits.length === 0 ? undefined : { notes, misfits };
}

/** A program that waits for the exception gives a wrong input on purpose. */
const EXPECTED = /\b(raises|assertRaises|except)\s*\(?\s*\(?[\w.,\s]*\b(RuntimeError|Exception|ValueError)\b/;

function report(misfit: Misfit, { file, text, siteOf }: Source): MisfitReport[] {
  const called = misfit.calls.find((span) => span.file === file);
  const made = misfit.made.find((span) => span.file === file);
  // Where a model is run on an example input, nothing in the document calls it.
  const call = called ?? made;
  if (call === undefined) return [];
  const where = made === undefined || called === undefined ? "" : ` (line ${siteOf(called).line})`;
  return [
    {
      message: `${misfit.message[0]!.toUpperCase()}${misfit.message.slice(1)}${where}`,
      site: siteOf(made ?? call),
      call: siteOf(call),
      fix: made === undefined ? null : fixAt(made, misfit, text, siteOf),
    },
  ];
}

/** The size in the layer's own call, where it is written there once as a number. */
function fixAt(made: Span, { sizes }: Misfit, text: string, siteOf: Source["siteOf"]): MisfitReport["fix"] {
  if (sizes === null) return null;
  const call = text.slice(made.start, made.end);
  const found = [...call.matchAll(new RegExp(`(?<![\\w.])${sizes.taken}(?![\\w.])`, "g"))];
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  const start = made.start + only.index;
  const { line, column, endLine, endColumn, cell, file } = siteOf({
    ...made,
    start,
    end: start + only[0].length,
  });
  if (endLine === undefined || endColumn === undefined) return null;
  const at = { file, ...(cell === undefined ? {} : { cell }), line, column, endLine, endColumn };
  return { title: `Take ${sizes.given}`, edits: [{ ...at, newText: String(sizes.given) }] };
}

function distinct(misfits: readonly MisfitReport[]): MisfitReport[] {
  const seen = new Map(misfits.map((one) => [`${one.site.line}:${one.site.column} ${one.message}`, one]));
  return [...seen.values()];
}
