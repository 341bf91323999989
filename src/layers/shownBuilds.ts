/** Which of the layers that a place makes are shown: those of the chosen call, else of every call there is. */
import { type BuildingCall, callText } from "./buildingCalls.js";
import { type Build, type CallSite, written } from "./callSites.js";

/** A call that a place's layers are built for, once for each text of it in a file. */
export interface CountedCall {
  readonly key: string;
  readonly text: string;
  readonly call: BuildingCall;
  /** Whether the shapes are, or are among others, those of this call. */
  readonly isShown: boolean;
}

/** Layers of one set of shapes. */
export type Variant = Pick<Build, "count" | "parameters">;

export interface Shown {
  /** Each different set of shapes: those without unknown sizes first, then the most frequent. */
  readonly variants: readonly Variant[];
  /** Those that are shown first, and of them the one that builds the first shapes. */
  readonly calls: readonly CountedCall[];
}

/**
 * Calls in other files say more than what is only assumed here of a definition that this document does not
 * call, so where there are some, they are shown. `chosen` are keys of calls that somebody chose.
 */
export function shownBuilds(
  { builds, span }: CallSite,
  chosen: ReadonlySet<string>,
  textOf: (file: string) => string | undefined,
): Shown {
  const keyed = builds.map((build) => {
    const text = build.call && callText(build.call, textOf);
    return {
      build,
      text,
      key: build.call === null || text === null ? "" : `${build.call.span.file}#${text}`,
    };
  });
  const isChosen = keyed.some(({ key }) => chosen.has(key));
  const isElsewhere = keyed.some(({ build: { call } }) => call !== null && call.span.file !== span.file);
  const isShown = ({ build: { call }, key }: (typeof keyed)[number]): boolean =>
    isChosen ? chosen.has(key) : !(isElsewhere && call !== null && call.assumed !== null);
  const calls = new Map<string, CountedCall>();
  for (const one of keyed) {
    const { build, text, key } = one;
    if (build.call !== null && text !== null && !calls.has(key)) {
      calls.set(key, { key, text, call: build.call, isShown: isShown(one) });
    }
  }
  const shown = keyed.filter(isShown);
  const sorted = variants(shown.map(({ build }) => build));
  const main = sorted[0] && written(sorted[0].parameters);
  const first = shown.find(({ build }) => written(build.parameters) === main)?.key;
  const rank = ({ key, isShown }: CountedCall): number => (key === first ? 0 : isShown ? 1 : 2);
  return { variants: sorted, calls: [...calls.values()].sort((a, b) => rank(a) - rank(b)) };
}

function variants(builds: readonly Build[]): Variant[] {
  const joined = new Map<string, Variant>();
  for (const { count, parameters } of builds) {
    const key = written(parameters);
    const known = joined.get(key);
    joined.set(key, known === undefined ? { count, parameters } : { ...known, count: known.count + count });
  }
  return [...joined.values()].sort((a, b) => unknowns(a) - unknowns(b) || b.count - a.count);
}

const unknowns = ({ parameters }: Variant): number => (isConcrete(parameters) ? 0 : 1);

/** Whether every size is a number. */
export const isConcrete = (parameters: Build["parameters"]): boolean =>
  parameters.every(({ shape }) => shape.every((size) => typeof size === "number"));
