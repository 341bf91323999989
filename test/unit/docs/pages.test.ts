import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PAGES } from "../../../scripts/pages.js";

test("the pages made from tables are fresh: npm run docs", () => {
  for (const [file, write] of PAGES) assert.equal(readFileSync(file, "utf8"), write(), file);
});
