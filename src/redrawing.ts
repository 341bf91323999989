/** A chart drawn again, with the choices its reader made. */
import type { Draw, DrawRequest, Payload } from "./charts/payload.js";

/** The distributions to draw, and the chart that takes the answers. */
export interface Redrawing {
  readonly payload: Extract<Payload, { draws: unknown }>;
  readonly draws: readonly Omit<Draw, "result">[];
  readonly request: DrawRequest;
}

/** What a reader's choices come to. Throws, with a sentence for people, where nothing can be drawn. */
export function redrawing(request: DrawRequest, payload: Payload): Redrawing {
  if (!("draws" in payload)) throw new Error("This chart shows figures that are not drawn.");
  return { payload, request, draws: payload.draws };
}
