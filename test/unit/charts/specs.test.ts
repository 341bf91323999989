import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import Ajv, { type ValidateFunction } from "ajv";
import { chartAnswer, chartSpec, STATIC } from "../../../src/charts/chart";
import { compiled, dataflow } from "../../../src/charts/drawing";
import type { ChartOptions } from "../../../src/charts/spec";
import { makeTheme } from "../../../src/charts/theme";
import { PAYLOADS } from "../../charts/payloads";

const DARK = makeTheme("#1f1f1f", "#cccccc", { font: "sans-serif", fontSize: 13 });
const INTERACTIVE: ChartOptions = { theme: DARK, width: 420, height: 200, interactive: true };

/** The official schema of a version of Vega-Lite. */
function schema(name: "vega-lite" | "vega-lite-5"): ValidateFunction {
  const text = readFileSync(`node_modules/${name}/build/vega-lite-schema.json`, "utf8");
  return new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(text));
}

/** The errors deepest inside: the outer ones only say that no variant fits. */
function deepest({ errors }: ValidateFunction): string {
  const depth = (path: string) => path.split("/").length;
  const most = Math.max(...(errors ?? []).map(({ instancePath }) => depth(instancePath)));
  return (errors ?? [])
    .filter(({ instancePath }) => depth(instancePath) === most)
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join("\n");
}

const versions = [
  ["Vega-Lite 5", schema("vega-lite-5")],
  ["Vega-Lite 6", schema("vega-lite")],
] as const;

for (const [name, payload] of PAYLOADS) {
  describe(name, () => {
    for (const [version, valid] of versions) {
      for (const options of [STATIC, INTERACTIVE]) {
        it(`is valid ${version}${options.interactive ? ", interactive" : ""}`, () => {
          const spec = JSON.parse(JSON.stringify(chartSpec(payload, options)));
          assert.ok(valid(spec), deepest(valid));
        });
      }
    }

    it("asks one question and answers it in figures", () => {
      const { title } = chartSpec(payload, STATIC) as unknown as {
        title: { text: string[]; subtitle: string[] };
      };
      assert.match(title.text.join(" "), /^[A-Z].*\?$/);
      assert.equal(title.subtitle.join(" "), chartAnswer(payload));
      assert.match(chartAnswer(payload), /\d/);
    });

    it("refers to nothing outside itself, and computes nothing", () => {
      const keys = JSON.stringify(chartSpec(payload, INTERACTIVE)).match(
        /"(url|href|expr|signal|calculate|usermeta)":/g,
      );
      assert.equal(keys, null);
      assert.doesNotThrow(() => dataflow(compiled(chartSpec(payload, INTERACTIVE))));
    });
  });
}
