import assert from "node:assert/strict";
import { test } from "node:test";
import * as make from "../../../src/init/make.js";
import { recommend } from "../../../src/init/recommend.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { type LayerStyle, snippetForLayer } from "../../../src/snippets/layer.js";
import { sameLaw } from "../../../src/snippets/sameLaw.js";
import type { Distribution, Layer } from "../../../src/types.js";

type Parameter = Layer["parameters"][number];

const conv: Parameter = {
  name: "features.conv1.weight",
  layer: "Conv2d",
  shape: [32, 16, 3, 3],
  fanIn: 144,
  fanOut: 288,
  effectiveFanIn: 144,
  effectiveFanOut: 288,
  default: make.unknown(),
  current: make.unknown(),
  steps: [],
};

const layer = (overrides: Partial<Layer>): Layer => ({
  class: "torch.nn.Conv2d",
  framework: "torch",
  name: "conv1",
  site: { file: "model.py", line: 1, column: 1 },
  parameters: [],
  shapes: 1,
  activation: "relu",
  recommended: null,
  schemes: [],
  findings: [],
  ...overrides,
});

function code(given: Layer, parameter: Parameter, scheme: string, style?: LayerStyle, wanted?: Distribution) {
  const result = snippetForLayer(given, parameter, scheme, style, wanted);
  assert.ok(result && !isRefusal(result));
  return result;
}

const aliases = new Map([["torch.nn", "nn"]]);
const keras = (name: string, path: string): [Layer, Parameter] => [
  layer({ class: `keras.layers.${path}`, framework: "keras" }),
  { ...conv, name, shape: [3, 3, 16, 32] },
];

test("torch: in place on the layer as the code calls it", () => {
  const named = (style: LayerStyle) => code(layer({}), conv, "he_normal", { aliases, ...style }).code;
  assert.equal(named({}), 'nn.init.kaiming_normal_(self.conv1.weight, nonlinearity="relu")');
  assert.equal(named({ owner: "m", quote: "'" }), "nn.init.kaiming_normal_(m.weight, nonlinearity='relu')");
  assert.equal(snippetForLayer(layer({ name: "" }), conv, "he_normal"), null);
});

test("Keras, Flax and Caffe: the constructor's argument for that weight", () => {
  assert.match(code(...keras("conv2d/kernel", "Conv2D"), "he_normal").code, /^kernel_initializer=/);
  assert.match(code(...keras("conv2d/bias", "Conv2D"), "zeros").code, /^bias_initializer=/);
  const [depthwise, kernel] = keras("depthwise_conv2d/kernel", "DepthwiseConv2D");
  assert.match(code(depthwise, kernel, "he_normal").code, /^depthwise_initializer=/);
  assert.equal(snippetForLayer(...keras("bn/moving_mean", "BatchNormalization"), "zeros"), null);
  const nnx = layer({ class: "flax.nnx.Linear", framework: "flax" });
  assert.match(code(nnx, { ...conv, name: "kernel", shape: [16, 32] }, "ones").code, /^kernel_init=nnx\./);
  assert.equal(snippetForLayer(layer({ framework: "torch7" }), conv, "ones"), null);
});

test("the recommended gain and the true fans reach the code", () => {
  const cases: [string, Partial<Parameter>][] = [
    ["gelu", {}],
    ["relu", {}],
    ["relu", { effectiveFanIn: 36, effectiveFanOut: 72 }],
    ["leaky_relu", {}],
  ];
  for (const [activation, changes] of cases) {
    const parameter = { ...conv, ...changes };
    const { effectiveFanIn, effectiveFanOut, shape } = parameter;
    const wanted = recommend({
      role: "hidden",
      activation,
      framework: "torch",
      effectiveFanIn,
      effectiveFanOut,
      shape,
    })!;
    const written = code(layer({}), parameter, wanted.scheme, {}, wanted.distribution);
    assert.ok(sameLaw(written.distribution, wanted.distribution), activation);
  }
  const gelu = make.normal(0, 1.5335304411955353 / 12);
  assert.match(code(layer({}), conv, "he_normal", {}, gelu).code, /std=1\.533530441 \/ 144 \*\* 0\.5/);
});

test("symbolic sizes are left to the framework", () => {
  const symbolic = {
    ...conv,
    shape: ["n", 16, 3, 3],
    fanIn: 144,
    effectiveFanIn: 144,
    effectiveFanOut: "9*n",
  };
  assert.match(code(layer({}), symbolic, "he_normal", {}).code, /kaiming_normal_\(self\.conv1\.weight/);
});
