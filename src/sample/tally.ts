import { blockCount, drawBlocks, type Tally } from "./draws.js";
import { drawMultinomial } from "./multinomial.js";
import type { CheckedRequest } from "./request.js";
import type { Standard } from "./standard.js";

/** Draws independent values by the method asked for. Yields the fraction done. */
export function drawTally(request: CheckedRequest, standard: Standard): Generator<number, Tally> {
  return request.method === "multinomial"
    ? drawMultinomial(request, standard)
    : drawBlocks(request, standard, 0, blockCount(request.count));
}
