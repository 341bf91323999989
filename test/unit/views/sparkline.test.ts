import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Layer } from "../../../src/types.js";
import { kerasSuggestions, schemeContext, torchSuggestions } from "../../../src/views/schemeCompletions.js";
import { densityPicture, sparkline } from "../../../src/views/sparkline.js";

const COLOURS = { current: "#111111", recommended: "#222222", axis: "#333333", text: "#444444" };

function layerOf(text: string): Layer {
  const { layers } = analyse({ file: "/m.py", cells: [{ index: null, text }] }, { read: () => null });
  return layers[0]!;
}

test("a sparkline draws both densities within its box, as SVG without script or style", () => {
  const svg = sparkline(layerOf("from torch import nn\nfc = nn.Linear(784, 256)"), COLOURS)!;
  assert.match(svg, /^<svg xmlns/);
  assert.ok(svg.includes('fill="#111111"') && svg.includes('stroke="#222222"'));
  assert.ok(!/script|style|href/.test(svg));
  for (const [, x, y] of svg.matchAll(/([\d.]+) ([\d.]+) L/g)) {
    assert.ok(Number(x) <= 56 && Number(y) >= 0 && Number(y) <= 15, `${x} ${y}`);
  }
});

test("a hover's picture tells what its curves are", () => {
  const picture = densityPicture(layerOf("from torch import nn\nfc = nn.Linear(784, 256)"), COLOURS)!;
  assert.ok(picture.includes("now U(±0.03571)") && picture.includes("He normal N(0, 0.05051²)"), picture);
});

test("what has no density is not drawn", () => {
  const zeros = sparkline(layerOf("import numpy as np\nW = np.zeros((784, 256))"), COLOURS)!;
  assert.ok(!zeros.includes("#111111") && zeros.includes("#222222"));
  const unknown = layerOf("from torch import nn\nfc = nn.LayerNorm(8)");
  assert.equal(sparkline(unknown, COLOURS), null);
});

test("a scheme is asked for in an initializer's string and after nn.init", () => {
  assert.equal(schemeContext('Dense(10, kernel_initializer="'), "keras");
  assert.equal(schemeContext("Dense(10, bias_initializer='ze"), "keras");
  assert.equal(schemeContext("    nn.init.kai"), "torch");
  assert.equal(schemeContext("torch.nn.init."), "torch");
  assert.equal(schemeContext("my_nn.init."), null);
  assert.equal(schemeContext('print("nn.init'), null);
  assert.equal(schemeContext('x = "he'), null);
});

test("suggestions carry the figures of their layer", () => {
  const keras = layerOf("from keras import layers\nd = layers.Dense(64)\nd.build((None, 32))");
  const he = kerasSuggestions(keras).find(({ label }) => label === "he_normal");
  assert.equal(he?.figure, "He normal σ 0.25");
  const torch = layerOf("from torch import nn\nfc = nn.Linear(32, 64)");
  const labels = torchSuggestions(torch, "self.fc").map(({ label, figure }) => `${label} ${figure}`);
  assert.ok(
    labels.includes('kaiming_normal_(self.fc.weight, nonlinearity="relu") He normal σ 0.25'),
    labels.join("\n"),
  );
  assert.equal(kerasSuggestions(undefined).find(({ label }) => label === "zeros")?.figure, "Zeros");
});
