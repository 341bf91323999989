/** A chart drawn again, with the choices its reader made. */
import type { Draw, DrawRequest, Payload } from "../charts/payload.js";
import { ACTIVATION_NAMES } from "../init/gains.js";
import { isRefusal } from "../init/refusal.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { OUTPUTS_FIRST, SCHEMES, workOut } from "../init/schemes.js";
import type { Choices } from "../renderer/protocol.js";
import type { Framework, Shape } from "../types.js";

/** The distributions to draw, and the chart that takes the answers. */
export interface Redrawing {
  readonly payload: Extract<Payload, { draws: unknown }>;
  readonly draws: readonly Omit<Draw, "result">[];
  readonly request: DrawRequest;
}

/** Schemes that need no figure beyond those a reader can give. */
const WITHOUT_RECIPE = ["orthogonal", "identity", "zeros", "ones"];

const FRAMEWORKS: readonly { readonly id: Framework; readonly label: string }[] = [
  { id: "torch", label: "PyTorch" },
  { id: "keras", label: "Keras" },
  { id: "flax", label: "Flax" },
  { id: "jax", label: "JAX" },
  { id: "tensorflow", label: "TensorFlow" },
  { id: "numpy", label: "NumPy" },
  { id: "caffe", label: "Caffe" },
  { id: "theano", label: "Theano, Lasagne" },
  { id: "torch7", label: "Torch7" },
];

/** What a reader may choose from; each list has the identifiers that `redrawing` takes. */
export const CHOICES: Choices = {
  schemes: [...SCHEMES]
    .filter(([id, { recipe }]) => recipe || WITHOUT_RECIPE.includes(id))
    .map(([id, { title }]) => ({ id, label: title })),
  modes: ["fan_in", "fan_out", "fan_avg", "fan_geo_avg"].map((id) => ({
    id,
    label: id.replaceAll("_", "-"),
  })),
  activations: ACTIVATION_NAMES.map((id) => ({ id, label: id.replaceAll("_", " ") })),
  frameworks: FRAMEWORKS,
  canApply: true,
};

/** What a reader's choices come to. Throws, with a sentence for people, where nothing can be drawn. */
export function redrawing(request: DrawRequest, payload: Payload): Redrawing {
  if (!("draws" in payload)) throw new Error("This chart shows figures that are not drawn.");
  if (payload.draws.some(({ role }) => role === "actual")) {
    throw new Error("These are the weights of a running program: run its cell again to see them anew.");
  }
  if (request.scheme === null) return { payload, request, draws: payload.draws };
  // Fans that really feed a unit may be averages, which frameworks' own functions would refuse.
  const drawn = workOut(request.scheme, requestOptions(request, payload));
  if (isRefusal(drawn)) throw new Error(drawn.message);
  const label = SCHEMES.get(request.scheme)?.title ?? request.scheme;
  const draw = { role: "drawn" as const, label, distribution: drawn.distribution };
  return { payload: { ...payload, chart: "histogram" } as Redrawing["payload"], request, draws: [draw] };
}

/** A reader's choices as the schemes take them: fans of the layer, its shape in the framework's own layout. */
export function requestOptions(request: DrawRequest, { layer }: Payload): SchemeOptions {
  const { framework, shape, mode, gain, activation } = request;
  return {
    shape: layoutFor(framework, layer?.framework ?? framework, shape),
    ...(typeof layer?.fanIn === "number" && typeof layer.fanOut === "number"
      ? { fanIn: layer.fanIn, fanOut: layer.fanOut }
      : {}),
    ...(framework === null ? {} : { framework: framework as Framework }),
    ...(mode === null ? {} : { mode }),
    ...(gain === null ? {} : { gain }),
    ...(activation === null ? {} : { nonlinearity: activation }),
  };
}

/** The same weight's shape where another framework keeps its outputs first, or last. */
function layoutFor(framework: string | null, own: string | null, shape: Shape): Shape {
  const [wants, has] = [framework, own].map((name) => OUTPUTS_FIRST.has(name as Framework));
  if (wants === has || shape.length < 2) return shape;
  if (has) return [...shape.slice(2), shape[1]!, shape[0]!];
  return [shape.at(-1)!, shape.at(-2)!, ...shape.slice(0, -2)];
}
