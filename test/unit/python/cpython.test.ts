import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Evaluator } from "../../../src/python/evaluator.js";
import { PyDict } from "../../../src/python/values.js";

const FOLDER = "test/fixtures/python";
const recorded: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(`${FOLDER}/recorded.json`, "utf8"),
).programs;

const programs = readdirSync(FOLDER).filter((name) => name.endsWith(".py"));

/** Addresses differ from run to run. */
const withoutAddresses = (text: string): string => text.replace(/0x[0-9a-f]+/g, "0x");

for (const file of programs) {
  const name = file.replace(/\.py$/, "");
  const answers = recorded[name];
  assert.ok(answers, `${file} is not recorded: run scripts/record_python.py`);
  test(`${file} gives what CPython gave`, async (t) => {
    const evaluator = new Evaluator();
    const path = `${FOLDER}/${file}`;
    const main = evaluator.loadMain({ file: path, text: readFileSync(path, "utf8") }, { isScript: true });
    await t.test("without a complaint", () => {
      assert.deepEqual(main.diagnostics, []);
      assert.equal(main.error, null);
    });
    const result = evaluator.evaluate("result", main).value;
    assert.ok(result instanceof PyDict);
    for (const [key, wanted] of Object.entries(answers)) {
      await t.test(key, () => {
        const value = result.get(key);
        assert.notEqual(value, undefined, "not in result");
        const text = evaluator.machine.repr(value!);
        assert.ok(typeof text === "string", `unknown: ${JSON.stringify(text)}`);
        assert.equal(withoutAddresses(text), withoutAddresses(wanted));
      });
    }
  });
}
