import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { MUTANTS, mutants } from "../mutants.js";
import { run } from "./programs.js";

const FOLDER = "test/fixtures/python";
const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".py"))
  .map((name) => readFileSync(`${FOLDER}/${name}`, "utf8"));

test("whatever the source, evaluating it ends and never throws", () => {
  fc.assert(
    fc.property(mutants(sources), (source) => {
      const { evaluator, messages } = run(source, {}, { budgets: { steps: 300_000, elements: 1_000_000 } });
      assert.ok(evaluator.steps < 1_000_000);
      const internal = messages.filter((message) => message.startsWith("Internal"));
      assert.deepEqual(internal, []);
    }),
    { numRuns: MUTANTS || 400, seed: 20240501 },
  );
});
