/** Layer calls in a document's definitions that nothing has run yet: what further ways to call these look for. */
import type { Evaluator, Loaded } from "../../python/evaluator.js";
import type { Span } from "../../python/values.js";
import { lasting } from "../../sameness.js";
import { placeKey } from "./callSites.js";
import { layerCallFinder } from "./layerCalls.js";
import { type Assumed, callable, type Outcome } from "./unreached.js";

/** What such a call did, and where it made layers, with or without sizes. */
export interface ReachingOutcome extends Outcome {
  readonly reached: readonly Span[];
}

export class Unmade {
  /** Those that can be called, in the order in which they are. */
  readonly definitions: readonly Assumed[];
  readonly #reached: Set<string>;
  readonly #placesIn: (assumed: Assumed) => readonly string[];

  constructor(evaluator: Evaluator, loaded: Loaded, reached: readonly Span[]) {
    this.definitions = callable(evaluator, loaded);
    this.#reached = new Set(reached.map(placeKey));
    const layerCalls = layerCallFinder(evaluator, loaded);
    this.#placesIn = lasting(({ node }: Assumed) => layerCalls(node).map(placeKey));
  }

  /** Whether some layer call in a definition, or in any of them, was not reached. */
  isIn(assumed: Assumed): boolean {
    return this.#placesIn(assumed).some((place) => !this.#reached.has(place));
  }
  get isAnywhere(): boolean {
    return this.definitions.some((one) => this.isIn(one));
  }

  reach({ reached }: ReachingOutcome): void {
    for (const place of reached) this.#reached.add(placeKey(place));
  }
}

/** Operations that one way to call definitions may take, of all definitions together: about half a second. */
const MAX_STEPS = 1_500_000;

/** What one way to call definitions has left. */
export class Allowance {
  #spent = 0;

  get isSpent(): boolean {
    return this.#spent > MAX_STEPS;
  }
  spend({ steps }: Outcome): void {
    this.#spent += steps;
  }
}
