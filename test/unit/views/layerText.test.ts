import assert from "node:assert/strict";
import { test } from "node:test";
import type { Distribution, Layer } from "../../../src/types.js";
import { hoverText } from "../../../src/views/hoverText.js";
import { mainParameter, withPowers } from "../../../src/views/layerText.js";
import { hasProblem, lensText } from "../../../src/views/lensText.js";

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

test("a lens tells sizes, what is drawn, what is recommended, and how far apart they are", () => {
  assert.equal(lensText(layer(torchDefault)), "64→32 · draws U(±0.125) · He normal σ 0.177 · 2.4× too small");
  assert.equal(lensText(layer(heNormal)), "64→32 · draws N(0, 0.1768²) · fits He normal");
});

test("advice that supposes an activation says so and judges nothing", () => {
  const supposed = layer(torchDefault, {
    recommended: { ...layer(torchDefault).recommended!, assumes: "relu" },
  });
  assert.equal(lensText(supposed), "64→32 · draws U(±0.125) · He normal σ 0.177 before a ReLU");
  assert.equal(hasProblem(supposed), false);
  assert.equal(hasProblem(layer(torchDefault)), true);
});

test("a scale that the norm after it evens out is neither too small nor too large", () => {
  const normalized = layer(torchDefault, { isNormalized: true });
  assert.equal(
    lensText(normalized),
    "64→32 · draws U(±0.125) · He normal σ 0.177 · the norm after it sets the scale",
  );
  assert.equal(hasProblem(normalized), false);
  assert.equal(lensText(layer(heNormal, { isNormalized: true })), lensText(layer(heNormal)));
});

test("a mean that is off does not fit, however right the spread", () => {
  const shifted: Distribution = { kind: "normal", mean: 1, std: Math.sqrt(2 / 64) };
  assert.ok(!lensText(layer(shifted)).includes("fits"));
});

test("a site with several shapes shows the most frequent and counts", () => {
  const variants = [
    { shape: [32, 64], count: 3 },
    { shape: [8, 64], count: 1 },
  ];
  assert.match(lensText(layer(heNormal, { shapes: 2, variants })), /^3 of 64→32 and 1 other shape · /);
});

test("what is not known is said to be unknown, never guessed", () => {
  assert.equal(lensText(layer(unknown, { recommended: null })), "64→32 · draws unknown");
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

test("a hover compares the weights with the recommendation, and only them", () => {
  /** Under these titles of the table, of the bias and of the weight; undefined where it has no such column. */
  const cells = (shown: Layer, ...titles: string[]) => {
    const [header, , ...rows] = hoverText(shown)
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.slice(2, -2).split(" | "));
    return rows.map((row) => titles.map((title) => row[header!.indexOf(title)]));
  };
  assert.deepEqual(cells(layer(torchDefault), "parameter", "recommended", "factor"), [
    ["bias", "", ""],
    ["weight", "N\\(0, 0.1768²\\)", "2.4× too small"],
  ]);
  assert.deepEqual(cells(layer(heNormal), "factor"), [[""], ["fits"]]);
  assert.deepEqual(cells(layer(unknown), "recommended", "factor")[1], ["N\\(0, 0.1768²\\)", undefined]);
  assert.deepEqual(cells(layer(unknown, { recommended: null }), "recommended", "factor")[1], [
    undefined,
    undefined,
  ]);
});

test("of one number as it should be there is nothing to say; another is told with what is recommended", () => {
  const ones = (value: Distribution) =>
    layer(value, {
      recommended: {
        scheme: "ones",
        distribution: { kind: "constant", value: 1, std: 0 },
        why: "A norm begins as the identity.",
      },
    });
  assert.equal(lensText(ones({ kind: "constant", value: 1, std: 0 })), "64→32 · draws 1");
  assert.equal(
    lensText(ones({ kind: "normal", mean: 1, std: 0.02 })),
    "64→32 · draws N(1, 0.02²) · recommended 1",
  );
});

test("a hover lists the shapes of a place that is built with several", () => {
  const several = layer(torchDefault, {
    shapes: 2,
    variants: [
      { shape: [32, 64], count: 3 },
      { shape: [16, 64], count: 1 },
    ],
  });
  assert.match(
    hoverText(several),
    /Built with several shapes: 3 of 32×64, 1 of 16×64\. The table has the first\./,
  );
  assert.doesNotMatch(hoverText(layer(torchDefault)), /shapes/);
});

test("a size that is a sum stands in brackets, equal factors are a power, and a law names a long fan", () => {
  const fan = "16*radius*radius + 16*radius + 4";
  const current: Distribution = { kind: "unknown", formula: `U(±1/√(${fan}))` };
  const symbolic = layer(current, { recommended: null });
  const weight = { ...symbolic.parameters[1]!, shape: [96, fan, 1, 1], effectiveFanIn: fan };
  assert.equal(
    lensText({ ...symbolic, parameters: [weight] }),
    "96×(16*radius² + 16*radius + 4)×1×1 · draws U(±1/√fan-in)",
  );
});

test("powers are told of whole names alone", () => {
  assert.equal(withPowers("n*n + n*n_head - a.b*a.b*a.b"), "n² + n*n_head - a.b³");
  assert.equal(withPowers("n_a*a + 2*2*k + k*k(3) + w*w.h"), "n_a*a + 2*2*k + k*k(3) + w*w.h");
});

test("a hover tells who set a parameter, in this file and in others, and says once what is done twice", () => {
  const [bias, weight] = layer(torchDefault).parameters;
  const at = (file: string, line: number) => ({ file, line, column: 1 });
  const step = (op: string, site: Layer["site"] | null) => ({ op, args: {}, whole: true, site });
  const steps = [
    step("normal_", at("/a.py", 7)),
    step("zeros_", at("/lib/init_weights.py", 3)),
    step("unknown", null),
    step("unknown", null),
  ];
  const text = hoverText(layer(torchDefault, { parameters: [bias!, { ...weight!, steps }] }));
  assert.ok(
    text.includes(
      "Set by: weight: `normal_` (line 7), then `zeros_` (init\\_weights.py, line 3), then code that is not known.",
    ),
    text,
  );
});
