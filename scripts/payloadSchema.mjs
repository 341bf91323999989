// Writes docs/payload.schema.json from src/charts/payload.ts; with `--check` only says whether it is fresh.
import { readFileSync, writeFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import * as esbuild from "esbuild";

const FILE = "docs/payload.schema.json";

const { outputFiles } = await esbuild.build({
  entryPoints: ["src/charts/payload.ts"],
  bundle: true,
  format: "esm",
  write: false,
});
const { payloadSchema, payloadParts, PAYLOAD_MIME } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
);
const schema = {
  title: `Init Lens chart, ${PAYLOAD_MIME}`,
  description: "What a chart in a saved notebook carries. Data only; unknown members are ignored.",
  // JSON has no infinite numbers, so `finite` has nothing to say in a schema.
  ...toJsonSchema(payloadSchema, {
    typeMode: "input",
    definitions: payloadParts,
    ignoreActions: ["finite", "readonly"],
  }),
};
const text = `${JSON.stringify(schema, null, 2)}\n`;

if (process.argv.includes("--check")) {
  const fresh = readFileSync(FILE, "utf8") === text;
  if (!fresh) console.error(`${FILE} is stale: run node scripts/payloadSchema.mjs`);
  process.exitCode = fresh ? 0 : 1;
} else writeFileSync(FILE, text);
