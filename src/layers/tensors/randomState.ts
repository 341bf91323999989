/** torch's own generator while a program is evaluated: which draws followed which seed. */
import type { Machine } from "../../python/machine.js";

/** The generator between two draws: equal moments give equal values. */
export interface Moment {
  readonly seed: number;
  /** What follows a draw of so many values, by the draw in words. */
  readonly next: Map<string, Moment>;
}

interface Generator {
  /** Null where nobody knows what was drawn since which seed. */
  now: Moment | null;
  readonly seeded: Map<number, Moment>;
}

const generators = new WeakMap<Machine, Generator>();

/** Everything that takes numbers of the generator. */
const DRAWS = /^(rand\w*|normal|bernoulli|multinomial|poisson|[a-z_]+_)$/;
/** What writes in place without them. */
const CONSTANTS = /^(zeros|ones|constant|fill|eye|dirac|copy|zero|mul|div|add|sub|clamp|erfinv)\w*_$/;

/** Notes a seed; one that nobody knows, or that may not be set, leaves the generator unknown. */
export function setSeed(machine: Machine, seed: unknown): void {
  const generator = generators.get(machine) ?? { now: null, seeded: new Map<number, Moment>() };
  generators.set(machine, generator);
  if (typeof seed !== "number" || machine.inBranch) {
    generator.now = null;
    return;
  }
  const known = generator.seeded.get(seed) ?? { seed, next: new Map() };
  generator.seeded.set(seed, known);
  generator.now = known;
}

/** The moment that decides what an operation draws, and the generator goes on; undefined where nobody knows it. */
export function momentOf(machine: Machine, op: string, size: unknown): Moment | undefined {
  const generator = generators.get(machine);
  const now = generator?.now;
  if (!generator || !now || !DRAWS.test(op) || CONSTANTS.test(op)) return undefined;
  if (typeof size !== "number" || machine.inBranch) {
    generator.now = null;
    return undefined;
  }
  const draw = `${op} ${size}`;
  const after = now.next.get(draw) ?? { seed: now.seed, next: new Map() };
  now.next.set(draw, after);
  generator.now = after;
  return now;
}
