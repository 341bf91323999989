import type { SchemeCall } from "../init/initializerCalls.js";
import { drawRecipe } from "../init/recipe.js";
import { fansByHand } from "./byHand.js";
import type { WriteInput, Written } from "./written.js";

/** These values of a filler are names of an enumeration, not strings. */
const ENUMERATIONS = new Set(["variance_norm"]);

/** A filler of a prototxt layer: `weight_filler { type: "msra" }`. */
export function writeCaffe({ call, options, argument = "weight_filler" }: WriteInput): Written | null {
  const filler = fillerFor(call, options);
  if (filler === null) return null;
  const fields = Object.entries(filler.fields).map(([name, value]) =>
    typeof value === "number"
      ? `${name}: ${prototxtNumber(value)}`
      : `${name}: ${ENUMERATIONS.has(name) ? value : `"${value}"`}`,
  );
  return { setup: [], code: `${argument} { ${[`type: "${filler.type}"`, ...fields].join(" ")} }` };
}

/** A prototxt holds numbers only, no expressions. */
function prototxtNumber(value: number): string {
  return String(Number(value.toPrecision(10)));
}

interface Filler {
  readonly type: string;
  readonly fields: Readonly<Record<string, number | string>>;
}

function fillerFor(call: SchemeCall, options: WriteInput["options"]): Filler | null {
  if (call.kind === "build") return null;
  if (call.kind === "call") {
    const fields = Object.entries(call.given).filter(
      ([, value]) => typeof value === "number" || typeof value === "string",
    );
    return { type: call.initializer, fields: Object.fromEntries(fields) as Filler["fields"] };
  }
  const law = drawRecipe(call.recipe, fansByHand(options), "");
  if (law.kind === "uniform") return { type: "uniform", fields: { min: law.low, max: law.high } };
  if (law.kind === "normal") return { type: "gaussian", fields: { std: law.std } };
  return null;
}
