import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chartSpec, STATIC } from "../../../src/charts/chart";
import { compiled, dataflow, makeView } from "../../../src/charts/drawing";
import { chartView } from "../../../src/charts/form";
import type { ChartOptions } from "../../../src/charts/spec";
import { PAYLOADS } from "../../charts/payloads";

const ZOOMED: ChartOptions = { ...STATIC, interactive: true, zoom: [0, 0.1] };

/** The picture of a view, without the numbers that Vega counts its gradients and selections by. */
async function picture(view: ReturnType<typeof makeView>): Promise<string> {
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace(/(gradient|clip)_?\d+|_\d+/g, "$1");
}

describe("a chart is drawn as its whole specification is, when its form is new and when it is known", () => {
  for (const [name, payload] of PAYLOADS) {
    it(name, async () => {
      for (const options of [STATIC, ZOOMED]) {
        const whole = await picture(
          makeView(dataflow(compiled(chartSpec(payload, options))), { renderer: "none" }),
        );
        const first = await picture(chartView(chartSpec(payload, options), { renderer: "none" }));
        const second = await picture(chartView(chartSpec(payload, options), { renderer: "none" }));
        assert.equal(first, whole);
        assert.equal(second, whole);
      }
    });
  }
});
