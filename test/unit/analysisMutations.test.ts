// Whatever becomes of a model's source, its analysis ends, throws nothing and has no fault of its own.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { analyse } from "../../src/analysis.js";
import { MUTANTS, mutants } from "./mutants.js";

const sources = ["test/fixtures", "examples"]
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => `${root}/${name}`),
  )
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => readFileSync(name, "utf8"))
  .filter((text) => text.length < 12_000);

test("whatever the model's source, analysing it ends and never throws", () => {
  fc.assert(
    fc.property(mutants(sources), (text) => {
      const { diagnostics } = analyse(
        { file: "/project/model.py", cells: [{ index: null, text }] },
        { read: () => null },
        { roots: ["/project"] },
      );
      assert.deepEqual(
        diagnostics.map(({ message }) => message).filter((message) => message.startsWith("Internal")),
        [],
      );
    }),
    { numRuns: MUTANTS || 60, seed: 20261124 },
  );
});
