import assert from "node:assert/strict";
import { test } from "node:test";
import { torchFans } from "../../../src/init/fans.js";
import { calculateGain, drawTorch } from "../../../src/init/frameworks/torch.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { assertMatches, close, type Fact, readFacts } from "./facts.js";

interface TorchFacts {
  readonly init_functions: readonly {
    readonly expr: string;
    readonly function: string;
    readonly kwargs: Readonly<Record<string, number | string>>;
    readonly shape: readonly number[];
    readonly fan: readonly number[];
    readonly distribution: Fact;
  }[];
  readonly gains: readonly {
    readonly nonlinearity: string;
    readonly param: number | null;
    readonly gain: number | null;
  }[];
}

const facts = readFacts<TorchFacts>("torch");

test("every recorded torch.nn.init call draws what torch drew", () => {
  for (const { expr, function: name, kwargs, shape, fan, distribution } of facts.init_functions) {
    const what = `${expr} on [${shape}]`;
    const { fanIn, fanOut } = torchFans(shape)!;
    assert.deepEqual([fanIn, fanOut], fan, what);
    assertMatches(
      drawTorch(name, shape, kwargs as Record<string, number | string>),
      distribution as Fact,
      what,
    );
  }
});

test("calculate_gain gives and refuses what torch gives and refuses", () => {
  for (const { nonlinearity, param, gain } of facts.gains) {
    const ours = calculateGain(nonlinearity, param ?? undefined);
    if (gain === null) assert.ok(ours !== null && typeof ours === "object" && isRefusal(ours), nonlinearity);
    else close(ours as number, gain, `${nonlinearity}(${param})`);
  }
});

const refusals: readonly [string, readonly number[], Record<string, number | string>, string][] = [
  ["xavier_uniform_", [64], {}, "ValueError"],
  ["kaiming_normal_", [64], {}, "ValueError"],
  ["kaiming_normal_", [64, 32], { mode: "fan_avg" }, "ValueError"],
  ["kaiming_uniform_", [64, 32], { nonlinearity: "gelu" }, "ValueError"],
  ["dirac_", [64, 32], {}, "ValueError"],
  ["dirac_", [15, 8, 3, 3], { groups: 2 }, "ValueError"],
  ["eye_", [8, 8, 3], {}, "ValueError"],
  ["sparse_", [8, 8, 3], { sparsity: 0.1 }, "ValueError"],
  ["sparse_", [8, 8], {}, "TypeError"],
  ["orthogonal_", [8], {}, "ValueError"],
  ["normal_", [8], { std: -1 }, "RuntimeError"],
  ["uniform_", [8], { a: 1, b: 0 }, "RuntimeError"],
  ["kaiming_normal_", [8, 8], { gain: 2 }, "TypeError"],
  ["he_normal_", [8, 8], {}, "AttributeError"],
];

test("what torch refuses is refused with the same exception", () => {
  for (const [name, shape, given, error] of refusals) {
    const draw = drawTorch(name, shape, given);
    assert.ok(isRefusal(draw), name);
    assert.equal(draw.error, error, name);
  }
});

test("symbolic and unknown sizes give formulas, never numbers", () => {
  const formula = (name: string, shape: (number | string | null)[], given = {}) => {
    const draw = drawTorch(name, shape, given);
    assert.equal(draw.kind, "unknown");
    return draw.kind === "unknown" ? draw.formula : "";
  };
  assert.equal(formula("kaiming_uniform_", ["n_embd", "n_embd"], { a: Math.sqrt(5) }), "U(±1/√n_embd)");
  assert.equal(formula("kaiming_normal_", [64, "c", 3, 3]), "N(0, 2/(9*c))");
  assert.equal(formula("xavier_uniform_", ["3*n", "n"]), "U(±√(6/(4*n)))");
  assert.equal(formula("xavier_uniform_", ["n", "m + 1"]), "U(±√(6/(m + 1 + n)))");
  assert.equal(formula("kaiming_normal_", [64, null]), "N(0, 2/fan_in)");
  assert.equal(formula("xavier_uniform_", [64, null]), "U(±√(6/(fan_in + 64)))");
  assert.equal(formula("normal_", [64], { std: "0.02/√(2*n_layer)" }), "N(0, (0.02/√(2*n_layer))²)");
  assert.equal(formula("normal_", [64], { std: null }), undefined);
});

test("the source reads like the call", () => {
  const draw = drawTorch("kaiming_uniform_", [32, 64], { a: Math.sqrt(5) });
  assert.ok(!isRefusal(draw));
  assert.equal(draw.source, "kaiming_uniform_(a=√5)");
});
