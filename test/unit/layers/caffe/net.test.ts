import assert from "node:assert/strict";
import { test } from "node:test";
import { readCaffeNet } from "../../../../src/layers/caffe/net.js";
import { parsePrototxt } from "../../../../src/layers/caffe/prototxt.js";
import type { FoundLayer } from "../../../../src/layers/framework.js";
import { assertMatches, type Fact, readFacts } from "../../init/facts.js";

interface CaffeFacts {
  readonly fillers: readonly {
    readonly filler: string;
    readonly blob_shape: readonly number[];
    readonly fan: readonly number[];
    readonly distribution: Fact;
  }[];
}

const LENET = `
name: "LeNet"  # comments stay out
layer { name: "data" type: "Input" top: "data" input_param { shape: { dim: 64 dim: 1 dim: 28 dim: 28 } } }
layer {
  name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
  convolution_param { num_output: 20 kernel_size: 5 stride: 1 weight_filler { type: "xavier" } bias_filler { type: "constant" } }
}
layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }
layer { name: "conv2" type: "Convolution" bottom: "pool1" top: "conv2" convolution_param { num_output: 50 kernel_size: 5 } }
layer { name: "pool2" type: "Pooling" bottom: "conv2" top: "pool2" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }
layer { name: "ip1" type: "InnerProduct" bottom: "pool2" top: "ip1" inner_product_param { num_output: 500 weight_filler { type: "msra" } } }
layer { name: "relu1" type: "ReLU" bottom: "ip1" top: "ip1" }
layer { name: "ip2" type: "InnerProduct" bottom: "ip1" top: "ip2" inner_product_param { num_output: 10 bias_term: false } }
`;

const parametersOf = (layer: FoundLayer | undefined) => layer!.weights.map((weight) => weight.describe());

const shapes = (text: string) =>
  readCaffeNet(text, "net.prototxt").layers.flatMap((layer) =>
    parametersOf(layer).map(({ name, shape }) => `${name} ${JSON.stringify(shape)}`),
  );

test("a net without fillers and loss is there to be used: a trained model gives its weights", () => {
  const layer =
    'layer { name: "ip" type: "InnerProduct" bottom: "x" top: "y" inner_product_param { num_output: 3 FILLER } }';
  const net = (filler: string, more = "") =>
    readCaffeNet(
      `input: "x" input_dim: 1 input_dim: 7 ${layer.replace("FILLER", filler)} ${more}`,
      "net.prototxt",
    );
  const current = (found: ReturnType<typeof net>) =>
    parametersOf(found.layers[0]).map((one) => one.current.kind);
  assert.deepEqual(current(net("")), ["unknown", "unknown"]);
  assert.deepEqual(current(net('bias_filler { type: "constant" }')), ["constant", "constant"]);
  assert.deepEqual(current(net("", 'layer { type: "SoftmaxWithLoss" bottom: "y" }')), [
    "constant",
    "constant",
  ]);
  assert.deepEqual(current(net("", "layers { type: SOFTMAX_LOSS }")), ["constant", "constant"]);
});

test("shapes flow from the input through LeNet", () => {
  assert.deepEqual(shapes(LENET), [
    "conv1.weight [20,1,5,5]",
    "conv1.bias [20]",
    "conv2.weight [50,20,5,5]",
    "conv2.bias [50]",
    "ip1.weight [500,800]",
    "ip1.bias [500]",
    "ip2.weight [10,500]",
  ]);
});

test("a layer's site is its block", () => {
  const [conv1] = readCaffeNet(LENET, "net.prototxt").layers;
  const { start, end } = conv1!.made[0]!;
  assert.match(LENET.slice(start, end), /^layer \{\s+name: "conv1"[\s\S]*\}$/);
});

/** A net of one layer whose weight has that shape. */
function netFor(filler: string, shape: readonly number[]): string {
  if (shape.length === 2) {
    return `layer { name: "l" type: "InnerProduct" bottom: "x" top: "y" inner_product_param { num_output: ${shape[0]} ${filler} } }
      input: "x" input_shape { dim: 1 dim: ${shape[1]} }`;
  }
  const [outputs, inputs, height, width] = shape;
  return `input: "x" input_dim: 1 input_dim: ${inputs} input_dim: 64 input_dim: 64
    layer { name: "l" type: "Convolution" bottom: "x" top: "y"
      convolution_param { num_output: ${outputs} kernel_h: ${height} kernel_w: ${width} ${filler} } }`;
}

test("every recorded filler, read from a net's text", () => {
  for (const { filler, blob_shape, fan, distribution } of readFacts<CaffeFacts>("caffe").fillers) {
    // A legacy blob of an inner product and a bias are no shapes of a weight in a net of today.
    if (blob_shape.length === 1 || (blob_shape[0] === 1 && blob_shape[1] === 1)) continue;
    const what = `${filler} on [${blob_shape}]`;
    const [layer] = readCaffeNet(netFor(filler, blob_shape), "net.prototxt").layers;
    const weight = parametersOf(layer)[0]!;
    assert.deepEqual(weight.shape, blob_shape, what);
    assert.deepEqual([weight.fanIn, weight.fanOut], fan, what);
    assertMatches(weight.current, distribution, what);
  }
});

test("groups divide the inputs, deconvolutions exchange them, strides thin them", () => {
  const [grouped, up] = readCaffeNet(
    `input: "x" input_shape { dim: 1 dim: 96 dim: 27 dim: 27 }
     layers { name: "conv2" type: CONVOLUTION bottom: "x" top: "a" convolution_param { num_output: 256 pad: 2 kernel_size: 5 group: 2 } }
     layer { name: "up" type: "Deconvolution" bottom: "a" top: "b" convolution_param { num_output: 21 kernel_size: 4 stride: 2 } }`,
    "net.prototxt",
  ).layers;
  assert.deepEqual(parametersOf(grouped)[0]!.shape, [256, 48, 5, 5]);
  assert.equal(grouped!.class, "Convolution");
  assert.equal(parametersOf(grouped)[0]!.effectiveFanOut, 128 * 25);
  assert.deepEqual(parametersOf(up)[0]!.shape, [256, 21, 4, 4]);
  assert.equal(parametersOf(up)[0]!.effectiveFanIn, (256 * 16) / 4);
});

test("pooling rounds up and drops windows that begin in the padding", () => {
  const after = (param: string) =>
    shapes(
      `input: "x" input_shape { dim: 1 dim: 1 dim: 112 dim: 112 }
       layer { name: "p" type: "Pooling" bottom: "x" top: "y" pooling_param { ${param} } }
       layer { name: "ip" type: "InnerProduct" bottom: "y" top: "z" inner_product_param { num_output: 1 bias_term: false } }`,
    )[0];
  assert.equal(after("pool: MAX kernel_size: 3 stride: 2"), `ip.weight [1,${56 * 56}]`);
  assert.equal(after("pool: AVE kernel_size: 3 stride: 2 pad: 1"), `ip.weight [1,${57 * 57}]`);
  assert.equal(after("pool: AVE global_pooling: true"), "ip.weight [1,1]");
});

test("what the net does not say stays unknown, or a name", () => {
  const net = (data: string) => `${data}
    layer { name: "c" type: "Convolution" bottom: "data" top: "c" convolution_param { num_output: 96 kernel_size: 11 stride: 4 } }
    layer { name: "ip" type: "InnerProduct" bottom: "c" top: "ip" inner_product_param { num_output: 10 bias_term: false } }`;
  assert.deepEqual(
    shapes(
      net(`layer { name: "d" type: "Data" top: "data" top: "label" transform_param { crop_size: 227 } }`),
    ),
    ['c.weight [96,"data.channels",11,11]', "c.bias [96]", `ip.weight [10,${96 * 55 * 55}]`],
  );
  assert.deepEqual(shapes(net("")), [
    'c.weight [96,"data.channels",11,11]',
    "c.bias [96]",
    'ip.weight [10,"c.features"]',
  ]);
  const python = `layer { name: "p" type: "Python" bottom: "data" top: "data" }`;
  assert.deepEqual(
    shapes(net(`input: "data" input_dim: 1 input_dim: 3 input_dim: 9 input_dim: 9 ${python}`))[0],
    'c.weight [96,"data.channels",11,11]',
  );
});

test("layers of both phases share their weights, and a broken text gives what can be read", () => {
  const layer = `layer { name: "c" type: "InnerProduct" bottom: "x" top: "y" inner_product_param { num_output: 2 } }`;
  assert.equal(readCaffeNet(layer + layer, "net.prototxt").layers.length, 1);
  const broken = readCaffeNet(`} layer { name: } ${layer} layer { name: "d"`, "net.prototxt");
  assert.deepEqual(
    broken.layers.map(({ name }) => name),
    ["c"],
  );
  assert.ok(broken.problems.length >= 2);
  assert.doesNotThrow(() => parsePrototxt("a{".repeat(10_000)));
});

test("channels of data nobody knows have a name, and several means say how many there are", () => {
  const convolutions = (data: string) => `
layer { name: "data" type: ${data} }
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 8 kernel_size: 3 } }
layer { name: "conv2" type: "Convolution" bottom: "conv1" top: "conv2" convolution_param { num_output: 4 kernel_size: 5 group: 2 } }
`;
  const weights = (data: string) => shapes(convolutions(data)).filter((one) => one.includes("weight"));
  assert.deepEqual(weights('"Python" top: "data"'), [
    'conv1.weight [8,"data.channels",3,3]',
    "conv2.weight [4,4,5,5]",
  ]);
  const means = "mean_value: 104 mean_value: 117 mean_value: 123";
  assert.deepEqual(weights(`"Data" top: "data" transform_param { ${means} }`), [
    "conv1.weight [8,3,3,3]",
    "conv2.weight [4,4,5,5]",
  ]);
});

test("images of SSD's database are as large as they are warped to", () => {
  const net = (resize: string) =>
    shapes(`layer { name: "data" type: "AnnotatedData" top: "data" top: "boxes"
        transform_param { mean_value: 1 mean_value: 2 mean_value: 3 resize_param { ${resize} height: 10 width: 20 } } }
      layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 2 bias_term: false } }
      layer { name: "box" type: "InnerProduct" bottom: "boxes" top: "box" inner_product_param { num_output: 2 bias_term: false } }`);
  assert.deepEqual(net("resize_mode: WARP"), ["fc.weight [2,600]", 'box.weight [2,"boxes.features"]']);
  assert.deepEqual(net(""), ["fc.weight [2,600]", 'box.weight [2,"boxes.features"]']);
  assert.deepEqual(net("resize_mode: FIT_SMALL_SIZE"), [
    'fc.weight [2,"data.features"]',
    'box.weight [2,"boxes.features"]',
  ]);
});

test("a second bottom takes the place of a weight", () => {
  const net = (bottoms: string, param: string) =>
    shapes(`input: "x" input_shape { dim: 1 dim: 6 dim: 4 dim: 4 } input: "gate" input_shape { dim: 1 dim: 6 }
      layer { name: "l" ${bottoms} top: "y" ${param} }`);
  const scale = 'type: "Scale" bottom: "x"';
  assert.deepEqual(net(scale, "scale_param { bias_term: true }"), ["l.weight [6]", "l.bias [6]"]);
  assert.deepEqual(net(`${scale} bottom: "gate"`, "scale_param { axis: 0 }"), []);
  assert.deepEqual(net(`${scale} bottom: "gate"`, "scale_param { axis: 0 bias_term: true }"), [
    "l.bias [1,6]",
  ]);
  assert.deepEqual(net('type: "Bias" bottom: "x"', ""), ["l.bias [6]"]);
  assert.deepEqual(net('type: "Bias" bottom: "x" bottom: "gate"', ""), []);
});

test("a scale of several axes, or of one number", () => {
  const scale = (param: string) =>
    shapes(`input: "x" input_shape { dim: 1 dim: 6 dim: 4 dim: 5 }
      layer { name: "l" type: "Scale" bottom: "x" top: "y" scale_param { ${param} } }`)[0];
  assert.equal(scale("axis: 1 num_axes: 2"), "l.weight [6,4]");
  assert.equal(scale("axis: -2 num_axes: -1"), "l.weight [4,5]");
  assert.equal(scale("num_axes: 0"), "l.weight []");
});

test("layers of the well-known forks let shapes through, and weights of theirs are told", () => {
  const after = (layer: string) =>
    shapes(`input: "x" input_shape { dim: 1 dim: 98 dim: 4 dim: 6 } input: "rois" input_shape { dim: 9 dim: 5 }
      input: "gate" input_shape { dim: 1 dim: 98 dim: 1 dim: 1 }
      layer { name: "l" top: "y" ${layer} }
      layer { name: "ip" type: "InnerProduct" bottom: "y" top: "z" inner_product_param { num_output: 1 bias_term: false } }`);
  const ip = (inputs: number | string) => `ip.weight [1,${JSON.stringify(inputs)}]`;
  assert.deepEqual(after('type: "BN" bottom: "x"'), [ip(98 * 24)]);
  assert.deepEqual(after('type: "Axpy" bottom: "gate" bottom: "x" bottom: "x"'), [ip(98 * 24)]);
  assert.deepEqual(
    after('type: "Permute" bottom: "x" permute_param { order: 0 order: 2 order: 3 order: 1 }'),
    [ip(98 * 24)],
  );
  const rois = 'bottom: "x" bottom: "rois"';
  assert.deepEqual(after(`type: "ROIPooling" ${rois} roi_pooling_param { pooled_w: 7 pooled_h: 5 }`), [
    ip(98 * 35),
  ]);
  assert.deepEqual(
    after(`type: "PSROIPooling" ${rois} psroi_pooling_param { output_dim: 2 group_size: 7 }`),
    [ip(98)],
  );
  assert.deepEqual(after('type: "Interp" bottom: "x" interp_param { height: 9 width: 10 }'), [ip(98 * 90)]);
  assert.deepEqual(after('type: "Interp" bottom: "x" interp_param { zoom_factor: 8 }'), [ip("y.features")]);
  assert.deepEqual(after('type: "Upsample" bottom: "x" upsample_param { scale: 2 }'), [ip(98 * 96)]);
  assert.deepEqual(after('type: "Normalize" bottom: "x" norm_param { channel_shared: false }'), [
    "l.weight [98]",
    ip(98 * 24),
  ]);
  assert.deepEqual(after('type: "Normalize" bottom: "x"'), ["l.weight []", ip(98 * 24)]);
  assert.deepEqual(
    after(
      'type: "ConvolutionDepthwise" bottom: "x" convolution_param { num_output: 98 kernel_size: 3 pad: 1 }',
    ),
    ["l.weight [98,1,3,3]", "l.bias [98]", ip(98 * 24)],
  );
});

test("recurrent layers: gates and states from their inputs, a bottom that is the same at all times, fillers", () => {
  const text = `
layer { name: "in" type: "Input" top: "x" top: "cont" top: "image" input_param {
  shape { dim: 5 dim: 2 dim: 3 dim: 4 } shape { dim: 5 dim: 2 } shape { dim: 2 dim: 9 } } }
layer { name: "lstm" type: "LSTM" bottom: "x" bottom: "cont" bottom: "image" top: "h"
  recurrent_param { num_output: 7 weight_filler { type: "uniform" min: -0.08 max: 0.08 } bias_filler { type: "constant" value: 1 } } }
layer { name: "rnn" type: "RNN" bottom: "h" bottom: "cont" top: "r" recurrent_param { num_output: 6 } }
layer { name: "ip" type: "InnerProduct" bottom: "r" top: "y" inner_product_param { num_output: 2 axis: 2 } }
`;
  assert.deepEqual(shapes(text), [
    "lstm.W_xc [28,12]",
    "lstm.b_c [28]",
    "lstm.W_xc_static [28,9]",
    "lstm.W_hc [28,7]",
    "rnn.W_xh [6,7]",
    "rnn.b_h [6]",
    "rnn.W_hh [6,6]",
    "rnn.W_ho [6,6]",
    "rnn.b_o [6]",
    "ip.weight [2,6]",
    "ip.bias [2]",
  ]);
  const [gates, shift] = parametersOf(readCaffeNet(text, "net.prototxt").layers[0]);
  assert.deepEqual([gates?.current.kind, shift?.current.kind], ["uniform", "constant"]);
});
