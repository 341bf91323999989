import assert from "node:assert/strict";
import { test } from "node:test";
import * as make from "../../../src/init/make.js";
import { findings, RULES } from "../../../src/init/rules.js";
import type { Analysis, Distribution, Layer } from "../../../src/types.js";

let line = 0;

/** A torch Linear 64 → 32 before ReLU, but for what is said. */
function layer(
  current: Distribution,
  overrides: Partial<Layer> = {},
  parameter: Partial<Layer["parameters"][number]> = {},
): Layer {
  return {
    class: "torch.nn.Linear",
    framework: "torch",
    name: "fc",
    site: { file: "model.py", line: ++line, column: 1 },
    parameters: [
      {
        name: "weight",
        layer: "Linear",
        shape: [32, 64],
        fanIn: 64,
        fanOut: 32,
        effectiveFanIn: 64,
        effectiveFanOut: 32,
        default: make.symmetricUniform(1 / 8, "kaiming_uniform_(a=√5)"),
        current,
        steps: [],
        ...parameter,
      },
    ],
    shapes: 1,
    activation: "relu",
    recommended: null,
    schemes: [],
    findings: [],
    ...overrides,
  };
}

const codes = (...layers: Layer[]): string[] => codesIn("model.py", ...layers);

function codesIn(file: string, ...layers: Layer[]): string[] {
  const analysis: Analysis = { file, layers, observations: [], findings: [], diagnostics: [] };
  return findings(analysis).map(({ code }) => code);
}

const he = make.normal(0, Math.sqrt(2 / 64));
const glorot = make.symmetricUniform(Math.sqrt(6 / 96));
const untouched = make.symmetricUniform(1 / 8, "kaiming_uniform_(a=√5)");

test("well-drawn and untouched weights give no finding", () => {
  assert.deepEqual(codes(layer(he), layer(untouched), layer(make.unknown("copy_"))), []);
  assert.deepEqual(codes(layer(glorot, { activation: "tanh" }), layer(glorot, { activation: null })), []);
  assert.deepEqual(codes(layer(make.orthogonal(Math.SQRT2, 32, 64))), []);
});

test("IL001 uninitialised memory", () => {
  assert.deepEqual(codes(layer(make.unknown("uninitialised memory"))), ["IL001"]);
  assert.deepEqual(codes(layer(make.unknown("load_state_dict"))), []);
});

test("IL002 constants: two layers of which one feeds the other; never a single zero", () => {
  const [zeros, ones] = [make.constant(0), make.constant(1)];
  const next = { shape: [10, 32] };
  assert.deepEqual(codes(layer(zeros), layer(zeros, {}, next)), ["IL002", "IL002"]);
  assert.deepEqual(codesIn("layers/dense_test.py", layer(zeros), layer(zeros, {}, next)), []);
  assert.deepEqual(codes(layer(ones), layer(ones, {}, next), layer(he)), ["IL002", "IL002"]);
  // Nothing of one feeds the other: two weights of separate models, or one weight told twice.
  assert.deepEqual(codes(layer(zeros), layer(zeros)), []);
  // Square layers of zeros beside each other, as in a ControlNet; the items of one container follow each other.
  const square = { shape: [32, 32] };
  assert.deepEqual(codes(layer(he), layer(zeros, {}, square), layer(zeros, {}, square)), []);
  assert.deepEqual(codes(layer(he), layer(zeros), layer(zeros, {}, square)), []);
  const item = { name: "" };
  const items = [layer(zeros, item, square), layer(zeros, item, square)];
  assert.deepEqual(codes(layer(he), ...items), ["IL002", "IL002"]);
  assert.deepEqual(codes(...items.map((one) => ({ ...one, name: "fc" }))), []);
  const array = { class: "numpy.zeros", framework: "numpy" as const, activation: null };
  const matrices = ["W1", "W2"].map((name) =>
    layer(
      zeros,
      { ...array, name },
      { ...square, fanIn: 32, fanOut: 32, effectiveFanIn: 32, effectiveFanOut: 32 },
    ),
  );
  assert.deepEqual(codes(...matrices), ["IL002", "IL002"]);
  const caffe = { framework: "caffe" as const, class: "caffe.InnerProduct" };
  const filler = { default: zeros };
  assert.deepEqual(codes(layer(zeros, caffe, filler), layer(zeros, caffe, { ...filler, ...next })), []);
  assert.deepEqual(codes(layer(he), layer(zeros)), []);
  assert.deepEqual(codes(layer(he), layer(zeros), layer(he, {}, next)), []);
  assert.deepEqual(codes(layer(zeros)), []);
  const norm = { class: "torch.nn.LayerNorm" };
  assert.deepEqual(codes(layer(ones, norm, { shape: [8, 8] }), layer(ones, norm, { shape: [8, 8] })), []);
});

test("IL003 wrong scale, only where it was set and the activation is known", () => {
  assert.deepEqual(codes(layer(make.normal(0, 1))), ["IL003"]);
  assert.deepEqual(codes(layer(make.normal(0, 0.01))), ["IL003"]);
  assert.deepEqual(codes(layer(make.normal(0, 0.05))), []);
  assert.deepEqual(codes(layer(make.normal(0, 1), { activation: null })), []);
  // A small head or gate, and gradients that keep their size, are meant.
  assert.deepEqual(codes(layer(make.normal(0, 0.001), { activation: "linear" })), []);
  const draw = { op: "kaiming_normal_", whole: true, site: null };
  const byFanOut = { steps: [{ ...draw, args: { mode: "fan_out" } }] };
  assert.deepEqual(codes(layer(make.normal(0, 1), {}, byFanOut)), []);
  assert.deepEqual(codes(layer(make.normal(0, 1), {}, { steps: [{ ...draw, args: {} }] })), ["IL003"]);
  // One call draws layers of many inputs and one of few.
  const site = { file: "model.py", line: 900, column: 5 };
  const steps = [{ op: "normal_", args: { mean: 0, std: 0.02 }, whole: true, site }];
  const small = layer(make.normal(0, 0.02), {}, { effectiveFanIn: 8, steps });
  assert.deepEqual(codes(small), ["IL003"]);
  assert.deepEqual(codes(small, layer(make.normal(0, 0.02), {}, { effectiveFanIn: 512, steps })), []);
  const large = layer(make.normal(0, 0.02), { activation: null }, { effectiveFanIn: 512, steps });
  assert.deepEqual(codes(small, large), []);
  assert.deepEqual(codes(layer(make.normal(0, 1), {}, { effectiveFanIn: "n" })), []);
  assert.deepEqual(codes(layer(make.normal(0, 1), { class: "torch.nn.Embedding" })), []);
});

test("IL004 a scheme made for another activation", () => {
  assert.deepEqual(codes(layer(make.normal(0, 1 / 8))), ["IL004"]);
  assert.deepEqual(codes(layer(make.normal(0, Math.sqrt(4 / 64)))), []);
  assert.deepEqual(codes(layer(he, { activation: "tanh" })), ["IL004"]);
  assert.deepEqual(codes(layer(he, { activation: "gelu" })), []);
});

test("IL005 SELU asks for LeCun normal", () => {
  const selu = { activation: "selu" };
  assert.deepEqual(codes(layer(make.normal(0, 1 / 8), selu)), []);
  assert.deepEqual(codes(layer(he, selu)), ["IL005"]);
  const analysis = {
    file: "",
    layers: [layer(make.normal(0, 0.75 / 8), selu)],
    observations: [],
    findings: [],
    diagnostics: [],
  };
  assert.match(findings(analysis)[0]!.message, /torch's gain for selu is 3\/4/);
  assert.deepEqual(codes(layer(he, { ...selu, isNormalized: true })), []);
});

test("IL006 and IL007 truncation of nothing and of nearly everything", () => {
  const activation = { activation: null };
  assert.deepEqual(codes(layer(make.truncatedNormal(0, 0.02, -2, 2), activation)), ["IL006"]);
  assert.deepEqual(codes(layer(make.truncatedNormal(0, 0.02, -0.04, 0.04), activation)), []);
  assert.deepEqual(codes(layer(make.truncatedNormal(0, 1, -0.04, 0.04), activation)), ["IL007"]);
  assert.ok(codes(layer(make.truncatedNormal(3, 0.1, -1, 1), activation)).includes("IL007"));
});

test("IL008 the framework divided by a fan that is not the true one", () => {
  const transposed = { class: "torch.nn.ConvTranspose2d", activation: null };
  const shape = { shape: [64, 32, 2, 2], fanIn: 128, fanOut: 256, effectiveFanIn: 64, effectiveFanOut: 128 };
  assert.deepEqual(codes(layer(make.normal(0, Math.sqrt(2 / 128)), transposed, shape)), ["IL008"]);
  assert.deepEqual(codes(layer(make.normal(0, Math.sqrt(2 / 64)), transposed, shape)), []);
  assert.deepEqual(codes(layer(untouched, transposed, shape)), []);
});

test("IL009 weights of one sign", () => {
  const activation = { activation: null };
  assert.deepEqual(codes(layer(make.uniform(0, 0.1), activation)), ["IL009"]);
  assert.deepEqual(codes(layer(make.normal(0.01, 0.1), activation)), []);
  assert.deepEqual(codes(layer(make.uniform(0, 0.1), activation, { effectiveFanIn: 4 })), []);
});

test("IL010 large biases", () => {
  const bias = { name: "fc.bias", shape: [32], fanIn: null, fanOut: null };
  assert.deepEqual(codes(layer(make.normal(0, 1), {}, bias)), ["IL010"]);
  assert.deepEqual(codes(layer(make.constant(-4), {}, bias)), []);
  assert.deepEqual(codes(layer(make.constant(0), {}, bias)), []);
});

test("IL011 a forget gate that starts half closed", () => {
  const lstm = { class: "torch.nn.LSTM" };
  const bias = { name: "rnn.bias_ih_l0", shape: [128] };
  const start = make.symmetricUniform(0.1);
  assert.deepEqual(codes(layer(start, lstm, { ...bias, default: start })), ["IL011"]);
  assert.deepEqual(codes(layer(make.unknown("partly set"), lstm, bias)), []);
  assert.deepEqual(codes(layer(start, { class: "torch.nn.GRU" }, { ...bias, default: start })), []);
});

test("messages are sentences with the user's own numbers, in the order of the source", () => {
  const layers = [layer(make.normal(0, 1)), layer(make.normal(0, 1))].reverse();
  const found = findings({ file: "", layers, observations: [], findings: [], diagnostics: [] });
  assert.ok(found[0]!.site.line < found[1]!.site.line);
  assert.match(found[0]!.message, /^fc\.weight is drawn from N\(0, 1²\)/);
  assert.match(found[0]!.message, /32 times the variance that relu needs after 64 inputs/);
});

test("codes are unique and in order", () => {
  const sorted = RULES.map(({ code }) => code);
  assert.deepEqual(sorted, [...new Set(sorted)].sort());
  for (const code of sorted) assert.match(code, /^IL\d{3}$/);
});
