import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { PAYLOAD_MIME } from "../../src/charts/payload";
import { PAYLOADS } from "../charts/payloads";
import type { Harness } from "./harness";
import { openPage, type TestPage, THEMES } from "./page";

declare const harness: Harness;

mkdirSync("screenshots", { recursive: true });

describe("the renderer draws every chart", () => {
  let test: TestPage;
  before(async () => {
    test = await openPage();
  });
  after(() => test.close());

  for (const [name, payload] of PAYLOADS) {
    it(name, async () => {
      const marks = await test.page.evaluate(
        async ([id, mime, text]) => {
          await harness.render(id, mime, text);
          return harness
            .view(id)!
            .querySelectorAll(".chart svg .mark-rect path, .chart svg .mark-symbol path").length;
        },
        [name, PAYLOAD_MIME, JSON.stringify(payload)] as const,
      );
      assert.ok(marks > 0, "no bar, cell or point was drawn");
      assert.deepEqual(test.complaints, []);
      assert.deepEqual(test.refused, []);
    });
  }

  for (const [kind, variables] of Object.entries(THEMES)) {
    it(`looks right in ${kind}`, async () => {
      await test.page.evaluate(([k, v]) => harness.theme(k, v), [kind, variables] as const);
      await test.page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
      await test.page.evaluate((ground) => {
        document.body.style.background = ground;
      }, variables["--vscode-editor-background"]!);
      await test.page.screenshot({ path: `screenshots/renderer-${kind}.png`, fullPage: true });
    });
  }
});
