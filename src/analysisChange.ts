/** How an analysis differs from the one before: after a keystroke nearly nothing does. */
import { type Splice, spliceBetween, spliced } from "./sameness.js";
import type { Analysis, Diagnostic, Finding, Layer, Misfit, Observation, ShapeNote } from "./types.js";

export interface AnalysisChange {
  readonly layers: Splice<Layer>;
  readonly observations: Splice<Observation>;
  readonly findings: Splice<Finding>;
  readonly diagnostics: Splice<Diagnostic>;
  /** Null where no model ran. */
  readonly flow: { readonly notes: Splice<ShapeNote>; readonly misfits: Splice<Misfit> } | null;
}

const NO_FLOW = { notes: [], misfits: [] };

/** What to change in one analysis of a document to get another. */
export function changeBetween(before: Analysis, after: Analysis): AnalysisChange {
  const known = before.flow ?? NO_FLOW;
  return {
    layers: spliceBetween(before.layers, after.layers),
    observations: spliceBetween(before.observations, after.observations),
    findings: spliceBetween(before.findings, after.findings),
    diagnostics: spliceBetween(before.diagnostics, after.diagnostics),
    flow: after.flow
      ? {
          notes: spliceBetween(known.notes, after.flow.notes),
          misfits: spliceBetween(known.misfits, after.flow.misfits),
        }
      : null,
  };
}

/** The other analysis; what both say stays the same objects. */
export function changed(before: Analysis, change: AnalysisChange): Analysis {
  const known = before.flow ?? NO_FLOW;
  const { flow } = change;
  return {
    file: before.file,
    layers: spliced(before.layers, change.layers),
    observations: spliced(before.observations, change.observations),
    findings: spliced(before.findings, change.findings),
    diagnostics: spliced(before.diagnostics, change.diagnostics),
    ...(flow && {
      flow: { notes: spliced(known.notes, flow.notes), misfits: spliced(known.misfits, flow.misfits) },
    }),
  };
}
