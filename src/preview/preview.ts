/** From a layer to what is drawn of it and to the data of its chart. */
import type { LayerFacts, PayloadInput } from "../charts/payload.js";
import { describe } from "../init/describe.js";
import type { SampleRequest, SampleResult } from "../sample/request.js";
import type { Distribution, Layer, Shape } from "../types.js";
import { mainParameter, schemeName, sizeProblem } from "../views/layerText.js";

/** One of the drawings that a chart compares. */
export interface Drawing {
  readonly role: "drawn" | "default" | "current" | "recommended";
  readonly label: string;
  readonly distribution: Distribution;
}

/** What a chart shows of a layer: one drawing against its density, or several against each other. */
export interface Preview {
  readonly chart: "histogram" | "roles" | "schemes";
  readonly shape: readonly number[];
  readonly drawings: readonly Drawing[];
}

/** What decides a drawing besides its distribution. */
export interface DrawingChoice {
  readonly seed: string;
  readonly bins: number;
}

/** Why a layer cannot be drawn, for people. */
export interface NoPreview {
  readonly reason: string;
  /** Whether another call of what makes the layer may say the sizes. */
  readonly isOpen?: boolean;
}

/** As many drawings fit one chart. */
const MAX_DRAWINGS = 8;

/** What this program draws, or the recommendation where that is not known. */
export function weightPreview(layer: Layer): Preview | NoPreview {
  const parameter = mainParameter(layer);
  const current = parameter?.current;
  if (current && current.kind !== "unknown") {
    return preview(layer, "histogram", [{ role: "drawn", label: "these weights", distribution: current }]);
  }
  return preview(layer, "histogram", recommendedDrawing(layer, "drawn"));
}

/** The framework's default, where the program draws something else; what it draws; what is recommended. */
export function rolesPreview(layer: Layer): Preview | NoPreview {
  const parameter = mainParameter(layer);
  if (!parameter) return preview(layer, "roles", []);
  const own: Drawing = { role: "default", label: "", distribution: parameter.default };
  const now: Drawing = { role: "current", label: "", distribution: parameter.current };
  const first = describe(parameter.default) === describe(parameter.current) ? [] : [own];
  return preview(layer, "roles", [...first, now, ...recommendedDrawing(layer, "recommended")]);
}

/** All schemes that suit the layer's framework. */
export function schemesPreview(layer: Layer): Preview | NoPreview {
  const drawings = layer.schemes.map(
    ({ scheme, distribution }): Drawing => ({ role: "drawn", label: schemeName(scheme), distribution }),
  );
  return preview(layer, "schemes", drawings);
}

function recommendedDrawing({ recommended }: Layer, role: Drawing["role"]): Drawing[] {
  if (!recommended) return [];
  return [{ role, label: schemeName(recommended.scheme), distribution: recommended.distribution }];
}

function preview(layer: Layer, chart: Preview["chart"], wanted: readonly Drawing[]): Preview | NoPreview {
  const parameter = mainParameter(layer);
  if (!parameter) return { reason: "This layer has no weights." };
  const shape = parameter.shape.filter((dim) => typeof dim === "number");
  if (shape.length < parameter.shape.length) {
    return { reason: `${openSizes(parameter.shape)}, so these weights cannot be drawn.`, isOpen: true };
  }
  const problem = sizeProblem(shape);
  if (problem !== null) return { reason: `These weights cannot be drawn: ${problem}.` };
  const drawings = wanted
    .filter(({ distribution }) => distribution.kind !== "unknown")
    .slice(0, MAX_DRAWINGS);
  if (drawings.length === 0) return { reason: "What this layer draws is not known." };
  return { chart: drawings.length === 1 ? "histogram" : chart, shape, drawings };
}

/** `The size n_embd is not known`. */
function openSizes(shape: Shape): string {
  const names = [...new Set(shape.filter((size) => typeof size === "string"))];
  if (names.length === 0) return "Not all sizes are known";
  const [noun, verb] = names.length === 1 ? ["size", "is"] : ["sizes", "are"];
  return `The ${noun} ${names.join(" and ")} ${verb} not known`;
}

export function isPreview(value: Preview | NoPreview): value is Preview {
  return "drawings" in value;
}

/** What to ask of the sampler, a request for each drawing. */
export function sampleRequests(
  { shape, drawings }: Preview,
  choice: DrawingChoice,
): readonly SampleRequest[] {
  return drawings.map(({ distribution }) => ({ distribution, shape, ...choice }));
}

/** The data of a chart, from the sampler's answers in the order of the requests. */
export function previewPayload(
  layer: Layer,
  { chart, shape, drawings }: Preview,
  results: readonly SampleResult[],
  choice: DrawingChoice,
): PayloadInput {
  return {
    version: 1,
    chart,
    layer: { ...layerFacts(layer), shape: [...shape] },
    request: { scheme: null, framework: layer.framework, shape: [...shape], ...choice },
    draws: drawings.map(({ role, label, distribution }, index) => ({
      role,
      label,
      distribution,
      result: plainResult(results[index]!),
    })),
  };
}

/** What a chart keeps of the layer, and of the parameter, that it is of. */
export function layerFacts(layer: Layer, parameter = mainParameter(layer)): LayerFacts {
  const { file, line, column, cell } = layer.site;
  return {
    class: layer.class,
    name: layer.name,
    framework: layer.framework,
    parameter: parameter?.name ?? null,
    shape: parameter?.shape ?? [],
    fanIn: parameter?.effectiveFanIn ?? null,
    fanOut: parameter?.effectiveFanOut ?? null,
    activation: layer.activation,
    site: { file, line, column, cell: cell ?? null },
    why: layer.recommended?.why ?? null,
  };
}

/** The figures that a chart keeps of an answer. */
function plainResult({ values: _values, note: _note, histogram, ...figures }: SampleResult) {
  return { ...figures, histogram: { ...histogram, counts: [...histogram.counts] } };
}
