import { law } from "../../src/init/distributions.js";
import { kolmogorovSmirnov, momentsTest } from "../../src/init/fit.js";
import { isRefusal } from "../../src/init/refusal.js";
import type { SchemeOptions } from "../../src/init/schemeOptions.js";
import { SCHEME_IDS } from "../../src/init/schemes.js";
import { DIALECTS, type Dialect, snippet, snippetText } from "../../src/snippets/snippet.js";
import type { Distribution } from "../../src/types.js";

/** One snippet to run, and what it must draw. */
export interface SnippetCase {
  readonly id: string;
  readonly scheme: string;
  readonly dialect: Dialect;
  readonly shape: readonly number[];
  readonly code: string;
  readonly distribution: Distribution;
}

/** Variants that each scheme is asked for; fans beside a shape stand for a layer with other effective fans. */
const VARIANTS: readonly {
  readonly name: string;
  readonly schemes?: RegExp;
  readonly options: SchemeOptions;
}[] = [
  { name: "", options: {} },
  { name: "fan_out", schemes: /^(lecun|he)_/, options: { mode: "fan_out" } },
  { name: "slope 0.2", schemes: /^he_/, options: { a: 0.2 } },
  { name: "gain 1.7", schemes: /^(glorot|he|lecun)_|orthogonal|identity/, options: { gain: 1.7 } },
  {
    name: "own numbers",
    schemes: /^(uniform|normal|truncated_normal|constant|sparse)$/,
    options: { low: -0.1, high: 0.3, mean: 0.1, std: 0.2, value: 0.3 },
  },
  { name: "other fans", schemes: /^(glorot|he|lecun)_/, options: { fanIn: 20, fanOut: 90 } },
];

const KERNELS = /^(dirac|delta_orthogonal|bilinear)$/;
const SQUARE = /^(dirac|bilinear|delta_orthogonal)$/;

/** Sizes as [taps…, inputs, outputs]; torch's order is derived. */
function sizesFor(scheme: string): readonly (readonly number[])[] {
  if (KERNELS.test(scheme)) return SQUARE.test(scheme) ? [[4, 4, 12, 12]] : [];
  if (scheme === "identity" || scheme === "sparse") return [[60, 48]];
  return [
    [60, 48],
    [3, 3, 16, 24],
  ];
}

function inLayout(dialect: Dialect, sizes: readonly number[]): readonly number[] {
  return dialect === "torch" ? [sizes.at(-1)!, sizes.at(-2)!, ...sizes.slice(0, -2)] : sizes;
}

/** Every scheme × dialect × variant × shape that can be written, and those that are refused. */
export function snippetCases(): { cases: SnippetCase[]; refused: string[] } {
  const cases: SnippetCase[] = [];
  const refused: string[] = [];
  for (const dialect of DIALECTS.filter((name) => name !== "caffe")) {
    for (const scheme of SCHEME_IDS) {
      for (const { name, schemes, options } of VARIANTS) {
        if (schemes && !schemes.test(scheme)) continue;
        for (const sizes of sizesFor(scheme)) {
          const shape = inLayout(dialect, sizes);
          const id = [dialect, scheme, name, shape.join("×")].filter((part) => part !== "").join(" ");
          const result = snippet({ scheme, dialect, options: { ...options, shape } });
          if (isRefusal(result)) refused.push(`${id}: ${result.message}`);
          else
            cases.push({
              id,
              scheme,
              dialect,
              shape,
              code: snippetText(result),
              distribution: result.distribution,
            });
        }
      }
    }
  }
  return { cases, refused };
}

/** Chance of a false alarm in one test; with about 500 cases one in 2000 runs fails without cause. */
const ALPHA = 1e-6;
const STANDARD_ERRORS = 5;
/** Float32 draws may round up to the bound's neighbour. */
const FLOAT32 = 1e-6;

/** Why the values do not follow the case's distribution; `null` where they do. */
export function judge({ distribution, shape }: SnippetCase, values: Float64Array): string | null {
  const d = distribution;
  const count = values.length;
  if (d.kind === "constant") {
    const off = values.find((value) => Math.abs(value - d.value) > FLOAT32 * Math.max(1, Math.abs(d.value)));
    return off === undefined ? null : `${off} instead of ${d.value}`;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  if (d.kind === "identity") return atoms(values, [0, d.gain]) ?? relative("std", std, d.std!, 1e-5);
  if (d.kind === "unknown")
    return d.std === undefined
      ? null
      : relative("root mean square", Math.hypot(mean, std), d.std, spreadTolerance(d, shape, count));
  const known = law(d)!;
  const [low, high] = known.support;
  const margin = FLOAT32 * Math.max(Math.abs(low), Math.abs(high));
  const outside = values.find((value) => value < low - margin || value > high + margin);
  if (outside !== undefined) return `${outside} lies outside ${low} to ${high}`;
  if (d.kind === "orthogonal") {
    // Entries depend on each other: their root mean square is exact, their law need not show in one matrix.
    const rms = Math.hypot(mean, std);
    return relative("root mean square", rms, d.std!, 1e-5);
  }
  const moments = momentsTest(d, { count, mean, std })!;
  if (Math.abs(moments.mean) > STANDARD_ERRORS)
    return `the mean is ${moments.mean.toFixed(1)} standard errors off`;
  if (Math.abs(moments.std) > STANDARD_ERRORS)
    return `the std is ${moments.std.toFixed(1)} standard errors off`;
  const { statistic, pValue } = kolmogorovSmirnov(values.slice().sort(), known.cdf);
  return pValue < ALPHA ? `Kolmogorov–Smirnov ${statistic}, p = ${pValue}` : null;
}

/** Structured kernels have an exact std; sparse ones draw what is not 0. */
function spreadTolerance(
  { formula = "" }: { readonly formula?: string },
  shape: readonly number[],
  count: number,
): number {
  return /N\(/.test(formula) ? STANDARD_ERRORS / Math.sqrt(2 * 0.5 * count) : 1e-5 * shape.length;
}

function atoms(values: Float64Array, allowed: readonly number[]): string | null {
  const off = values.find((value) => allowed.every((atom) => Math.abs(value - atom) > FLOAT32));
  return off === undefined ? null : `${off} is none of ${allowed.join(", ")}`;
}

function relative(what: string, actual: number, expected: number, tolerance: number): string | null {
  return Math.abs(actual - expected) <= tolerance * Math.abs(expected)
    ? null
    : `${what} ${actual} instead of ${expected}`;
}
