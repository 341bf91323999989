/**
 * What parts of a document gave, at its places after an edit. A part that only runs through statements which
 * the edit left at their lines gives the same layers as before, so what was made of these can be kept.
 */
import type { Edit, Outline } from "../../python/documents/outline.js";
import { statementAt } from "../../python/documents/outline.js";
import type { Span } from "../../python/values.js";
import { lasting } from "../../sameness.js";
import type { CallSite } from "./callSites.js";
import type { Part } from "./parts.js";

/** A place of the former text that is none of a node of the new one. */
export class Lost extends Error {}

/** Call sites that say the same, at the same lines and columns, as a former one. */
const firsts = new WeakMap<CallSite, CallSite>();

/** The first of all call sites that say the same at the same lines and columns, through all edits. */
export const firstOf = (site: CallSite): CallSite => firsts.get(site) ?? site;

/** The call site under the name that its statement gives it. */
export function named(site: CallSite, name: string): CallSite {
  if (name === site.name) return site;
  const renamed = { ...site, name };
  firsts.set(renamed, firstOf(site));
  return renamed;
}

/** The first that two sites became together. */
const together = new WeakMap<CallSite, WeakMap<CallSite, CallSite>>();

/** One call site of what two parts tell of it. */
export function joinedSite(one: CallSite, other: CallSite, join: () => CallSite): CallSite {
  const made = join();
  const withOne = together.get(firstOf(one)) ?? new WeakMap<CallSite, CallSite>();
  together.set(firstOf(one), withOne);
  const first = withOne.get(firstOf(other)) ?? made;
  withOne.set(firstOf(other), first);
  firsts.set(made, first);
  return made;
}

/** The statements of the document that a part's places stand in, by index: an edit leaves their number. */
const statements = new WeakMap<Part, readonly number[]>();

/** Moves parts of a document; throws `Lost` where a place is gone. */
export class PartMover {
  constructor(
    private readonly edit: Edit,
    private readonly before: Outline,
    private readonly file: string,
  ) {}

  move(span: Span): Span {
    if (span.file !== this.file) return span;
    const stretch = this.edit.moved(span);
    if (stretch === null) throw new Lost();
    return { file: this.file, ...stretch };
  }

  movePart<P extends Part>(part: P): P {
    const { edit } = this;
    const touched = statements.get(part) ?? this.statementsOf(part);
    if (touched.every((index) => edit.isUnmoved(index))) return part;
    const moved = withPlaces(part, (span) => this.move(span));
    statements.set(moved, touched);
    if (touched.every((index) => edit.isAtItsLine(index))) {
      for (const [index, site] of moved.sites.entries()) firsts.set(site, firstOf(part.sites[index]!));
    }
    return moved;
  }

  private statementsOf(part: Part): readonly number[] {
    const found = new Set<number>();
    withPlaces(part, (span) => {
      if (span.file === this.file) found.add(statementAt(this.before, span.start));
      return span;
    });
    return [...found];
  }
}

function withPlaces<P extends Part>(part: P, move: (span: Span) => Span): P {
  // A layer's parameters share the list of the calls that made it.
  const moveAll = lasting((spans: readonly Span[]) => spans.map(move));
  return {
    ...part,
    places: moveAll(part.places),
    reached: moveAll(part.reached),
    stop: part.stop && { ...part.stop, span: part.stop.span && move(part.stop.span) },
    noticed: part.noticed.map(({ other, ...one }) => ({
      ...one,
      calls: moveAll(one.calls),
      ...(other === undefined ? {} : { other: moveAll(other) }),
    })),
    visits: part.visits.map(({ span, applied, ...visit }) => ({
      ...visit,
      span: move(span),
      applied: applied && move(applied),
    })),
    flow: {
      notes: part.flow.notes.map((note) => ({ ...note, span: move(note.span) })),
      misfits: part.flow.misfits.map((one) => ({
        ...one,
        calls: moveAll(one.calls),
        made: moveAll(one.made),
      })),
    },
    sites: part.sites.map((site) => ({
      ...site,
      span: move(site.span),
      builds: site.builds.map(({ call, parameters, ...build }) => ({
        ...build,
        call: call && { ...call, span: move(call.span) },
        parameters: parameters.map((one) => ({
          ...one,
          made: moveAll(one.made),
          steps: one.steps.map((step) => ({ ...step, calls: moveAll(step.calls) })),
        })),
      })),
    })),
  };
}
