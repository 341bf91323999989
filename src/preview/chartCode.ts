/** The code of what a chart draws: to copy, or to write into the source. */
import type { Payload } from "../charts/payload.js";
import { isRefusal, type Refusal, refuse } from "../init/refusal.js";
import { distributionOptions } from "../snippets/distributionOptions.js";
import { dialectOf, type LayerStyle, placeOf } from "../snippets/layer.js";
import {
  type Dialect,
  type Snippet,
  type SnippetRequest,
  snippet,
  snippetText,
} from "../snippets/snippet.js";
import type { Framework, Layer } from "../types.js";
import { requestOptions } from "./redrawing.js";

/** The text of a chart's drawings as code, one after the other; throws where there is none. */
export function chartCode(payload: Payload): string {
  const texts = requestsOf(payload, dialectFor(payload)).map((request) => {
    const written = snippet(request);
    if (isRefusal(written)) throw new Error(written.message);
    return snippetText(written);
  });
  return texts.join("\n\n");
}

/**
 * The code that makes a layer of the source start as the chart shows: its chosen scheme, or its recommended
 * drawing. Refused where the chart shows what the source draws already, or another framework's drawing.
 */
export function codeForLayer(payload: Payload, layer: Layer, style: LayerStyle): Snippet | Refusal {
  const dialect = dialectOf(layer);
  const parameter = layer.parameters.find(({ name }) => name === payload.layer?.parameter);
  if (dialect === null || !parameter)
    return refuse("ValueError", "There is no snippet for this kind of layer.");
  const framework = payload.request?.framework ?? layer.framework;
  if (framework !== layer.framework) {
    return refuse(
      "ValueError",
      `This chart draws as ${framework} does; the layer is one of ${layer.framework}.`,
    );
  }
  const place = placeOf(layer, parameter, dialect, style);
  if (!place) return refuse("ValueError", "Nothing in the source names these weights.");
  const { owner: _, ...writing } = style;
  const request = wantedOf(payload, dialect);
  return request ? snippet({ ...request, ...place, ...writing }) : refuse("ValueError", CHOOSE_FIRST);
}

const CHOOSE_FIRST = "The source draws this already. Choose a scheme under Change first.";

function wantedOf(payload: Payload, dialect: Dialect): SnippetRequest | undefined {
  if (payload.request?.scheme != null || !("draws" in payload)) return requestsOf(payload, dialect)[0];
  const wanted = payload.draws.findIndex(({ role }) => role === "recommended");
  return wanted < 0 ? undefined : requestsOf(payload, dialect)[wanted];
}

/** One request for each drawing; a chosen scheme is the only one. */
function requestsOf(payload: Payload, dialect: Dialect): SnippetRequest[] {
  const { request } = payload;
  if (!request || !("draws" in payload)) throw new Error("This chart shows figures that are not drawn.");
  if (request.scheme !== null) {
    return [
      {
        scheme: request.scheme,
        dialect,
        options: requestOptions(request, payload),
        ...named(payload, dialect),
      },
    ];
  }
  const several = payload.draws.length > 1;
  return payload.draws.map(({ distribution }, index) => ({
    scheme: distribution.kind,
    dialect,
    options: { ...distributionOptions(distribution), shape: request.shape },
    ...(several ? { target: `W${index + 1}` } : named(payload, dialect)),
  }));
}

/** The weight as the source names it, as far as the chart knows: `fc1.weight`, `W`. */
function named({ layer }: Payload, dialect: Dialect): { readonly target?: string } {
  if (!layer || !/^\w+$/.test(layer.name)) return {};
  if (dialect !== "torch") return { target: layer.name };
  return layer.framework === "torch" ? { target: `${layer.name}.${layer.parameter ?? "weight"}` } : {};
}

/** In the framework chosen, else the layer's; in NumPy where that has no snippets. */
function dialectFor({ layer, request }: Payload): Dialect {
  const framework = (request?.framework ?? layer?.framework ?? "numpy") as Framework;
  return dialectOf({ framework, class: layer?.class ?? "" }) ?? "numpy";
}
