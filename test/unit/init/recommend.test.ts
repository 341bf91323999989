import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultOf } from "../../../src/init/defaults.js";
import { std } from "../../../src/init/distributions.js";
import { activationGain } from "../../../src/init/gains.js";
import {
  describeFactor,
  type RecommendInput,
  recommend,
  varianceFactor,
} from "../../../src/init/recommend.js";
import { RECOMMENDATIONS } from "../../../src/init/recommendations.js";
import { roleOf } from "../../../src/init/roles.js";
import { SCHEMES } from "../../../src/init/schemes.js";
import { close } from "./facts.js";

const input = (overrides: Partial<RecommendInput>): RecommendInput => ({
  role: "hidden",
  activation: "relu",
  framework: "torch",
  effectiveFanIn: 64,
  effectiveFanOut: 32,
  ...overrides,
});

test("the scheme each activation asks for", () => {
  const scheme = (activation: string | null) => recommend(input({ activation }))?.scheme ?? null;
  for (const name of [
    "relu",
    "LeakyReLU",
    "prelu",
    "elu",
    "gelu",
    "SiLU",
    "swish",
    "mish",
    "softplus",
    "relu6",
  ]) {
    assert.equal(scheme(name), "he_normal", name);
  }
  for (const name of ["tanh", "sigmoid", "softmax"]) assert.equal(scheme(name), "glorot_uniform", name);
  assert.equal(scheme("selu"), "lecun_normal");
  assert.equal(scheme("linear"), "lecun_normal");
  assert.equal(scheme("maxout"), null);
  assert.equal(scheme(null), null);
});

test("the recommended variance keeps the signal: gain² over the connections that feed a unit", () => {
  for (const activation of ["relu", "gelu", "silu", "elu", "leaky_relu", "prelu", "softplus"]) {
    const gain = activationGain(activation)!.forward;
    for (const framework of ["torch", "keras", "flax", "numpy", "caffe"] as const) {
      const { distribution } = recommend(input({ activation, framework, effectiveFanIn: 36 }))!;
      close(std(distribution), gain / 6, `${activation} in ${framework}`, 1e-9);
    }
  }
  const sloped = recommend(input({ activation: "leaky_relu", a: 0.2 }))!;
  close(std(sloped.distribution), Math.sqrt(2 / 1.04 / 64), "slope 0.2");
  const averaged = recommend(input({ role: "transposed_convolution", effectiveFanIn: 2.25 }))!;
  close(std(averaged.distribution), Math.sqrt(2 / 2.25), "fans that are averages");
});

test("torch's default Linear has a sixth of He's variance, Flax's half", () => {
  const factor = (framework: "torch" | "flax", shape: number[]) => {
    const wanted = recommend(input({ framework }))!.distribution;
    return varianceFactor(defaultOf(framework, "hidden", { shape })!, wanted);
  };
  close(factor("torch", [32, 64]), 1 / 6, "torch");
  close(factor("flax", [64, 32]), 1 / 2, "flax");
  assert.equal(describeFactor(1 / 6), "1/6 of the variance");
  assert.equal(describeFactor(1), "the same variance");
  assert.equal(describeFactor(2.5), "2.5 times the variance");
});

test("residual branches are divided by √(2 × depth) where the depth is known", () => {
  const at = (depth?: number) =>
    std(recommend(input({ role: "residual_output", ...(depth ? { depth } : {}) }))!.distribution);
  close(at(), 1 / 8, "unknown depth");
  close(at(8), 1 / 32, "depth 8");
});

test("symbolic fans give the formula, unknown ones no number", () => {
  const symbolic = recommend(input({ effectiveFanIn: "n_embd" }))!.distribution;
  assert.equal(symbolic.kind, "unknown");
  assert.ok(symbolic.kind === "unknown" && symbolic.formula === "N(0, 2/n_embd)");
  assert.equal(recommend(input({ effectiveFanIn: null }))!.distribution.kind, "unknown");
});

test("every row names a scheme, a reason of one sentence and a paper", () => {
  for (const { scheme, why, paper, roles } of RECOMMENDATIONS) {
    assert.ok(SCHEMES.has(scheme), scheme);
    assert.ok(roles.length > 0 && paper.length > 0);
    assert.doesNotMatch(why, /\. |\.$/);
  }
});

test("roles are read from the frameworks' names, and only where these tell", () => {
  const role = (layer: string, parameter: string, more = {}) => roleOf({ layer, parameter, ...more });
  assert.equal(role("Linear", "fc.weight"), "hidden");
  assert.equal(role("Linear", "fc.bias"), "bias");
  assert.equal(role("Conv2d", "conv.weight", { groups: 32, channels: 32 }), "depthwise");
  assert.equal(role("Conv2d", "conv.weight", { groups: 4, channels: 32 }), "hidden");
  assert.equal(role("ConvTranspose2d", "up.weight"), "transposed_convolution");
  assert.equal(role("BatchNorm2d", "bn.weight"), "norm_scale");
  assert.equal(role("LayerNormalization", "ln/beta"), "norm_bias");
  assert.equal(role("LSTM", "rnn.weight_hh_l0"), "recurrent");
  assert.equal(role("LSTM", "rnn.weight_ih_l1_reverse"), "recurrent_input");
  assert.equal(role("LSTM", "rnn.bias_ih_l0"), "bias");
  assert.equal(role("LSTM", "lstm/lstm_cell/recurrent_kernel"), "recurrent");
  assert.equal(role("MultiheadAttention", "attn.in_proj_weight"), "attention_projection");
  assert.equal(role("DepthwiseConv2D", "depthwise_conv2d/kernel"), "depthwise");
  assert.equal(role("Embedding", "tok.weight"), "embedding");
  assert.equal(role("PReLU", "act.weight"), "prelu_slope");
  assert.equal(role("Parameter", "relative_position_bias_table"), "position_embedding");
  assert.equal(role("Parameter", "rel_pos_bias"), "position_embedding");
  assert.equal(role("Mystery", "theta"), null);
});
