/** Layers that were made while a document was evaluated → one entry for each place that makes them. */

import { mainWeight } from "../init/advice.js";
import type { Span } from "../python/values.js";
import type { Dim } from "../types.js";
import type { Use } from "./flow/uses.js";
import type { FoundLayer, FoundParameter, FoundWeight } from "./framework.js";

/** One call expression of the document and everything it made. */
export interface CallSite {
  readonly class: string;
  readonly framework: FoundLayer["framework"];
  readonly name: string;
  readonly span: Span;
  /** Each different set of shapes, the most frequent first. */
  readonly variants: readonly Variant[];
  /** How the site's main weights are used, the most frequent first; empty where no model was seen to run. */
  readonly uses: readonly CountedUse[];
}

/** A way a weight is used, and for how many of the layers made here. */
export interface CountedUse extends Use {
  readonly count: number;
}

export interface Variant {
  /** How often the site made a layer of these shapes. */
  readonly count: number;
  /** Of the first such layer. */
  readonly parameters: readonly FoundParameter[];
}

interface Site {
  readonly first: FoundLayer;
  readonly span: Span;
  readonly variants: Map<string, { count: number; readonly weights: readonly FoundWeight[] }>;
  readonly uses: Use[];
}

/**
 * Groups by the innermost call in the document. A layer that a framework's own code made inside another
 * (the projection in an attention) belongs to the call that made the outer one; of a container only what
 * the same call made counts, which for most is nothing.
 */
export function callSites(layers: readonly FoundLayer[], file: string): CallSite[] {
  const sites = new Map<string, Site>();
  for (const layer of layers) {
    const span = layer.made[0];
    if (span === undefined || span.file !== file) continue;
    const weights = layer.weights.filter(({ made }) => isSame(innermost(made, file), span));
    if (weights.length === 0) continue;
    const key = `${span.start}:${span.end}`;
    const site: Site = sites.get(key) ?? { first: layer, span, variants: new Map(), uses: [] };
    sites.set(key, site);
    site.uses.push(...(mainWeight(weights)?.uses ?? []));
    const shapes = weights.map(({ shape }) => shape.map(written).join()).join(";");
    const variant = site.variants.get(shapes);
    if (variant) variant.count++;
    else site.variants.set(shapes, { count: 1, weights });
  }
  const all = [...sites.values()];
  return all
    .filter((site) => !isArray(site.first) || !all.some((other) => isInside(site.span, other.span)))
    .map(({ first, span, variants, uses }) => ({
      class: first.class,
      framework: first.framework,
      name: first.name,
      span,
      variants: [...variants.values()]
        .sort((a, b) => b.count - a.count)
        .map(({ count, weights }) => ({ count, parameters: weights.map((one) => one.describe()) })),
      uses: counted(uses),
    }))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function counted(uses: readonly Use[]): CountedUse[] {
  const counts = new Map<string, CountedUse>();
  for (const use of uses) {
    const key = `${use.activation} ${use.a} ${use.place}`;
    counts.set(key, { ...use, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** A number and a symbol never look alike. */
const written = (dim: Dim): string => (typeof dim === "string" ? `"${dim}"` : String(dim));

export const innermost = (made: readonly Span[], file: string): Span | undefined =>
  made.find((span) => span.file === file);

/** A drawn array that is an argument of a layer or variable is shown as that. */
const isArray = ({ weights }: FoundLayer): boolean =>
  weights.every((weight) => weight.describe().layer === "array");

const isInside = (inner: Span, outer: Span): boolean =>
  inner !== outer && inner.start >= outer.start && inner.end <= outer.end;

const isSame = (one: Span | undefined, other: Span): boolean =>
  one !== undefined && one.start === other.start && one.end === other.end;
