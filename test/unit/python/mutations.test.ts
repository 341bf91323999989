import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { run } from "./programs.js";

const FOLDER = "test/fixtures/python";
const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".py"))
  .map((name) => readFileSync(`${FOLDER}/${name}`, "utf8"));

/** Broken as people and editors break code: cut off, lines swapped or doubled, characters gone or odd. */
const mutated = fc
  .record({
    source: fc.constantFrom(...sources),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        kind: fc.constantFrom("delete", "double", "swap", "insert", "rename"),
        text: fc.constantFrom(
          "(",
          ")",
          ":",
          "\n",
          "\t",
          "0",
          "=",
          "é",
          "\u{1f600}",
          "\u2028",
          "lambda",
          "yield ",
          "*",
          "[",
          "'''",
        ),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ source, cut, edits }) => {
    const lines = source.split("\n").slice(0, Math.ceil(source.split("\n").length * cut));
    for (const { at, kind, text } of edits) {
      const index = Math.floor(at * lines.length);
      const line = lines[index] ?? "";
      const column = Math.floor(at * 997) % (line.length + 1);
      if (kind === "delete") lines.splice(index, 1);
      else if (kind === "double") lines.splice(index, 0, line);
      else if (kind === "swap") lines.splice(index, 2, lines[index + 1] ?? "", line);
      else if (kind === "insert") lines[index] = line.slice(0, column) + text + line.slice(column);
      else lines[index] = line.replace(/[a-z_]+/i, "renamed");
    }
    return lines.join("\n");
  });

test("whatever the source, evaluating it ends and never throws", () => {
  fc.assert(
    fc.property(mutated, (source) => {
      const { evaluator, messages } = run(source, {}, { budgets: { steps: 300_000, elements: 1_000_000 } });
      assert.ok(evaluator.steps < 1_000_000);
      const internal = messages.filter((message) => message.startsWith("Internal"));
      assert.deepEqual(internal, []);
    }),
    { numRuns: 400, seed: 20240501 },
  );
});
