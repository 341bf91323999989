import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { PAYLOAD_MIME } from "../../src/charts/payload";
import type { Harness } from "./harness";
import { hostileOutputs } from "./hostile";
import { openPage, type TestPage } from "./page";

declare const harness: Harness;

/** An output froze the page when it took this many times what most of them take, on whatever machine … */
const FROZEN = 100;
/** … and longer than a person notices, in milliseconds: most take so little here that a hundredfold is nothing. */
const NOTICED = 1000;

describe("hostile outputs", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage();
    await test.page.evaluate(() => {
      Object.assign(globalThis, { pwned: () => Object.assign(globalThis, { ran: true }), ran: false });
    });
  });
  after(() => test.close());

  it("run nothing, load nothing, freeze nothing, and each shows a chart or says why not", async (t) => {
    const outputs = hostileOutputs();
    assert.ok(outputs.length >= 1_000, `only ${outputs.length} outputs`);
    const wrong: string[] = [];
    let drawn = 0;
    const took: { name: string; milliseconds: number }[] = [];
    for (const [name, { mime, text }] of outputs) {
      const look = (output: readonly [string, string]) =>
        test.page.evaluate(async ([type, data]) => {
          let failed = "";
          try {
            await harness.render("hostile", type, data);
          } catch (error) {
            failed = String(error);
          }
          const view = harness.view("hostile");
          const drawn = view?.querySelector(".chart svg, .foreign svg") !== null;
          const shown = view?.querySelector(".chart svg, .foreign svg, .notice") !== null;
          const markup = view?.querySelector("script, img, image, a[href], iframe, object, use") ?? null;
          const polluted = "polluted" in {};
          harness.dispose("hostile");
          return {
            failed,
            drawn,
            shown,
            markup: markup?.outerHTML ?? "",
            polluted,
            ran: Reflect.get(globalThis, "ran"),
          };
        }, output);
      const before = await test.worked();
      const seen = await look([mime, text]);
      const milliseconds = (await test.worked()) - before;
      if (seen.drawn) drawn++;
      took.push({ name, milliseconds });
      const faults: readonly (readonly [boolean, string])[] = [
        [seen.failed !== "", `threw ${seen.failed}`],
        [seen.ran !== false, "ran a script"],
        [seen.polluted, "changed every object"],
        [seen.markup !== "", `made an element that loads or runs: ${seen.markup}`],
        [!seen.shown, "shows nothing"],
        [test.refused.length > 0, `tried to load ${test.refused.splice(0).join(" ")}`],
      ];
      for (const [happened, fault] of faults) if (happened) wrong.push(`${name}: ${fault}`);
    }
    t.diagnostic(`${outputs.length} outputs, ${drawn} drawn, the rest refused with a message`);
    took.sort((a, b) => b.milliseconds - a.milliseconds);
    const usual = took[took.length >> 1]!.milliseconds;
    t.diagnostic(`slowest: ${took[0]!.name}, ${Math.round(took[0]!.milliseconds / usual)} times the usual`);
    for (const { name, milliseconds } of took) {
      if (!(milliseconds < Math.max(NOTICED, FROZEN * usual)))
        wrong.push(`${name}: froze for ${Math.round(milliseconds)} ms`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(drawn > outputs.length / 4, "too few were drawn to say much");
  });

  it("a hundred megabytes are refused unread", async () => {
    for (const mime of [PAYLOAD_MIME, "application/vnd.vegalite.v6.json"]) {
      const shown = await test.page.evaluate(async (type) => {
        await harness.render("large", type, `{"version":1,"x":"${"y".repeat(100_000_000)}"}`);
        const shown = harness.view("large")!.textContent;
        harness.dispose("large");
        return { shown, reads: harness.reads("large") };
      }, mime);
      assert.match(shown.shown ?? "", /too large: 100\.0 MB/);
      assert.equal(shown.reads, 0);
    }
  });
});
