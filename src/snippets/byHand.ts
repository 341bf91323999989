import type { Fans } from "../init/fans.js";
import type { FanMode } from "../init/frameworks/varianceScaling.js";
import type { Recipe } from "../init/recipe.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { countFans } from "../init/schemes.js";
import type { Dim } from "../types.js";
import { number } from "./python.js";

/** The std or the limit of a recipe as Python: `(2 / 64) ** 0.5`, `1.533530441 / 64 ** 0.5`. */
export function spreadExpression({ spread, scale, mode }: Recipe, options: SchemeOptions): string {
  const [factor, fan] = denominator(mode, options);
  const above = factor * scale * (spread === "uniform" ? 3 : 1);
  const rounded = Math.round(above);
  if (Math.abs(above - rounded) < 1e-12 && rounded > 0) {
    return rounded === 1 ? `1 / ${fan} ** 0.5` : `(${rounded} / ${fan}) ** 0.5`;
  }
  return `${number(Math.sqrt(above))} / ${fan} ** 0.5`;
}

function denominator(mode: FanMode, options: SchemeOptions): readonly [factor: number, fan: string] {
  const { fanIn, fanOut } = fansByHand(options);
  const text = (dim: Dim) => (typeof dim === "string" && /[-+*/]/.test(dim) ? `(${dim})` : String(dim));
  switch (mode) {
    case "fan_in":
      return [1, text(fanIn)];
    case "fan_out":
      return [1, text(fanOut)];
    case "fan_avg":
      return [2, `(${fanIn} + ${fanOut})`];
    case "fan_geo_avg":
      return [1, `((${fanIn}) * (${fanOut})) ** 0.5`];
  }
}

/** Fans for a number written by hand: explicit ones, those of the shape, or names. */
export function fansByHand({ fanIn, fanOut, shape, framework }: SchemeOptions): Fans {
  const counted = shape ? countFans(framework ?? null, shape) : null;
  return {
    fanIn: fanIn ?? counted?.fanIn ?? "fan_in",
    fanOut: fanOut ?? counted?.fanOut ?? "fan_out",
  };
}
