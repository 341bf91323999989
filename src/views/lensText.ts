/** The line above a layer. Plain text. */
import { drawnText } from "../init/describe.js";
import { lasting } from "../sameness.js";
import type { Layer, Shape } from "../types.js";
import {
  dimText,
  factorText,
  fits,
  mainParameter,
  scaleFactor,
  scaleText,
  schemeName,
  shapeText,
  sizeProblem,
  withPowers,
} from "./layerText.js";

type Weight = Layer["parameters"][number];

/**
 * `784→256 · draws U(±0.03571) · He normal σ 0.0505 · 2.4× too small`; where nothing is wrong
 * `784→256 · draws N(0, 0.0505²) · fits He normal`.
 */
export const lensText = lasting((layer: Layer): string => {
  const weight = mainParameter(layer);
  if (!weight) return "no weights";
  const { current, shape } = weight;
  const problem = sizeProblem(shape);
  if (problem !== null) return `${shapeText(shape)} · ${problem}`;
  const laws = [drawnText(current), adviceText(layer, weight)].filter((part) => part !== "");
  return withPowers([sizesText(layer, weight), ...laws.map((law) => withFanNames(law, weight))].join(" · "));
});

/** A fan whose formula is longer is called by its name in a law: the sizes before it tell it. */
const LONG_FORMULA = 12;

function withFanNames(law: string, { effectiveFanIn, effectiveFanOut }: Weight): string {
  const fans = [
    { fan: effectiveFanIn, name: "fan-in" },
    { fan: effectiveFanOut, name: "fan-out" },
  ];
  return fans.reduce(
    (text, { fan, name }) =>
      typeof fan === "string" && fan.length > LONG_FORMULA
        ? text.replaceAll(`(${fan})`, name).replaceAll(fan, name)
        : text,
    law,
  );
}

/** From this factor between two standard deviations on one is worth a line of its own. */
const FAR = 2;

/** Whether something is to be said against a layer: a finding, or a scale far from the recommended. */
export const hasProblem = lasting((layer: Layer): boolean => {
  const weight = mainParameter(layer);
  const factor = weight && scaleFactor(layer, weight.current);
  if (layer.findings.length > 0) return true;
  return !layer.isNormalized && typeof factor === "number" && (factor >= FAR || factor <= 1 / FAR);
});

const activationTitle = (name: string): string => (name === "relu" ? "ReLU" : name);

function adviceText(layer: Layer, { current }: Weight): string {
  const { recommended } = layer;
  if (!recommended) return "";
  const name = schemeName(recommended.scheme);
  const isOneNumber = recommended.distribution.kind === "constant";
  // Of one number that is as it should be there is nothing more to say.
  if (fits(recommended, current)) return isOneNumber ? "" : `fits ${name}`;
  if (isOneNumber) return `recommended ${scaleText(recommended.distribution)}`;
  const advice = `${name} ${scaleText(recommended.distribution)}`;
  if (recommended.assumes !== undefined) return `${advice} before a ${activationTitle(recommended.assumes)}`;
  return [advice, factorText(layer, current)].filter((part) => part !== "").join(" · ");
}

/** The most frequent size, and how many others there are. */
function sizesText({ shapes, variants }: Layer, weight: Weight): string {
  const size = sizeText(weight);
  if (shapes <= 1) return size;
  const [first] = variants ?? [];
  const often = first && first.count > 1 ? `${first.count} of ` : "";
  return `${often}${size} and ${shapes - 1} other ${shapes === 2 ? "shape" : "shapes"}`;
}

/** `784→256` of a matrix between so many inputs and outputs, else the shape: `64×3×7×7`. */
function sizeText({ shape, effectiveFanIn, effectiveFanOut }: Weight): string {
  return isMatrixOf(shape, effectiveFanIn, effectiveFanOut)
    ? `${dimText(effectiveFanIn)}→${dimText(effectiveFanOut)}`
    : shapeText(shape);
}

function isMatrixOf(shape: Shape, fanIn: Shape[number], fanOut: Shape[number]): boolean {
  if (shape.length !== 2 || fanIn === null || fanOut === null) return false;
  const [first, second] = shape;
  return (first === fanOut && second === fanIn) || (first === fanIn && second === fanOut);
}
