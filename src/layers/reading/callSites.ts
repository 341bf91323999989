/** Layers that were made while a document was evaluated → one entry for each place that makes them. */

import { mainWeight } from "../../init/advice.js";
import { SEVERAL_WAYS } from "../../init/describe.js";
import type { Span } from "../../python/values.js";
import type { Dim } from "../../types.js";
import { joinedUse, type Use } from "../flow/uses.js";
import type { FoundLayer, FoundParameter, FoundWeight } from "../framework.js";
import { innermost } from "../spans.js";
import type { BuildingCall } from "./buildingCalls.js";
import { joinedSite } from "./movedParts.js";

/** One call expression of the document and everything it made. */
export interface CallSite {
  readonly class: string;
  readonly framework: FoundLayer["framework"];
  readonly name: string;
  readonly span: Span;
  /** Each different set of shapes for each call that builds it. */
  readonly builds: readonly Build[];
  /** How the site's main weights are used, the most frequent first; empty where no model was seen to run. */
  readonly uses: readonly CountedUse[];
}

/** A way a weight is used, and for how many of the layers made here. */
export interface CountedUse extends Use {
  readonly count: number;
}

/** The layers of one set of shapes that a site makes for one call. */
export interface Build {
  /** Null for a layer that is made outside of all functions. */
  readonly call: BuildingCall | null;
  /** What made the model that these layers are part of: a file's code, or a definition that nothing calls. */
  readonly program: string;
  /** How often the site made a layer of these shapes. */
  readonly count: number;
  /** Of the first such layer. */
  readonly parameters: readonly FoundParameter[];
  /** How the main weights of these layers are used. */
  readonly uses: readonly CountedUse[];
}

/**
 * Groups by the innermost call in the document. A layer that a framework's own code made inside another
 * (the projection in an attention) belongs to the call that made the outer one; of a container only what
 * the same call made counts, which for most is nothing.
 */
export function callSites(
  layers: readonly FoundLayer[],
  file: string,
  callOf: (made: readonly Span[]) => BuildingCall | null = () => null,
): CallSite[] {
  const sites = new Map<string, Gathered>();
  for (const layer of layers) {
    const span = layer.made[0];
    if (span === undefined || span.file !== file) continue;
    const weights = layer.weights.filter(({ made }) => isSame(innermost(made, file), span));
    if (weights.length === 0) continue;
    const site: Gathered = sites.get(placeKey(span)) ?? { first: layer, span, builds: new Map() };
    sites.set(placeKey(span), site);
    const uses = mainWeight(weights)?.uses ?? [];
    const call = callOf(layer.made);
    const place = call && placeOf(call);
    const program = place !== null && call?.isAssumed === true ? place : layer.made.at(-1)!.file;
    const key = `${program} ${place} ${written(weights)}`;
    const build = site.builds.get(key);
    if (build) {
      build.count++;
      build.uses.push(...uses);
      for (const [i, { history }] of weights.entries()) {
        if (history !== build.weights[i]?.history) build.differing.add(i);
      }
    } else site.builds.set(key, { call, program, count: 1, weights, differing: new Set(), uses: [...uses] });
  }
  return [...sites.values()].map(({ first, span, builds }) => ({
    class: first.class,
    framework: first.framework,
    name: first.name,
    span,
    builds: [...builds.values()].map(({ call, program, count, weights, differing, uses }) => ({
      call,
      program,
      count,
      parameters: weights.map((one, i) => (differing.has(i) ? ofSeveral(one) : one.describe())),
      uses: countedOnce(uses),
    })),
    uses: countedOnce([...builds.values()].flatMap(({ uses }) => uses)),
  }));
}

interface Gathered {
  readonly first: FoundLayer;
  readonly span: Span;
  readonly builds: Map<string, GatheredBuild>;
}

interface GatheredBuild extends Pick<Build, "call" | "program"> {
  count: number;
  /** Of the first layer. */
  readonly weights: readonly FoundWeight[];
  /** Indices of weights that another layer draws differently. */
  readonly differing: Set<number>;
  readonly uses: Use[];
}

/** A weight that is drawn in one way in one of the layers and in another way in another. */
const ofSeveral = (weight: FoundWeight): FoundParameter => ({
  ...weight.describe(),
  current: { kind: "unknown", source: SEVERAL_WAYS },
  steps: [],
});

/** The call sites of several evaluations as one list, in the order of the text. */
export function joinSites(parts: readonly (readonly CallSite[])[]): CallSite[] {
  const found = new Map<string, CallSite>();
  for (const site of parts.flat()) {
    const known = found.get(placeKey(site.span));
    found.set(
      placeKey(site.span),
      known === undefined
        ? site
        : joinedSite(known, site, () => ({
            ...known,
            builds: [...known.builds, ...site.builds],
            uses: counted([...known.uses, ...site.uses]),
          })),
    );
  }
  const all = [...found.values()];
  return all
    .filter((site) => !isArray(site) || !all.some((other) => isInside(site.span, other.span)))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

const countedOnce = (uses: readonly Use[]): CountedUse[] =>
  counted(uses.map((use) => ({ ...use, count: 1 })));

/** Each use once, the most frequent first. */
export function counted(uses: readonly CountedUse[]): CountedUse[] {
  const counts = new Map<string, CountedUse>();
  for (const use of uses) {
    const key = `${use.activation} ${use.a} ${use.place}`;
    const known = counts.get(key);
    const joined = known === undefined ? use : joinedUse({ ...known, ...use }, [known, use]);
    counts.set(key, { ...joined, count: (known?.count ?? 0) + use.count });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** The shapes as one text. */
export const written = (weights: readonly Pick<FoundWeight, "shape">[]): string =>
  weights.map(({ shape }) => shape.map(writtenDim).join()).join(";");

/** A number and a symbol never look alike. */
const writtenDim = (dim: Dim): string => (typeof dim === "string" ? `"${dim}"` : String(dim));

/** A place of the document as a key. */
export const placeKey = ({ start, end }: Span): string => `${start}:${end}`;

/** A drawn array that is an argument of a layer or variable is shown as that. */
const isArray = ({ builds }: CallSite): boolean =>
  builds[0]!.parameters.every(({ layer }) => layer === "array");

const isInside = (inner: Span, outer: Span): boolean =>
  inner !== outer && inner.start >= outer.start && inner.end <= outer.end;

const isSame = (one: Span | undefined, other: Span): boolean =>
  one !== undefined && one.start === other.start && one.end === other.end;

const placeOf = ({ span }: BuildingCall): string => `${span.file}:${placeKey(span)}`;
