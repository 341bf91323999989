/** Which of the layers that a place makes are shown: those of the chosen call, else of every call there is. */
import { isReplaced } from "../../init/loaded.js";
import { type BuildingCall, callText } from "./buildingCalls.js";
import { type Build, type CallSite, counted, written } from "./callSites.js";

/** A call that a place's layers are built for, once for each text of it in a file. */
export interface CountedCall {
  readonly key: string;
  readonly text: string;
  readonly call: BuildingCall;
  /** Whether the shapes are, or are among others, those of this call. */
  readonly isShown: boolean;
}

/** Layers of one set of shapes. */
export type Variant = Pick<Build, "count" | "parameters" | "uses">;

export interface Shown {
  /** Each different set of shapes: those without unknown sizes first, then the most frequent. */
  readonly variants: readonly Variant[];
  /** Those that are shown first, and of them the one that builds the first shapes. */
  readonly calls: readonly CountedCall[];
}

/**
 * Calls in other files say more than what is only assumed of a definition that this document does not call, so
 * where there are some, they are shown. `chosen` are keys of calls that somebody chose.
 */
export function shownBuilds(
  { builds, span }: CallSite,
  chosen: ReadonlySet<string>,
  textOf: (file: string) => string | undefined,
): Shown {
  const keyed = builds.map((build): Keyed => {
    const text = build.call && callText(build.call, textOf);
    return { build, text, key: text === null ? "" : `${build.call?.span.file}#${text}` };
  });
  const isShown = filterOf(keyed, span.file, chosen);
  const calls = new Map<string, CountedCall>();
  for (const one of keyed) {
    const { build, text, key } = one;
    if (build.call === null || text === null) continue;
    const { call, isShown: known } = calls.get(key) ?? { call: build.call, isShown: false };
    calls.set(key, { key, text, call, isShown: known || isShown(one) });
  }
  const sorted = variants(keyed.filter(isShown));
  const first = sorted[0]?.key;
  const rank = ({ key, isShown }: CountedCall): number => (key === first ? 0 : isShown ? 1 : 2);
  return {
    variants: sorted.map(({ count, parameters, uses }) => ({ count, parameters, uses })),
    calls: [...calls.values()].sort((a, b) => rank(a) - rank(b)),
  };
}

interface Keyed {
  readonly build: Build;
  readonly text: string | null;
  readonly key: string;
}

/** Tells the builds that are shown. */
function filterOf(
  keyed: readonly Keyed[],
  own: string,
  chosen: ReadonlySet<string>,
): (one: Keyed) => boolean {
  const isElsewhere = ({ build: { call } }: Keyed) => call !== null && call.span.file !== own;
  const isAssumed = ({ build: { call } }: Keyed) => call?.isAssumed === true;
  const isKnown = ({ build }: Keyed) => isConcrete(build.parameters);
  const wanted = keyed.filter(({ key }) => chosen.has(key));
  const candidates = wanted.length > 0 ? wanted : keyed;
  if (!candidates.some(isElsewhere)) return (one) => candidates.includes(one);
  // A call elsewhere of which a size is not known says less than one of which all are.
  const called = candidates.filter((one) => !isAssumed(one));
  const known = called.filter((one) => !isElsewhere(one) || isKnown(one));
  const shown = new Set(known.length > 0 ? known : called);
  return (one) => shown.has(one);
}

/** Layers of one set of shapes, and the call that their parameters are those of. */
interface KeyedVariant extends Variant {
  readonly key: string;
}

function variants(all: readonly Keyed[]): KeyedVariant[] {
  const alike = new Map<string, Keyed[]>();
  for (const one of all) {
    const shapes = written(one.build.parameters);
    const known = alike.get(shapes);
    if (known) known.push(one);
    else alike.set(shapes, [one]);
  }
  return [...alike.values()].map(variantOf).sort((a, b) => unknowns(a) - unknowns(b) || b.count - a.count);
}

/** A model that is trained by one program and tested by another has its layers once. */
function variantOf(builds: readonly Keyed[]): KeyedVariant {
  const counts = new Map<string, number>();
  for (const { build } of builds) counts.set(build.program, build.count + (counts.get(build.program) ?? 0));
  const countOf = ({ build }: Keyed): number => counts.get(build.program)!;
  const [told] = [...builds].sort(
    (a, b) => vagueness(a.build) - vagueness(b.build) || countOf(b) - countOf(a),
  );
  const { key, build } = told!;
  const uses = counted(builds.flatMap((one) => one.build.uses));
  return { key, count: Math.max(...counts.values()), parameters: build.parameters, uses };
}

/**
 * How little a build says of what is drawn. What one program replaces by a file, or gives to code that nobody
 * knows, another one may train.
 */
function vagueness({ parameters }: Build): number {
  if (parameters.some(isLost)) return 2;
  return parameters.every(isReplaced) ? 1 : 0;
}

/** Whether the last thing that was done to a parameter is not known. */
const isLost = ({ steps }: Build["parameters"][number]): boolean => steps.at(-1)?.op === "unknown";

/** 0 where every size is a number, 1 where the others are symbols, 2 where one is not known at all. */
const unknowns = ({ parameters }: Variant): number =>
  isConcrete(parameters) ? 0 : parameters.some(({ shape }) => shape.includes(null)) ? 2 : 1;

/** Whether every size is a number. */
const isConcrete = (parameters: Build["parameters"]): boolean =>
  parameters.every(({ shape }) => shape.every((size) => typeof size === "number"));
