import assert from "node:assert/strict";
import { test } from "node:test";
import { distributionOf } from "../../../src/layers/tensors/distribution.js";
import type { Layout, Step, StepArgument } from "../../../src/layers/tensors/tensor.js";

interface Did {
  readonly op: string;
  readonly args?: Record<string, StepArgument>;
  readonly shape?: readonly number[];
  readonly part?: Layout | "some";
}

/** The law after the given steps on a tensor of that shape. */
function after(shape: readonly number[], ...steps: readonly Did[]) {
  let history: Step | null = null;
  for (const { op, args = {}, shape: at = shape, part = null } of steps) {
    history = { op, args: new Map(Object.entries(args)), shape: at, part, calls: [], previous: history };
  }
  return distributionOf(
    history,
    shape.reduce((product, size) => product * size, 1),
    null,
  );
}

const close = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-12, `${actual} is not ${expected}`);

test("memory that nothing fills is unknown and says so", () => {
  const law = after([3], { op: "empty" });
  assert.equal(law.kind, "unknown");
  assert.equal(law.source, "uninitialised memory");
});

test("the last whole draw counts", () => {
  const law = after(
    [32, 64],
    { op: "empty" },
    { op: "kaiming_uniform_", args: { a: Math.sqrt(5) } },
    { op: "normal_", args: { mean: 0, std: 0.02 } },
  );
  assert.equal(law.kind, "normal");
  close(law.std, 0.02);
});

test("a factor scales, an offset shifts, a reflected difference negates", () => {
  const law = after(
    [4, 4],
    { op: "rand" },
    { op: "mul", args: { other: 2 } },
    { op: "rsub", args: { other: 1 } },
  );
  assert.deepEqual(
    [law.kind, law.kind === "uniform" && law.low, law.kind === "uniform" && law.high],
    ["uniform", -1, 1],
  );
});

test("a factor nobody knows makes the law unknown", () => {
  assert.equal(after([4], { op: "randn" }, { op: "mul", args: { other: "a tensor" } }).kind, "unknown");
});

// timm's trunc_normal_(std=0.02, a=-0.04, b=0.04), as its steps: Φ(∓2) mapped to (−1, 1), then erf⁻¹.
test("an inverse error function of a uniform is a truncated normal", () => {
  const tail = 0.022750131948179209;
  const law = after(
    [8, 8],
    { op: "uniform_", args: { a: 2 * tail - 1, b: 1 - 2 * tail } },
    { op: "erfinv" },
    { op: "mul", args: { other: 0.02 * Math.SQRT2 } },
    { op: "add", args: { other: 0 } },
    { op: "clamp", args: { min: -0.04, max: 0.04 } },
  );
  assert.equal(law.kind, "truncated_normal");
  close(law.std, 0.02 * 0.87962566103423978);
});

test("absolute bounds far outside change nothing real", () => {
  const law = after(
    [8, 8],
    { op: "uniform_", args: { a: -1, b: 1 } },
    { op: "erfinv" },
    { op: "mul", args: { other: 0.02 * Math.SQRT2 } },
    { op: "clamp", args: { min: -2, max: 2 } },
  );
  close(law.std, 0.02);
});

test("the padding row of an embedding leaves the law of the rest and is told", () => {
  const law = after(
    [10, 4],
    { op: "normal_", args: { mean: 0, std: 1 } },
    { op: "fill_", args: { value: 0 }, shape: [4], part: { offset: 12, strides: [1] } },
  );
  assert.equal(law.kind, "normal");
  assert.match(law.source ?? "", /row 3 is 0/);
});

test("a row of zeros among few long ones is seen in the law of all", () => {
  const law = after(
    [2, 32],
    { op: "normal_", args: { mean: 0, std: 1 } },
    { op: "fill_", args: { value: 0 }, shape: [32], part: { offset: 0, strides: [1] } },
  );
  assert.equal(law.kind, "unknown");
});

test("parts that together are everything have their common law", () => {
  const half = (offset: number): Did => ({
    op: "constant_",
    args: { val: 1 },
    shape: [2, 4],
    part: { offset, strides: [4, 1] },
  });
  const law = after([4, 4], { op: "empty" }, half(0), half(8));
  assert.deepEqual([law.kind, law.kind === "constant" && law.value], ["constant", 1]);
});

test("parts with different laws are unknown", () => {
  const law = after(
    [4, 4],
    { op: "zeros" },
    { op: "constant_", args: { val: 1 }, shape: [2, 4], part: { offset: 0, strides: [4, 1] } },
  );
  assert.equal(law.kind, "unknown");
});

test("something nobody knows ends all knowledge until the next draw", () => {
  assert.equal(
    after([4], { op: "zeros" }, { op: "unknown", args: { reason: "given away" } }).kind,
    "unknown",
  );
  assert.equal(after([4], { op: "unknown" }, { op: "ones_" }).kind, "constant");
});
