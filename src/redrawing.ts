/** A chart drawn again, with the choices its reader made. */
import type { Draw, DrawRequest, Payload } from "./charts/payload.js";
import { isRefusal } from "./init/refusal.js";
import { SCHEMES, scheme } from "./init/schemes.js";
import type { Framework } from "./types.js";

/** The distributions to draw, and the chart that takes the answers. */
export interface Redrawing {
  readonly payload: Extract<Payload, { draws: unknown }>;
  readonly draws: readonly Omit<Draw, "result">[];
  readonly request: DrawRequest;
}

/** What a reader may choose from; each list has the identifiers that `redrawing` takes. */
export const CHOICES = {
  schemes: [...SCHEMES].filter(([, { recipe }]) => recipe).map(([id, { title }]) => ({ id, label: title })),
  modes: ["fan_in", "fan_out", "fan_avg"].map((id) => ({ id, label: id.replace("_", "-") })),
  activations: [],
  frameworks: [],
  canApply: false,
};

/** What a reader's choices come to. Throws, with a sentence for people, where nothing can be drawn. */
export function redrawing(request: DrawRequest, payload: Payload): Redrawing {
  if (!("draws" in payload)) throw new Error("This chart shows figures that are not drawn.");
  if (request.scheme === null) return { payload, request, draws: payload.draws };
  const { shape, mode, gain, activation } = request;
  const drawn = scheme(request.scheme, {
    shape,
    ...fansOf(payload),
    ...(request.framework === null ? {} : { framework: request.framework as Framework }),
    ...(mode === null ? {} : { mode }),
    ...(gain === null ? {} : { gain }),
    ...(activation === null ? {} : { nonlinearity: activation }),
  });
  if (isRefusal(drawn)) throw new Error(drawn.message);
  const label = SCHEMES.get(request.scheme)?.title ?? request.scheme;
  const draw = { role: "drawn" as const, label, distribution: drawn.distribution };
  return { payload: { ...payload, chart: "histogram" } as Redrawing["payload"], request, draws: [draw] };
}

function fansOf({ layer }: Payload): { fanIn?: number | string; fanOut?: number | string } {
  if (!layer || layer.fanIn === null || layer.fanOut === null) return {};
  return { fanIn: layer.fanIn, fanOut: layer.fanOut };
}
