import assert from "node:assert/strict";
import { test } from "node:test";
import { schemeCommand } from "../../../src/cli/scheme.js";
import { UsageError } from "../../../src/cli/usage.js";
import { run } from "./run.js";

test("scheme ID --json is the contract", async () => {
  const { status, stdout } = await run(
    schemeCommand,
    "glorot_uniform --fan-in 64 --fan-out 32 --framework torch --json",
  );
  assert.equal(status, 0);
  const { distribution, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, {
    scheme: "glorot_uniform",
    framework: "torch",
    formula: "U(±√(6/(fan_in + fan_out)))",
  });
  assert.equal(distribution.kind, "uniform");
  assert.ok(Math.abs(distribution.high - 0.25) < 1e-12);
});

test("without an ID every scheme is shown in every framework", async () => {
  const { stdout } = await run(schemeCommand, "--fan-in 64 --fan-out 32 --json");
  const { version, schemes } = JSON.parse(stdout);
  assert.equal(version, 1);
  assert.equal(new Set(schemes.map((row: { scheme: string }) => row.scheme)).size, 21);
  assert.equal(schemes.length, 21 * 9);
  const text = (await run(schemeCommand, "--fan-in 64 --fan-out 32")).stdout;
  assert.match(text, /N\(0, 0\.201²\) within ±0\.4019, std 0\.1768 +keras/);
  assert.match(text, /a sixth of He's/);
});

const bad: readonly [string, RegExp][] = [
  ["he_norml --fan-in 64", /^unknown scheme "he_norml"; did you mean "he_normal"\?$/],
  ["kaimin_normal --fan-in 64", /did you mean "kaiming_normal"\?$/],
  ["he_normal --fan-in 64 --framework pytorchh", /did you mean "pytorch"\?$/],
  ["he_normal --fan-in 0", /--fan-in must be a whole number of at least 1, not "0"/],
  ["he_normal --fan-in -3", /not "-3"/],
  ["he_normal --fan-in 2.5", /not "2.5"/],
  ["he_normal --fan-in nan", /not "nan"/],
  ["he_normal --fan-in 1e999", /not "1e999"/],
  ["he_normal --fan-in infinity", /not "infinity"/],
  ["he_normal --fan-in 64 --gain inf", /--gain must be a finite number/],
  ["he_normal --shape 64,0", /every dimension of --shape/],
  ["he_normal --shape 64,,3", /every dimension of --shape/],
  ["he_normal --fan-inn 64", /unknown option --fan-inn; did you mean "--fan-in"/],
  ["he_normal --fan-in 64 --framework trch", /did you mean "torch"/],
  ["he_normal --fan-in 64 --activation rellu", /did you mean "relu"/],
  ["he_normal --fan-in 64 --mode fan_avg --framework torch", /Mode fan_avg not supported/],
  ["glorot_normal --shape 64 --framework torch", /fewer than 2 dimensions/],
  ["dirac --shape 64,32 --framework torch", /3, 4 or 5/],
  ["he_normal lecun_normal", /one scheme at a time/],
];

test("bad usage is told in one line", async () => {
  for (const [line, message] of bad) {
    await assert.rejects(run(schemeCommand, line), (error: Error) => {
      assert.ok(error instanceof UsageError, line);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  }
});
