import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import { readCaffeNet } from "../../../../src/layers/caffe/net.js";

const conv = (name: string, bottom: string) =>
  `layer { name: "${name}" type: "Convolution" bottom: "${bottom}" top: "${name}"
     convolution_param { num_output: 8 kernel_size: 3 weight_filler { type: "msra" } } }`;
const layer = (type: string, bottom: string, top: string, more = "") =>
  `layer { name: "${type} of ${bottom}" type: "${type}" bottom: "${bottom}" top: "${top}" ${more} }`;

/** What follows the first layer of a net, in words. */
function following(...layers: string[]): string[] {
  const text = `input: "data" input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32\n${conv("c", "data")}\n${layers.join("\n")}`;
  const [first] = readCaffeNet(text, "net.prototxt").layers;
  return (first!.weights[0]!.uses ?? []).map(({ activation, a, place, isDirect, isNormalized }) =>
    [activation, a, place, isDirect && "direct", isNormalized && "normalized"]
      .filter((word) => word)
      .join(" "),
  );
}

const CASES: readonly [name: string, layers: readonly string[], uses: readonly string[]][] = [
  ["an activation in place", [layer("ReLU", "c", "c"), conv("d", "c")], ["relu hidden direct"]],
  ["an activation with a blob of its own", [layer("TanH", "c", "t"), conv("d", "t")], ["tanh hidden direct"]],
  [
    "a slope",
    [layer("ReLU", "c", "c", "relu_param { negative_slope: 0.1 }")],
    ["leaky_relu 0.1 hidden direct"],
  ],
  ["a version 1 name", ['layers { type: RELU bottom: "c" top: "c" }'], ["relu hidden direct"]],
  [
    "pooling in between",
    [layer("Pooling", "c", "p", "pooling_param { kernel_size: 2 }"), layer("ReLU", "p", "p")],
    ["relu hidden direct"],
  ],
  [
    "a norm with its scale in between",
    [layer("BatchNorm", "c", "c"), layer("Scale", "c", "c"), layer("ReLU", "c", "c")],
    ["relu hidden normalized"],
  ],
  [
    "a sum",
    [
      conv("d", "data"),
      'layer { type: "Eltwise" bottom: "c" bottom: "d" top: "e" }',
      layer("ReLU", "e", "e"),
    ],
    ["relu hidden"],
  ],
  ["another layer", [conv("d", "c")], ["linear hidden direct"]],
  ["the net's end", [], ["linear output direct"]],
  [
    "a loss, and an accuracy of tests",
    [
      layer("Accuracy", "c", "accuracy", "include { phase: TEST }"),
      'layer { type: "SoftmaxWithLoss" bottom: "c" bottom: "label" top: "loss" }',
    ],
    ["linear output direct"],
  ],
  [
    "two ways",
    [layer("ReLU", "c", "r"), layer("Sigmoid", "c", "s")],
    ["relu hidden direct", "sigmoid hidden direct"],
  ],
  ["a layer nobody knows", [layer("Python", "c", "p")], ["hidden"]],
  [
    "another blob of that name later on",
    [layer("ReLU", "c", "r"), conv("c", "data"), layer("TanH", "c", "t")],
    ["relu hidden direct"],
  ],
];
for (const [name, layers, uses] of CASES) {
  test(`after a Caffe layer: ${name}`, () => assert.deepEqual(following(...layers), uses));
}

test("a Caffe weight of 0 before a ReLU is reported where the net asks for it, not where a model may give it", () => {
  const net = (filler: string) => `
    layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 8 ${filler} } }
    ${layer("ReLU", "fc", "fc")}
    layer { type: "SoftmaxWithLoss" bottom: "fc" bottom: "label" }`;
  const findings = (filler: string) =>
    analyse(
      { file: "net.prototxt", cells: [{ index: null, text: net(filler) }] },
      { read: () => null },
    ).findings.map(({ code, message }) => `${code} ${message.split(":")[0]}`);
  assert.deepEqual(findings(""), []);
  assert.deepEqual(findings('weight_filler { type: "msra" }'), []);
  assert.deepEqual(findings('weight_filler { type: "uniform" min: 0 max: 0 }'), [
    "IL027 fc.weight is 0 and relu follows",
  ]);
});
