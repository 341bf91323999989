/** Generators of random numbers that functions are given, told by their names and by what is asked of them. */
import type { Evaluator, Loaded } from "../python/evaluator.js";
import type { Value } from "../python/values.js";

const NAME = /^(np|numpy)?_?(rng|random_state)$/;
const DRAWS = new Set(["normal", "uniform", "randn", "rand", "standard_normal", "random_sample"]);

/** JAX calls its keys so too, and a key has no methods: nothing is taken for granted in such a file. */
const HAS_KEYS = /^\s*(import|from)\s+jax\b/m;

/** A generator of NumPy's for an argument of that name of which the program asks draws; null for any other. */
export function generatorNamed(evaluator: Evaluator, { program: { text } }: Loaded, name: string): Value {
  if (!NAME.test(name) || HAS_KEYS.test(text)) return null;
  const draws = new RegExp(`\\b${name}\\.(${[...DRAWS].join("|")})\\(`);
  if (!draws.test(text)) return null;
  const module = evaluator.machine.importModule("numpy.random");
  return evaluator.call(evaluator.lookUp(module, "RandomState") ?? null).value;
}

/** Whether a dotted name is a draw of such a generator: `self.rng.normal`. */
export function isGeneratorsDraw(dotted: string): boolean {
  const [generator = "", draw = ""] = dotted.split(".").slice(-2);
  return NAME.test(generator) && DRAWS.has(draw);
}
