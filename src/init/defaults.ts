import type { Distribution, Framework, Shape } from "../types.js";
import { drawCaffe } from "./frameworks/caffe.js";
import { drawJax } from "./frameworks/jax.js";
import { drawKeras } from "./frameworks/keras.js";
import { drawTheano } from "./frameworks/theano.js";
import { drawTorch } from "./frameworks/torch.js";
import { drawTorch7 } from "./frameworks/torch7.js";
import { type Draw, isRefusal } from "./refusal.js";
import type { Role } from "./roles.js";
import * as symbolic from "./symbolic.js";

/** One weight of a layer nobody initialised: its shape in the framework's layout, and what the rule needs. */
export interface DefaultInput {
  readonly shape: Shape;
  /** torch: units of the hidden state, on which every recurrent weight depends. */
  readonly hidden?: number | string | null;
}

type Rule = (input: DefaultInput) => Draw;

const linear: Rule = ({ shape }) => drawTorch("kaiming_uniform_", shape, { a: Math.sqrt(5) });
const recurrent: Rule = ({ hidden = null }) =>
  symbolic.scaledByFan("uniform", 1 / 3, hidden, "uniform_(±1/√hidden_size)");
const keras =
  (name: string): Rule =>
  ({ shape }) =>
    drawKeras(name, shape);
const jax =
  (name: string, given = {}): Rule =>
  ({ shape }) =>
    drawJax(name, shape, given);
const ones: Rule = ({ shape }) => drawTorch("ones_", shape);
const zeros: Rule = ({ shape }) => drawTorch("zeros_", shape);

type Defaults = Partial<Readonly<Record<Role, Rule>>>;

const KERAS: Defaults = {
  hidden: keras("GlorotUniform"),
  output: keras("GlorotUniform"),
  depthwise: keras("GlorotUniform"),
  transposed_convolution: keras("GlorotUniform"),
  attention_projection: keras("GlorotUniform"),
  residual_output: keras("GlorotUniform"),
  embedding: keras("RandomUniform"),
  position_embedding: keras("RandomUniform"),
  tied_embedding: keras("RandomUniform"),
  recurrent_input: keras("GlorotUniform"),
  recurrent: keras("Orthogonal"),
  // unit_forget_bias: 1 in the forget gate's quarter of the bias.
  forget_bias: ones,
  bias: zeros,
  norm_scale: ones,
  residual_norm_scale: ones,
  norm_bias: zeros,
  prelu_slope: zeros,
};

const FLAX: Defaults = {
  hidden: jax("lecun_normal"),
  output: jax("lecun_normal"),
  depthwise: jax("lecun_normal"),
  transposed_convolution: jax("lecun_normal"),
  attention_projection: jax("lecun_normal"),
  residual_output: jax("lecun_normal"),
  embedding: jax("variance_scaling", { scale: 1, mode: "fan_in", distribution: "normal", out_axis: 0 }),
  tied_embedding: jax("variance_scaling", { scale: 1, mode: "fan_in", distribution: "normal", out_axis: 0 }),
  recurrent_input: jax("lecun_normal"),
  recurrent: jax("orthogonal"),
  forget_bias: zeros,
  bias: zeros,
  norm_scale: ones,
  residual_norm_scale: ones,
  norm_bias: zeros,
  prelu_slope: jax("constant", { value: 0.01 }),
};

const TORCH: Defaults = {
  hidden: linear,
  output: linear,
  depthwise: linear,
  transposed_convolution: linear,
  attention_projection: ({ shape }) => drawTorch("xavier_uniform_", shape),
  residual_output: linear,
  embedding: ({ shape }) => drawTorch("normal_", shape),
  position_embedding: ({ shape }) => drawTorch("normal_", shape),
  tied_embedding: ({ shape }) => drawTorch("normal_", shape),
  recurrent_input: recurrent,
  recurrent,
  forget_bias: recurrent,
  norm_scale: ones,
  residual_norm_scale: ones,
  norm_bias: zeros,
  prelu_slope: ({ shape }) => drawTorch("constant_", shape, { val: 0.25 }),
};

const CAFFE_ZERO: Rule = ({ shape }) => drawCaffe("constant", shape);
const reset: Rule = ({ shape }) => drawTorch7("reset", shape);
const lasagne: Rule = ({ shape }) => drawTheano("GlorotUniform", shape);

/**
 * What each framework's layers draw if nobody says otherwise. NumPy and plain JAX have no layers. torch's
 * biases depend on the fan of their weight and are not in the table.
 */
const DEFAULTS: Readonly<Record<Framework, Defaults>> = {
  torch: TORCH,
  keras: KERAS,
  tensorflow: KERAS,
  flax: FLAX,
  jax: {},
  numpy: {},
  theano: { hidden: lasagne, output: lasagne, bias: ({ shape }) => drawTheano("Constant", shape) },
  torch7: { hidden: reset, output: reset },
  caffe: {
    hidden: CAFFE_ZERO,
    output: CAFFE_ZERO,
    depthwise: CAFFE_ZERO,
    transposed_convolution: CAFFE_ZERO,
    bias: CAFFE_ZERO,
  },
};

/** The framework's default for a weight of that role; `null` where it has none or refuses the shape. */
export function defaultOf(framework: Framework, role: Role, input: DefaultInput): Distribution | null {
  const draw = DEFAULTS[framework][role]?.(input);
  return draw && !isRefusal(draw) ? draw : null;
}

/** Where common belief is wrong, in one sentence with numbers. */
export const MISBELIEFS: Partial<Readonly<Record<Framework, string>>> = {
  torch:
    "PyTorch's Linear and Conv defaults are U(±1/√fan_in), std 1/√(3 fan_in): a third of LeCun's variance and a sixth of He's, whatever the call kaiming_uniform_(a=√5) suggests.",
  torch7: "Torch7's reset draws U(±1/√fan_in), std 1/√(3 fan_in): a third of LeCun's variance.",
  caffe:
    "Caffe's xavier is U(±√(3/fan_in)), LeCun's uniform; only variance_norm: AVERAGE is Glorot's. A layer without a filler is 0 everywhere.",
  keras:
    "Keras's TruncatedNormal(stddev) has a real std of 0.8796 stddev, but its VarianceScaling normals are widened to be exact.",
  tensorflow:
    "TensorFlow 1's random_uniform_initializer runs from 0 to 1, and its truncated_normal has a real std of 0.8796 stddev.",
  jax: "jax.nn.initializers.uniform(scale) is U(0, scale), not symmetric; normal() has std 0.01.",
  flax: "Flax's Dense and Conv default is LeCun normal, half of He's variance; Embed has std 1/√features.",
};
