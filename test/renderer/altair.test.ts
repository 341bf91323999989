import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Harness } from "./harness";
import { openPage, type TestPage } from "./page";

declare const harness: Harness;

const MIMES = [
  "application/vnd.vegalite.v6.json",
  "application/vnd.vegalite.v6+json",
  "application/vnd.vegalite.v5+json",
] as const;

/** As Altair 6 writes it: named data in `datasets`, a configuration, a selection bound to an input. */
const ALTAIR = {
  config: { view: { continuousWidth: 300, continuousHeight: 200 } },
  data: { name: "data-c2a3e89ba9d5d1687d5e8c28d630a033" },
  mark: { type: "bar" },
  encoding: {
    x: { field: "url", type: "nominal" },
    y: { field: "count", type: "quantitative" },
    color: { condition: { param: "picked", field: "url", type: "nominal" }, value: "lightgray" },
    tooltip: [{ field: "count", type: "quantitative" }],
  },
  params: [
    {
      name: "picked",
      select: { type: "point", fields: ["url"] },
      bind: { input: "select", options: [null, "a", "b"] },
    },
  ],
  transform: [{ calculate: "datum.count * 2", as: "twice" }, { filter: "datum.count > 1" }],
  $schema: "https://vega.github.io/schema/vega-lite/v6.1.0.json",
  datasets: {
    "data-c2a3e89ba9d5d1687d5e8c28d630a033": [
      { url: "a", count: 28000 },
      { url: "b", count: 55000 },
      { url: "c", count: 1 },
    ],
  },
};

describe("charts of Altair", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage();
  });
  after(() => test.close());

  const render = (id: string, mime: string, spec: unknown) =>
    test.page.evaluate(([...args]) => harness.render(...args), [id, mime, JSON.stringify(spec)] as const);
  const bars = (id: string) =>
    test.page.evaluate(
      (output) => harness.view(output)!.querySelectorAll(".mark-rect.role-mark path").length,
      id,
    );
  const notices = (id: string) =>
    test.page.evaluate((output) => harness.view(output)!.querySelector(".notice")?.textContent ?? "", id);

  for (const mime of MIMES) {
    it(`are drawn from ${mime}, columns named like addresses and counts included`, async () => {
      await render(mime, mime, ALTAIR);
      assert.equal(await bars(mime), 2);
      assert.equal(await notices(mime), "");
      assert.deepEqual(test.complaints, []);
    });
  }

  const { charts } = JSON.parse(readFileSync("test/fixtures/altair/charts.json", "utf8")) as {
    charts: Record<string, { mime: string; text: string }>;
  };
  for (const [name, { mime, text }] of Object.entries(charts)) {
    it(`as Altair itself writes them are drawn: ${name}`, async () => {
      await test.page.evaluate(([...args]) => harness.render(...args), [name, mime, text] as const);
      const marks = await test.page.evaluate(
        (id) => harness.view(id)!.querySelectorAll(".role-mark path, .role-mark text").length,
        name,
      );
      assert.equal(await notices(name), "");
      assert.ok(marks > 0);
      assert.deepEqual(test.complaints, []);
      await test.page.evaluate((id) => harness.dispose(id), name);
    });
  }

  it("answer their inputs", async () => {
    await test.page.evaluate((id) => harness.dispose(id), MIMES[1]);
    await render("input", MIMES[0], ALTAIR);
    const colours = () =>
      test.page.evaluate(() =>
        [...harness.view("input")!.querySelectorAll(".mark-rect.role-mark path")].map((bar) =>
          bar.getAttribute("fill"),
        ),
      );
    const before = await colours();
    await test.page.evaluate(() => {
      const input = harness.view("input")!.querySelector("select")!;
      input.selectedIndex = 1;
      input.dispatchEvent(new Event("change"));
    });
    await test.page.waitForFunction(
      () =>
        harness.view("input")!.querySelectorAll('.mark-rect.role-mark path[fill="lightgray"]').length === 1,
    );
    assert.ok(!before.includes("lightgray"));
  });

  it("layered, concatenated and repeated charts are drawn", async () => {
    const data = {
      values: [
        { a: 1, b: 2 },
        { a: 2, b: 4 },
      ],
    };
    const unit = {
      mark: "bar",
      encoding: { x: { field: "a", type: "ordinal" }, y: { field: "b", type: "quantitative" } },
    };
    await render("layer", MIMES[0], { data, layer: [unit, { ...unit, mark: "rule" }] });
    await render("concat", MIMES[0], { data, hconcat: [unit, unit] });
    await render("facet", MIMES[0], { data, facet: { field: "a" }, spec: unit });
    await render("bin", MIMES[0], {
      data,
      mark: "bar",
      encoding: { x: { field: "b", bin: { step: 1 } }, y: { aggregate: "count" } },
    });
    await render("repeat", MIMES[0], {
      data,
      repeat: ["a", "b"],
      spec: {
        mark: "bar",
        encoding: { x: { field: { repeat: "repeat" }, type: "quantitative" }, y: { field: "b" } },
      },
    });
    for (const [id, count] of [
      ["layer", 2],
      ["concat", 4],
      ["facet", 2],
      ["bin", 2],
      ["repeat", 4],
    ] as const) {
      assert.equal(await notices(id), "", id);
      assert.equal(await bars(id), count, id);
    }
  });

  it("that load data say that they do not", async () => {
    await render("remote", MIMES[0], {
      data: { url: "https://example.org/data.csv" },
      mark: "bar",
      encoding: {},
    });
    assert.match(await notices("remote"), /loads nothing from addresses/);
    assert.deepEqual(test.refused, []);
  });

  it("that are no charts say why", async () => {
    await render("broken", MIMES[0], { mark: "nonsense", data: { values: [] } });
    assert.match(await notices("broken"), /^This chart cannot be shown: /);
  });
});
