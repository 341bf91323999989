import type { Dim, Distribution } from "../types.js";
import { mean, rootMeanSquare, std } from "./distributions.js";
import type { Fans } from "./fans.js";
import { drawRecipe } from "./recipe.js";
import { describeFactor } from "./recommend.js";
import { SCHEMES } from "./schemes.js";

/** The scheme a distribution is, or the nearest with the factor on its variance. */
export interface Nearest {
  readonly scheme: string;
  /** 1 where it is that scheme, else its mean square over the scheme's. */
  readonly factor: number;
  /** `He normal for fan-in 64`, `1.5 times the variance of He normal for fan-in 64`. */
  readonly text: string;
}

/** Framework constants and float32 make the same scheme differ by this much. */
const SAME = 1e-6;

const GLOROT = /glorot|xavier/i;

/** The scheme drawn, judged by kind and spread; `null` where no scheme of that kind can be named. */
export function nearestScheme(d: Distribution, fans: Fans): Nearest | null {
  if (d.kind === "constant") return constantScheme(d.value);
  if (d.kind === "orthogonal" || d.kind === "identity") {
    return { scheme: d.kind, factor: d.gain ** 2, text: SCHEMES.get(d.kind)!.title };
  }
  const [centre, spread] = [mean(d), std(d)];
  if (d.kind === "unknown" || centre === null || spread === null || spread === 0) return null;
  if (Math.abs(centre) > SAME * spread) return null;
  // Where both fans are the same, Glorot's scheme is LeCun's: the call says which was meant.
  const isMeant = (scheme: string): boolean => scheme.startsWith("glorot") && GLOROT.test(d.source ?? "");
  const candidates = fanSchemes(d.kind === "uniform" ? "uniform" : "normal", fans)
    .map(({ scheme, distribution }) => ({ scheme, factor: (spread / rootMeanSquare(distribution)!) ** 2 }))
    .sort((one, other) => Number(isMeant(other.scheme)) - Number(isMeant(one.scheme)));
  const best = candidates.reduce<(typeof candidates)[number] | null>(
    (least, next) => (least && apart(least) <= apart(next) + SAME ? least : next),
    null,
  );
  return best && named(best.scheme, apart(best) < SAME ? 1 : best.factor, fans);
}

function constantScheme(value: number): Nearest {
  const scheme = value === 0 ? "zeros" : value === 1 ? "ones" : "constant";
  return { scheme, factor: 1, text: SCHEMES.get(scheme)!.title };
}

/** The fan-based schemes of one shape with their law, where the fans are known. */
function fanSchemes(spread: "uniform" | "normal", fans: Fans) {
  return [...SCHEMES].flatMap(([scheme, { recipe }]) => {
    if (!recipe || recipe.spread !== spread) return [];
    const distribution = drawRecipe(recipe, fans, scheme);
    return distribution.kind === "unknown" ? [] : [{ scheme, distribution }];
  });
}

function apart({ factor }: { readonly factor: number }): number {
  return Math.abs(Math.log(factor));
}

function named(scheme: string, factor: number, { fanIn, fanOut }: Fans): Nearest {
  const { title, recipe } = SCHEMES.get(scheme)!;
  const fan = (name: string, value: Dim) => `fan-${name} ${value}`;
  const both = recipe?.mode === "fan_avg";
  const which = both ? `${fan("in", fanIn)} and ${fan("out", fanOut)}` : fan("in", fanIn);
  const text = `${title} for ${which}`;
  return { scheme, factor, text: factor === 1 ? text : `${describeFactor(factor)} of ${text}` };
}
