import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmount } from "../../../src/cli/amount.js";
import { sampleCommand } from "../../../src/cli/sample.js";
import { run } from "./run.js";

async function json(line: string) {
  return JSON.parse((await run(sampleCommand, `${line} --json`)).stdout);
}

const UNIFORM = '{"kind":"uniform","low":-0.05,"high":0.05}';

test("prints the fields of the contract", async () => {
  const result = await json(`--distribution ${UNIFORM} --shape 64,32 --bins 20 --seed abc`);
  assert.deepEqual(Object.keys(result).sort(), [
    "count",
    "histogram",
    "kolmogorovSmirnov",
    "max",
    "mean",
    "method",
    "milliseconds",
    "min",
    "std",
  ]);
  assert.equal(result.count, 2048);
  assert.equal(result.method, "draws");
  const { low, high, counts } = result.histogram;
  assert.deepEqual([low, high, counts.length], [-0.05, 0.05, 20]);
  assert.deepEqual(Object.keys(result.kolmogorovSmirnov).sort(), ["pValue", "statistic"]);
});

test("draws what a scheme draws, whose options it takes", async () => {
  const { max, min } = await json("--scheme glorot_uniform --shape 64,32");
  const limit = Math.sqrt(6 / 96);
  assert.ok(max < limit && max > 0.98 * limit && min > -limit && min < -0.98 * limit);
  const { std } = await json("--scheme he_normal --fan-in 200 --count 1M");
  assert.ok(Math.abs(std - 0.1) < (5 * 0.1) / Math.sqrt(2e6));
});

test("takes counts in words, and prints values where asked", async () => {
  assert.equal((await json(`--distribution ${UNIFORM} --count 38.6M`)).count, 38_600_000);
  const { values, min } = await json(`--distribution ${UNIFORM} --count 100 --values`);
  assert.equal(values.length, 100);
  assert.equal(Math.min(...values), min);
});

test("prints a picture for people", async () => {
  const { stdout } = await run(sampleCommand, `--distribution ${UNIFORM} --count 2048 --bins 4`);
  assert.match(stdout, /^2,048 values \(draws\), \d+ ms\nmean .*std .*min .*max/);
  assert.equal(stdout.split("\n").filter((line) => line.includes("█")).length, 4);
});

for (const [line, message] of [
  ["--shape 64,32", /either --scheme ID or --distribution JSON/],
  [`--distribution ${UNIFORM}`, /either --shape.*or --count/],
  [`--distribution ${UNIFORM} --shape 2 --count 2`, /either --shape.*or --count/],
  ["--distribution uniform --count 2", /takes JSON such as/],
  ["--distribution [] --count 2", /takes an object with a kind/],
  [`--distribution ${UNIFORM} --count many`, /takes a count such as 2048 or 38.6M, not "many"/],
  [`--distribution ${UNIFORM} --count -5`, /not -5/],
  [`--distribution ${UNIFORM} --count 1.5`, /not 1.5/],
  [`--distribution ${UNIFORM} --count 1e18`, /at most 9007199254740991/],
  [`--distribution ${UNIFORM} --count 5 --method exact`, /unknown method "exact"/],
  ["--scheme he_norma --count 5", /he_normal/],
  [`--distribution ${UNIFORM} --count 5 extra`, /takes options only, not extra/],
] as const) {
  test(`refuses ${line}`, () => assert.rejects(run(sampleCommand, line), message));
}

test("amounts", () => {
  const amounts = [
    ["2048", 2048],
    ["2_048", 2048],
    ["38,600,000", 38.6e6],
    ["38.6M", 38.6e6],
    ["1.5 b", 1.5e9],
    ["3k", 3000],
    ["1e9", 1e9],
  ] as const;
  for (const [text, value] of amounts) assert.equal(readAmount("--count", text), value);
  for (const text of ["", "M", "1Q", "1.2.3", "1e", "--"])
    assert.throws(() => readAmount("--count", text), text);
});
