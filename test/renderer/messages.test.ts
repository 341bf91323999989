import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { PAYLOAD_MIME } from "../../src/charts/payload";
import { parseToExtension, type ToExtension } from "../../src/renderer/protocol";
import { PAYLOADS } from "../charts/payloads";
import type { Harness } from "./harness";
import { openPage, type TestPage } from "./page";

declare const harness: Harness;

mkdirSync("screenshots", { recursive: true });

const CHOICES = {
  schemes: [
    { id: "torch_default", label: "PyTorch default" },
    { id: "he_normal", label: "He normal" },
  ],
  modes: [{ id: "fan_in", label: "fan-in" }],
  activations: [{ id: "relu", label: "ReLU" }],
  frameworks: [{ id: "torch", label: "PyTorch" }],
  canApply: true,
};

describe("a chart and its extension", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage();
    const text = JSON.stringify(PAYLOADS.get("histogram-uniform"));
    await test.page.evaluate(([mime, data]) => harness.render("chart", mime, data), [
      PAYLOAD_MIME,
      text,
    ] as const);
  });
  after(() => test.close());

  const sent = async (): Promise<ToExtension[]> => {
    const messages = await test.page.evaluate(() => harness.sent.splice(0));
    return messages.map((message) => parseToExtension(message)).map((message) => message!);
  };
  const deliver = (message: unknown) => test.page.evaluate((each) => harness.deliver(each), message);
  const status = () => test.page.evaluate(() => harness.view("chart")!.querySelector(".status")!.textContent);
  const title = () =>
    test.page.evaluate(() => harness.view("chart")!.querySelector(".role-title-subtitle")!.textContent);

  it("says hello, and shows its controls once it is answered", async () => {
    assert.deepEqual(await sent(), [{ type: "hello", output: "chart" }]);
    assert.equal(await test.page.getByRole("button", { name: "Draw again" }).count(), 0);
    await deliver({ type: "welcome", output: "another", choices: CHOICES });
    assert.equal(await test.page.getByRole("button", { name: "Draw again" }).count(), 0);
    await deliver({ type: "welcome", output: "chart", choices: CHOICES });
    assert.equal(await test.page.getByRole("button", { name: "Draw again" }).count(), 1);
  });

  it("asks for another scheme, shows progress, the drawing and keeps the focus", async () => {
    await test.page.getByRole("button", { name: "Change" }).click();
    await test.page.getByLabel("Scheme").selectOption("he_normal");
    const [draw] = await sent();
    assert.ok(draw?.type === "draw");
    assert.equal(draw.request.scheme, "he_normal");
    await deliver({ type: "progress", output: "chart", ticket: draw.ticket, fraction: 0.5 });
    assert.match((await status()) ?? "", /50 %/);
    await test.page.getByLabel("Scheme").focus();
    const drawn = { ...PAYLOADS.get("histogram-normal")!, request: draw.request };
    await deliver({ type: "payload", output: "chart", ticket: draw.ticket, payload: drawn });
    await test.page.waitForFunction(() =>
      harness.view("chart")!.querySelector(".role-title-subtitle")!.textContent!.includes("He normal"),
    );
    assert.equal(await status(), "");
    const focused = await test.page.evaluate(
      () => (harness.view("chart")!.getRootNode() as ShadowRoot).activeElement?.tagName,
    );
    assert.equal(focused, "SELECT");
    await test.page.screenshot({ path: "screenshots/renderer-controls.png" });
  });

  it("an answer to an older question changes nothing", async () => {
    await test.page.getByLabel("Bins").fill("30");
    await test.page.getByLabel("Bins").press("Enter");
    const [cancel, draw] = await sent();
    assert.equal(cancel?.type, "cancel");
    assert.ok(draw?.type === "draw" && draw.request.bins === 30);
    await deliver({
      type: "payload",
      output: "chart",
      ticket: draw.ticket - 1,
      payload: PAYLOADS.get("histogram-uniform"),
    });
    assert.match((await title()) ?? "", /He normal/);
  });

  it("a failure is told, and the chart stays", async () => {
    await test.page.getByRole("button", { name: "Draw again" }).click();
    const draw = (await sent()).at(-1);
    assert.ok(draw?.type === "draw");
    await deliver({
      type: "failed",
      output: "chart",
      ticket: draw.ticket,
      message: "10¹² values are too many",
    });
    assert.equal(await status(), "10¹² values are too many");
    assert.match((await title()) ?? "", /He normal/);
  });

  it("a field that says nothing valid sends nothing", async () => {
    await test.page.getByLabel("Bins").fill("0");
    await test.page.getByLabel("Bins").press("Tab");
    assert.deepEqual(await sent(), []);
    assert.equal(await test.page.getByLabel("Bins").getAttribute("aria-invalid"), "true");
  });

  it("copies, applies and saves through the extension", async () => {
    for (const name of ["Copy snippet", "Apply to source", "Save SVG", "Save PNG"]) {
      await test.page.getByRole("button", { name }).click();
    }
    await test.page.waitForFunction(() => harness.sent.length === 4);
    const messages = await sent();
    assert.deepEqual(
      messages.map((message) => message.type),
      ["copySnippet", "apply", "save", "save"],
    );
    const [, , svg, png] = messages;
    assert.ok(svg?.type === "save" && svg.data.startsWith("<svg ") && svg.data.includes("<title>"));
    assert.ok(png?.type === "save" && Buffer.from(png.data, "base64").subarray(1, 4).toString() === "PNG");
  });

  it("what was drawn since comes back with the output", async () => {
    await test.page.evaluate(() => harness.dispose("chart"));
    const text = JSON.stringify(PAYLOADS.get("histogram-uniform"));
    await test.page.evaluate(([mime, data]) => harness.render("chart", mime, data), [
      PAYLOAD_MIME,
      text,
    ] as const);
    assert.match((await title()) ?? "", /He normal/);
    assert.deepEqual(test.complaints, []);
  });
});
