import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAMEWORK_MODULES } from "../../../src/layers/frameworks.js";

const FILES =
  "data dataset datasets layers losses model models modules networks tokenizer tokenizers train utils";

test("no framework takes a name that people give to files of their own", () => {
  const tops = new Set(FRAMEWORK_MODULES.map(({ name }) => name.split(".")[0]));
  for (const name of FILES.split(" ")) assert.ok(!tops.has(name), name);
});
