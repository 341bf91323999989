import type { Shape } from "../../types.js";
import { product } from "../dims.js";
import * as make from "../make.js";
import { type Draw, refuse } from "../refusal.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers, REQUIRED } from "./table.js";

/**
 * numpy, numpy.random and its generators, scipy.stats.truncnorm: what an array of `shape` holds.
 * NumPy has no schemes; they are written as `randn(…) * np.sqrt(2 / fan_in)`, see `arithmetic.ts`.
 * @param name last part of the name: `standard_normal`, `uniform`, `truncnorm.rvs`.
 */
export function drawNumpy(name: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(NUMPY, ALIASES.get(name) ?? name, shape, given);
}

const NUMPY = initializers({
  zeros: [{}, (_, { source }) => make.constant(0, source)],
  ones: [{}, (_, { source }) => make.constant(1, source)],
  full: [
    { fill_value: REQUIRED },
    (_, given) => symbolic.constant(given.quantity("fill_value"), given.source),
  ],
  empty: [{}, () => make.unknown("empty: uninitialised memory")],
  eye: [{ k: 0 }, drawEye],
  uniform: [
    { low: 0, high: 1 },
    (_, given) => symbolic.uniform(given.quantity("low"), given.quantity("high"), given.source),
  ],
  random: [{}, (_, { source }) => make.uniform(0, 1, source)],
  normal: [{ loc: 0, scale: 1 }, (_, given) => drawNormal(given)],
  standard_normal: [{}, (_, { source }) => make.normal(0, 1, source)],
  "truncnorm.rvs": [{ a: REQUIRED, b: REQUIRED, loc: 0, scale: 1 }, (_, given) => drawTruncated(given)],
  "ortho_group.rvs": [{ dim: REQUIRED }, (shape, given) => drawOrthogonal(shape, given)],
  "linalg.qr": [{}, drawOrthogonal],
});

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["zeros_like", "zeros"],
  ["ones_like", "ones"],
  ["full_like", "full"],
  ["empty_like", "empty"],
  ["ndarray", "empty"],
  ["identity", "eye"],
  ["rand", "random"],
  ["random_sample", "random"],
  ["sample", "random"],
  ["ranf", "random"],
  ["randn", "standard_normal"],
]);

/** Ones on the k-th diagonal. */
function drawEye(shape: Shape, given: Given): Draw {
  const [rows, columns] = [shape.at(0), shape.at(-1)];
  const k = given.quantity("k");
  if (k === 0 && typeof rows === "number" && typeof columns === "number") {
    return make.identity(1, Math.min(rows, columns), rows * columns, given.source);
  }
  return k === 0 ? make.identity(1, null, null, given.source) : make.unknown(given.source);
}

function drawNormal(given: Given): Draw {
  const scale = given.quantity("scale");
  if (typeof scale === "number" && scale < 0) return refuse("ValueError", `scale ${scale} is below 0`);
  return symbolic.normal(given.quantity("loc"), scale, given.source);
}

/** scipy counts the bounds in scales from `loc`. */
function drawTruncated(given: Given): Draw {
  const [a, b, loc, scale] = ["a", "b", "loc", "scale"].map((name) => given.quantity(name));
  if (
    typeof a !== "number" ||
    typeof b !== "number" ||
    typeof loc !== "number" ||
    typeof scale !== "number"
  ) {
    return make.unknown(given.source);
  }
  if (scale < 0 || a >= b) {
    return refuse("ValueError", `truncnorm needs a < b and scale ≥ 0, not ${a}, ${b} and ${scale}`);
  }
  if (scale === 0) return make.constant(loc, given.source);
  return make.truncatedNormal(loc, scale, loc + a * scale, loc + b * scale, given.source);
}

/** The Q of a normal matrix's QR decomposition: orthonormal columns. */
function drawOrthogonal(shape: Shape, { source }: Given): Draw {
  return make.orthogonal(1, product(shape.slice(0, -1)), shape.at(-1) ?? null, source);
}
