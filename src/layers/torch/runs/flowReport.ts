/** Notes and misfits of the runs as plain data, in lines and columns of the document. */
import type { Machine } from "../../../python/machine.js";
import type { Span } from "../../../python/values.js";
import type { Flow, Misfit as MisfitReport, ShapeNote, Site } from "../../../types.js";
import { shapeDims } from "../../tensors/distribution.js";
import { dropMisfitsAfter, type Misfit, misfitsOf } from "./misfits.js";
import { MOST_SHAPES, takeNotes } from "./notes.js";

interface Source {
  readonly file: string;
  readonly text: string;
  readonly siteOf: (span: Span) => Site;
}

/** What runs told, before places are turned into lines and columns. */
export interface FoundFlow {
  readonly notes: readonly {
    readonly kind: ShapeNote["kind"];
    readonly span: Span;
    readonly shapes: ShapeNote["shapes"];
  }[];
  readonly misfits: readonly Misfit[];
}

/** What the runs told since it was last asked. */
export function takeFlow(machine: Machine): FoundFlow {
  const misfits = [...misfitsOf(machine)];
  dropMisfitsAfter(machine, 0);
  const notes = takeNotes(machine).map(({ kind, span, shapes }) => ({
    kind,
    span,
    shapes: shapes.map(({ input, output }) => ({
      input: input === null ? null : shapeDims(input),
      output: shapeDims(output),
    })),
  }));
  return { notes, misfits };
}

/** What the runs told of one document; undefined where no model ran on sizes that are known. */
export function flowReport(flows: readonly FoundFlow[], source: Source): Flow | undefined {
  const notes = new Map<string, ShapeNote>();
  for (const { kind, span, shapes } of flows.flatMap((flow) => flow.notes)) {
    if (span.file !== source.file) continue;
    const key = `${kind} ${span.start} ${span.end}`;
    const more = [...(notes.get(key)?.shapes ?? []), ...shapes];
    const different = new Map(more.map((pair) => [JSON.stringify(pair), pair]));
    notes.set(key, {
      kind,
      site: source.siteOf(span),
      shapes: [...different.values()].slice(0, MOST_SHAPES),
    });
  }
  const all = flows.flatMap((flow) => flow.misfits);
  const misfits = EXPECTED.test(source.text) ? [] : distinct(all.flatMap((one) => report(one, source)));
  return notes.size + misfits.length === 0 ? undefined : { notes: [...notes.values()], misfits };
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

/** A mistake is told once, as the first run met it, whatever else others knew of the input. */
function distinct(misfits: readonly MisfitReport[]): MisfitReport[] {
  const seen = new Map<string, MisfitReport>();
  for (const one of misfits) {
    const [sizes] = one.message.split(": the input is");
    const key = `${one.site.cell} ${one.site.line}:${one.site.column} ${sizes}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
