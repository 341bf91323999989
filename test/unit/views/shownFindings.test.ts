import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Finding } from "../../../src/types.js";
import { findingPage, shownFindings } from "../../../src/views/shownFindings.js";

const finding = (code: string): Finding => ({
  code,
  severity: "warning",
  message: "",
  site: { file: "net.py", line: 1, column: 1 },
  fix: null,
});
const FINDINGS = [finding("IL002"), finding("IL003"), finding("IL004")];

test("a rule that is off is not shown, another has the severity chosen", () => {
  const shown = shownFindings(FINDINGS, { IL002: "off", IL004: "error" });
  assert.deepEqual(
    shown.map(({ code, severity }) => `${code} ${severity}`),
    ["IL003 warning", "IL004 error"],
  );
});

test("where nothing is chosen the findings are shown as they are", () => {
  assert.equal(shownFindings(FINDINGS, {}), FINDINGS);
});

test("a rule's page is in the project's repository", () => {
  const { repository } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.ok(findingPage("IL003").startsWith(repository.url.replace(/\.git$/, "/")));
  assert.ok(readFileSync(`docs/findings/${findingPage("IL003").split("/").at(-1)}`, "utf8"));
});
