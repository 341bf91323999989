import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { PAYLOADS } from "../charts/payloads";
import { openPanel, type TestPage } from "./page";

declare const sent: { readonly type: string }[];

describe("the preview panel", () => {
  let test: TestPage;
  before(async () => {
    test = await openPanel();
  });
  after(() => test.close());

  const show = (name: string) =>
    test.page.evaluate((payload) => window.postMessage({ type: "show", payload }), PAYLOADS.get(name)!);
  const subtitle = () => test.page.locator(".role-title-subtitle").textContent();
  const shows = (text: string) => test.page.locator(".role-title-subtitle", { hasText: text }).waitFor();

  it("greets the extension, and draws what it is told to", async () => {
    assert.deepEqual(await test.page.evaluate(() => sent.map(({ type }) => type)), ["hello"]);
    await show("histogram-normal");
    await shows("He normal");
    await show("histogram-uniform");
    await shows("PyTorch default");
    assert.equal(await test.page.locator(".init-lens").count(), 1);
  });

  it("shows the same chart after a reload, closer where the reader looked closer", async () => {
    const labels = () => test.page.locator(".role-axis-label text").allTextContents();
    const whole = await labels();
    await test.page.getByRole("button", { name: "Zoom in" }).click();
    await test.page.waitForFunction(
      (old) =>
        [...document.querySelector(".init-lens")!.shadowRoot!.querySelectorAll(".role-axis-label text")]
          .map((t) => t.textContent)
          .join() !== old,
      whole.join(),
    );
    const nearer = await labels();
    await test.page.reload();
    await shows("PyTorch default");
    assert.deepEqual(await labels(), nearer);
    await show("histogram-uniform");
    assert.deepEqual(await labels(), nearer, "the answer to the greeting must not undo it");
  });

  it("says why it cannot draw, and recovers", async () => {
    await test.page.evaluate(() => window.postMessage({ type: "show", payload: { version: 9 } }));
    await test.page.locator(".notice", { hasText: "version 9" }).waitFor();
    await show("roles");
    await test.page.locator(".role-title-text", { hasText: "How far" }).waitFor();
    assert.ok((await subtitle())?.includes("times the recommended"));
  });

  it("ignores messages that are not for it", async () => {
    await test.page.evaluate(() => {
      for (const message of [null, 1, "show", { type: "other" }, { type: "welcome" }])
        window.postMessage(message);
    });
    assert.equal(await test.page.locator(".init-lens").count(), 1);
    assert.deepEqual(test.complaints, []);
    assert.deepEqual(test.refused, []);
  });
});
