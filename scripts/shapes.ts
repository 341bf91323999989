/** The shapes of the charts that people see most, compiled beforehand. */
import { chartSpec, STATIC } from "../src/charts/chart.js";
import { formOf } from "../src/charts/form.js";
import { shapeEntry } from "../src/charts/shape.js";
import { PAYLOADS } from "../test/charts/payloads.js";

const COMMON = ["histogram-uniform", "histogram-constant", "roles", "schemes", "model"];

/** As they are drawn in a page, and as static pictures. */
const OPTIONS = [{ ...STATIC, interactive: true }, STATIC];

/** TypeScript with a table: a shape's key → Vega's specification of it, as JSON. */
export function chartShapes(): string {
  const entries = OPTIONS.flatMap((options) =>
    COMMON.map((name) => shapeEntry(formOf(chartSpec(PAYLOADS.get(name)!, options)).form)),
  );
  const rows = [...new Map(entries)].map(([key, spec]) => `  "${key}": ${JSON.stringify(spec)},`);
  return `/** Made by \`npm run docs\`: what Vega-Lite makes of the commonest shapes of charts. */
export const SHAPES: Readonly<Record<string, string>> = {
${rows.join("\n")}
};
`;
}
