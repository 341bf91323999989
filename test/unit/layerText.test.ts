import assert from "node:assert/strict";
import { test } from "node:test";
import { hoverText, lensText, mainParameter } from "../../src/layerText.js";
import type { Distribution, Layer } from "../../src/types.js";

const torchDefault: Distribution = { kind: "uniform", low: -0.125, high: 0.125, std: 0.125 / Math.sqrt(3) };
const heNormal: Distribution = { kind: "normal", mean: 0, std: Math.sqrt(2 / 64) };
const unknown: Distribution = { kind: "unknown" };

function layer(current: Distribution, overrides: Partial<Layer> = {}): Layer {
  const fans = { fanIn: 64, fanOut: 32, effectiveFanIn: 64, effectiveFanOut: 32 };
  return {
    class: "torch.nn.Linear",
    framework: "torch",
    name: "fc",
    site: { file: "/a.py", line: 1, column: 1 },
    parameters: [
      { name: "bias", layer: "Linear", shape: [32], ...fans, default: current, current, steps: [] },
      { name: "weight", layer: "Linear", shape: [32, 64], ...fans, default: current, current, steps: [] },
    ],
    shapes: 1,
    activation: "relu",
    recommended: { scheme: "he_normal", distribution: heNormal, why: "ReLU halves it (He et al., 2015)." },
    schemes: [],
    findings: [],
    ...overrides,
  };
}

test("a lens tells shape, what is drawn, what is recommended, and how far apart they are", () => {
  assert.equal(lensText(layer(torchDefault)), "32×64 · draws U(±0.125) · He normal σ 0.177 · 2.4× too small");
  assert.equal(lensText(layer(heNormal)), "32×64 · draws N(0, 0.1768²) · He normal σ 0.177");
});

test("what is not known is said to be unknown, never guessed", () => {
  assert.equal(lensText(layer(unknown, { recommended: null })), "32×64 · draws unknown");
  const [bias, weight] = layer(unknown).parameters;
  const symbolic = {
    ...weight!,
    shape: [null, "4*n_embd"],
    current: { kind: "unknown", formula: "U(±1/√n)" },
  };
  assert.equal(
    lensText(layer(unknown, { recommended: null, parameters: [bias!, symbolic as typeof weight & {}] })),
    "?×4*n_embd · draws U(±1/√n)",
  );
  assert.equal(lensText(layer(unknown, { parameters: [] })), "no weights");
});

test("a recommendation is about the first matrix", () => {
  assert.equal(mainParameter(layer(torchDefault))?.name, "weight");
});

test("nothing of the source becomes Markdown in a hover", () => {
  const hostile = layer(torchDefault, { class: "x[a](command:evil)<img src=x>|y" });
  const text = hoverText(hostile);
  assert.ok(text.includes("x\\[a\\]\\(command:evil\\)\\<img src=x\\>\\|y"), text);
  const named = hoverText(layer(torchDefault, { name: "`[a](command:evil)`" }));
  assert.ok(!named.includes("`[a](command:evil)`"), named);
});
