import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chartSpec, STATIC } from "../../../src/charts/chart";
import { compiled } from "../../../src/charts/drawing";
import { shapeEntry, vegaSpec } from "../../../src/charts/shape";
import type { ChartOptions } from "../../../src/charts/spec";
import { makeTheme } from "../../../src/charts/theme";
import { PAYLOADS } from "../../charts/payloads";

/** Without keys of no value, which JSON has no word for. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const type = (fontSize: number) => ({ font: "'Liberation Sans', sans-serif", fontSize });
const LIVE: ChartOptions = { ...STATIC, interactive: true, height: 220 };

const OPTIONS: Readonly<Record<string, ChartOptions>> = {
  "a static picture": STATIC,
  "dark and narrow": { ...LIVE, width: 300, theme: makeTheme("#1f1f1f", "#cccccc", type(12)) },
  "high contrast and wide": { ...LIVE, width: 1800, theme: makeTheme("#000000", "#ffffff", type(12)) },
  "light, large type": { ...LIVE, width: 876, theme: makeTheme("#ffffff", "#3b3b3b", type(19)) },
  "a part of the axis": { ...LIVE, zoom: [0, 0.1] },
};

describe("a shape with its values put in is what Vega-Lite makes of the chart", () => {
  for (const [title, options] of Object.entries(OPTIONS)) {
    it(title, () => {
      for (const [name, payload] of PAYLOADS) {
        const spec = chartSpec(payload, options);
        assert.deepEqual(plain(vegaSpec(spec)), plain(compiled(spec)), name);
      }
    });
  }
});

describe("one shape serves every theme, width and size of type", () => {
  for (const name of ["histogram-uniform", "roles", "schemes"]) {
    it(name, () => {
      const keys = Object.values(OPTIONS)
        .filter(({ interactive, zoom }) => interactive && zoom === undefined)
        .map(
          (options) =>
            shapeEntry({ ...chartSpec(PAYLOADS.get(name)!, options), title: "", description: "" })[0],
        );
      assert.equal(new Set(keys).size, 1);
    });
  }
});
