import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIVATION_NAMES, activationGain, activationName } from "../../../src/init/gains.js";
import { close, readFacts } from "./facts.js";

interface GainFacts {
  readonly nonlinear_preserving_gain: readonly {
    readonly nonlinearity: string;
    readonly params: {
      readonly negative_slope?: number;
      readonly weight?: number;
      readonly alpha?: number;
      readonly approximate?: string;
    };
    readonly mean: number;
    readonly forward_gain: number;
    readonly backward_gain: number;
  }[];
}

test("every recorded second-moment gain, forward and backward, to 1e-9", () => {
  for (const row of readFacts<GainFacts>("torch").nonlinear_preserving_gain) {
    const { nonlinearity, params } = row;
    const name = params.approximate === "tanh" ? "gelu_tanh" : nonlinearity;
    const gain = activationGain(name, params.negative_slope ?? params.weight ?? params.alpha);
    close(gain?.forward, row.forward_gain, `${name} forward`, 1e-9);
    close(gain?.backward, row.backward_gain, `${name} backward`, 1e-9);
    assert.ok(Math.abs(gain!.mean - row.mean) < 1e-10, `${name} mean`);
  }
});

test("forward and backward gains satisfy the Poincaré inequality Var f ≤ E f'²", () => {
  for (const name of ACTIVATION_NAMES) {
    const gain = activationGain(name);
    assert.ok(gain && gain.forward > 0 && gain.backward > 0, name);
    const second = 1 / gain.forward ** 2;
    const slope = 1 / gain.backward ** 2;
    assert.ok(second - gain.mean ** 2 <= slope * (1 + 1e-12), name);
  }
});

test("activations are found under the frameworks' spellings, unknown ones are not", () => {
  assert.equal(activationName("LeakyReLU"), "leaky_relu");
  assert.equal(activationName("hard_swish"), "hardswish");
  assert.equal(activationName("SiLU"), "silu");
  assert.equal(activationName("swish"), "silu");
  assert.equal(activationName("gelu_new"), "gelu_tanh");
  assert.equal(activationName("maxout"), null);
  assert.equal(activationGain("maxout"), null);
  assert.equal(activationGain("elu", Number.NaN), null);
});
