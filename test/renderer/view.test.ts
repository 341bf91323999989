import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { PAYLOAD_MIME } from "../../src/charts/payload";
import { contrast } from "../../src/charts/theme";
import { opaque } from "../../src/renderer/theme";
import { PAYLOADS } from "../charts/payloads";
import type { Harness } from "./harness";
import { openPage, type TestPage, THEMES } from "./page";

declare const harness: Harness;

const SCREENSHOTS = "screenshots";
mkdirSync(SCREENSHOTS, { recursive: true });

const textOf = (name: string) => JSON.stringify(PAYLOADS.get(name)!);

/** Shows a payload as output `id` of the page. */
async function show(test: TestPage, name: string, id = name, width = 0): Promise<number> {
  return test.page.evaluate(([...args]) => harness.render(...args), [
    id,
    PAYLOAD_MIME,
    textOf(name),
    width,
  ] as const);
}

/** The numbers along the horizontal axis. */
function axisLabels(test: TestPage, id: string): Promise<string[]> {
  return test.page.evaluate((output) => {
    const axes = harness.view(output)!.querySelectorAll(".role-axis");
    const labels = [...axes].map((axis) => [...axis.querySelectorAll(".role-axis-label text")]);
    const horizontal = labels.find(
      (texts) => texts[0]?.getAttribute("text-anchor") !== "end" && texts.length > 0,
    );
    return (horizontal ?? []).map((text) => text.textContent ?? "");
  }, id);
}

/** Waits until the numbers along the horizontal axis are no longer `old`. */
async function axisChange(test: TestPage, id: string, old: readonly string[]): Promise<string[]> {
  for (let frame = 0; frame < 200; frame++) {
    const labels = await axisLabels(test, id);
    if (labels.join() !== old.join()) return labels;
    await test.page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return axisLabels(test, id);
}

describe("the renderer draws every chart", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage();
  });
  after(() => test.close());

  for (const name of PAYLOADS.keys()) {
    it(name, async (t) => {
      t.diagnostic(`${(await show(test, name)).toFixed(0)} ms`);
      const marks = await test.page.evaluate(
        (id) =>
          harness
            .view(id)!
            .querySelectorAll(
              ".chart .mark-rect path, .chart .mark-symbol path, .chart .mark-line.role-mark path",
            ).length,
        name,
      );
      assert.ok(marks > 0, "no bar, cell, point or line was drawn");
      assert.deepEqual(test.complaints, []);
      assert.deepEqual(test.refused, []);
    });
  }

  for (const [kind, variables] of Object.entries(THEMES)) {
    it(`follows a change to ${kind}, with enough contrast`, async () => {
      const ground = variables["--vscode-editor-background"]!;
      await test.page.evaluate(([k, v]) => harness.theme(k, v), [kind, variables] as const);
      const rgb = `rgb(${[1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16)).join(", ")})`;
      await test.page.waitForFunction(
        ([outputs, colour]) =>
          outputs.every((id) => {
            const svg = harness.view(id)!.querySelector(".chart svg");
            return svg && getComputedStyle(svg).backgroundColor === colour;
          }),
        [[...PAYLOADS.keys()], rgb] as const,
      );
      const seen = await test.page.evaluate(() => {
        const colours = (selector: string, property: "fill" | "stroke" | "color") =>
          [...harness.elements.keys()].flatMap((id) =>
            [...harness.view(id)!.querySelectorAll(selector)]
              .filter((element) => getComputedStyle(element).display !== "none")
              .map((element) => getComputedStyle(element)[property]),
          );
        return {
          text: [
            ...new Set([
              ...colours("svg text", "fill"),
              ...colours("button:not([disabled]):not(.main), p, td, th, caption", "color"),
            ]),
          ],
          marks: [
            ...new Set([
              ...colours(".chart .mark-symbol:not(.role-legend-symbol) path", "fill"),
              ...colours("[class*=bars] .mark-rect path, .mark-rect.role-mark.bars path", "fill"),
              ...colours(".mark-line.role-mark path", "stroke"),
              ...colours("button", "borderTopColor" as "color"),
            ]),
          ].filter((colour) => colour !== "none"),
        };
      });
      assert.ok(seen.text.length > 1 && seen.marks.length > 2, JSON.stringify(seen));
      for (const colour of seen.text) {
        const ratio = contrast(opaque(colour, ground)!, ground);
        assert.ok(ratio >= 4.5, `text ${colour} on ${ground} has ${ratio.toFixed(2)} : 1`);
      }
      const halo = (colour: string) => opaque(colour, ground) === ground;
      for (const colour of seen.marks.filter((each) => !halo(each))) {
        const ratio = contrast(opaque(colour, ground)!, ground);
        assert.ok(ratio >= 3, `mark ${colour} on ${ground} has ${ratio.toFixed(2)} : 1`);
      }
      await test.page.evaluate((colour) => {
        document.body.style.background = colour;
      }, ground);
      await test.page.screenshot({ path: `${SCREENSHOTS}/renderer-${kind}.png`, fullPage: true });
    });
  }
});

describe("an output's life", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage();
  });
  after(() => test.close());

  const svgWidth = (id: string) =>
    test.page.evaluate(
      (output) => Number(harness.view(output)!.querySelector(".chart svg")!.getAttribute("width")),
      id,
    );

  it("a chart is as wide as its cell, also after a resize", async () => {
    await show(test, "histogram-normal", "narrow", 500);
    assert.equal(await svgWidth("narrow"), 500);
    await test.page.evaluate(() => {
      harness.elements.get("narrow")!.style.width = "700px";
    });
    await test.page.waitForFunction(
      () => harness.view("narrow")!.querySelector(".chart svg")!.getAttribute("width") === "700",
    );
  });

  it("an output shown again replaces itself", async () => {
    await show(test, "histogram-normal", "again");
    await show(test, "histogram-uniform", "again");
    const drawn = await test.page.evaluate(() => ({
      charts: harness.elements.get("again")!.querySelectorAll(".init-lens").length,
      title: harness.view("again")!.querySelector(".role-title-text")!.textContent,
    }));
    assert.equal(drawn.charts, 1);
    assert.match(drawn.title ?? "", /fc1\.weight/);
  });

  it("one output is disposed alone, then all, and nothing stays behind", async () => {
    await show(test, "schemes", "one");
    await show(test, "roles", "two");
    const before = await test.page.evaluate(() => harness.listeners.size);
    await test.page.evaluate(() => harness.dispose("one"));
    assert.equal(await test.page.evaluate(() => harness.listeners.size), before - 1);
    assert.ok(await test.page.evaluate(() => harness.view("two") !== null));
    await test.page.evaluate(() => harness.dispose());
    assert.equal(await test.page.evaluate(() => harness.listeners.size), 0);
    assert.deepEqual(test.complaints, []);
  });

  it("text of any origin stays text", async () => {
    const raw = textOf("histogram-uniform").replaceAll("PyTorch default", "<b>bold</b>");
    await test.page.evaluate(([mime, text]) => harness.render("markup", mime, text), [
      PAYLOAD_MIME,
      raw,
    ] as const);
    const seen = await test.page.evaluate(() => ({
      bold: harness.view("markup")!.querySelector("b") !== null,
      text: harness.view("markup")!.querySelector("table")!.textContent,
    }));
    assert.equal(seen.bold, false);
    assert.match(seen.text ?? "", /<b>bold<\/b>/);
  });

  for (const [name, text, reason] of [
    ["another version", '{"version":2}', /version 2.*reads version 1/],
    ["no version", "{}", /which version/],
    [
      "a broken figure",
      textOf("histogram-uniform").replace('"count":2048', '"count":"many"'),
      /count should be/,
    ],
    ["broken JSON", "{", /not valid JSON/],
  ] as const) {
    it(`${name} is a readable message`, async () => {
      await test.page.evaluate(([mime, data]) => harness.render("broken", mime, data), [
        PAYLOAD_MIME,
        text,
      ] as const);
      const shown = await test.page.evaluate(() => harness.view("broken")!.textContent);
      assert.match(shown ?? "", reason);
      assert.deepEqual(test.complaints, []);
    });
  }
});

describe("looking closer", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage({ messaging: false });
    await show(test, "histogram-normal", "chart");
  });
  after(() => test.close());

  it("the keyboard zooms, moves and goes back", async () => {
    const whole = await axisLabels(test, "chart");
    await test.page.evaluate(() => (harness.view("chart")!.querySelector(".chart") as HTMLElement).focus());
    await test.page.keyboard.press("+");
    const nearer = await axisChange(test, "chart", whole);
    await test.page.keyboard.press("ArrowRight");
    const moved = await axisChange(test, "chart", nearer);
    await test.page.keyboard.press("0");
    const back = await axisChange(test, "chart", moved);
    assert.notDeepEqual(nearer, whole);
    assert.notDeepEqual(moved, nearer);
    assert.deepEqual(back, whole);
  });

  it("a drag along the axis zooms into that part, and a return of the output keeps it", async () => {
    const whole = await axisLabels(test, "chart");
    const box = await test.page.evaluate(() => {
      const { x, y, width, height } = harness
        .view("chart")!
        .querySelector(".chart svg")!
        .getBoundingClientRect();
      return { x, y, width, height };
    });
    await test.page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6);
    await test.page.mouse.down();
    await test.page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.6, { steps: 5 });
    await test.page.mouse.up();
    const nearer = await axisChange(test, "chart", whole);
    assert.ok(nearer.length > 0 && nearer.every((label) => !label.startsWith("−0.4")), nearer.join());
    await test.page.evaluate(() => harness.dispose("chart"));
    await show(test, "histogram-normal", "chart");
    assert.deepEqual(await axisLabels(test, "chart"), nearer);
  });

  it("a tooltip gives a bar's figures as text", async () => {
    await show(test, "histogram-uniform", "tip");
    const bar = await test.page.evaluate(() => {
      const bars = [...harness.view("tip")!.querySelectorAll(".mark-rect.role-mark path")];
      bars[10]!.scrollIntoView();
      const { x, y, width, height } = bars[10]!.getBoundingClientRect();
      return { x: x + width / 2, y: y + height - 4 };
    });
    await test.page.mouse.move(bar.x, bar.y);
    await test.page.mouse.move(bar.x, bar.y - 2);
    const text = await test.page.evaluate(
      () => harness.view("tip")!.querySelector(".tooltip:not([hidden])")?.textContent,
    );
    assert.match(text ?? "", /from: .*to: .*values: \d+.*density: /);
  });

  it("without an extension there are no controls, and pictures are downloads", async () => {
    const buttons = await test.page.evaluate(() =>
      [...harness.view("chart")!.querySelectorAll("button")].map((button) => button.textContent),
    );
    assert.deepEqual(buttons, ["Figures", "−", "+", "Whole axis", "Save SVG", "Save PNG"]);
    for (const format of ["SVG", "PNG"]) {
      const downloaded = test.page.waitForEvent("download");
      await test.page
        .getByRole("button", { name: `Save ${format}` })
        .first()
        .click();
      assert.equal((await downloaded).suggestedFilename(), `fc1.weight-histogram.${format.toLowerCase()}`);
    }
    assert.deepEqual(test.complaints, []);
  });

  it("the figures are there as text", async () => {
    await test.page.getByRole("button", { name: "Figures" }).first().click();
    const figures = await test.page.evaluate(
      () => harness.view("chart")!.querySelector("section:not([hidden])")!.textContent,
    );
    for (const part of ["He normal", "N(0, 0.1768²)", "2,048", "fan-in", "64", "Kolmogorov"]) {
      assert.ok(figures?.includes(part), `${part} is missing in ${figures}`);
    }
  });
});
