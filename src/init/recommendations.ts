import { activationGain } from "./gains.js";
import type { Role } from "./roles.js";
import type { SchemeOptions } from "./schemeOptions.js";

/** What decides the numbers of a recommendation, besides its row. */
export interface RowInput {
  readonly activation: string;
  /** Negative slope or alpha, where known. */
  readonly a?: number;
  /** Residual blocks of the whole network, where known. */
  readonly depth?: number;
  /** Features of an embedding, where known. */
  readonly features?: number;
}

/** One row of the table: role × activation that follows → scheme, why, paper. */
export interface RecommendationRow {
  readonly roles: readonly Role[];
  /** `null`: whatever follows. */
  readonly activations: readonly string[] | null;
  readonly scheme: string;
  /** One sentence without the paper. */
  readonly why: string;
  readonly paper: string;
  /** What the numbers leave out where something is not known. */
  readonly caveat?: (input: RowInput) => string | null;
  /** Options of the scheme; absent: the scheme as it stands. */
  readonly options?: (input: RowInput) => SchemeOptions;
}

const WEIGHTS: readonly Role[] = ["hidden", "depthwise", "transposed_convolution"];
const HE = "He et al., 2015";
const GLOROT = "Glorot and Bengio, 2010";

/** The exact gain of the activation, forward: 1/√E f(z)². */
function exactGain({ activation, a }: RowInput): SchemeOptions {
  const gain = activationGain(activation, a);
  return gain ? { gain: gain.forward } : {};
}

/** Rows in order; the first whose role and activation fit is the recommendation. */
export const RECOMMENDATIONS: readonly RecommendationRow[] = [
  {
    roles: WEIGHTS,
    activations: ["relu", "relu6"],
    scheme: "he_normal",
    why: "ReLU sets half of its inputs to 0, so the weights need twice the variance to keep the signal's size",
    paper: HE,
  },
  {
    roles: WEIGHTS,
    activations: ["leaky_relu", "prelu"],
    scheme: "he_normal",
    why: "the negative slope a lets a² of the lost half through, so the variance is 2/(1 + a²) over fan-in",
    paper: `${HE}, equation 15`,
    options: exactGain,
  },
  {
    roles: WEIGHTS,
    activations: ["selu"],
    scheme: "lecun_normal",
    why: "SELU's constants keep mean 0 and variance 1 only for weights of variance 1/fan-in",
    paper: "Klambauer et al., 2017",
  },
  {
    roles: WEIGHTS,
    activations: ["elu", "celu", "gelu", "gelu_tanh", "quick_gelu", "silu", "mish", "softplus", "hardswish"],
    scheme: "he_normal",
    why: "its exact gain 1/√E f(z)² takes the place of ReLU's √2, so that the activations keep their size",
    paper: `${HE}, with the gain computed for this activation`,
    options: exactGain,
  },
  {
    roles: WEIGHTS,
    activations: ["relu_squared"],
    scheme: "he_normal",
    why: "its exact gain 1/√E f(z)² is below 1, because the square makes large inputs larger",
    paper: `${HE}, with the gain computed for this activation`,
    options: exactGain,
  },
  {
    roles: WEIGHTS,
    activations: ["tanh", "softsign", "hardtanh", "sigmoid", "hardsigmoid", "log_sigmoid"],
    scheme: "glorot_uniform",
    why: "a saturating activation must stay in its linear part, forward and backward alike, so both fans count",
    paper: GLOROT,
  },
  {
    roles: WEIGHTS,
    activations: ["linear"],
    scheme: "lecun_normal",
    why: "nothing is lost after the sum, so variance 1/fan-in keeps the signal's size",
    paper: "LeCun et al., 1998",
  },
  {
    roles: WEIGHTS,
    activations: ["softmax", "log_softmax"],
    scheme: "glorot_uniform",
    why: "logits of moderate size keep the first predictions near uniform, and both directions count",
    paper: GLOROT,
  },
  {
    roles: ["output"],
    activations: ["linear"],
    scheme: "lecun_normal",
    why: "variance 1/fan-in gives outputs of the inputs' size, small enough for the first losses",
    paper: "LeCun et al., 1998",
  },
  {
    roles: ["output"],
    activations: null,
    scheme: "glorot_uniform",
    why: "logits of moderate size keep the first predictions near uniform, and both directions count",
    paper: GLOROT,
  },
  {
    roles: ["attention_projection"],
    activations: null,
    scheme: "glorot_uniform",
    why: "queries, keys and values are linear maps whose gradients matter as much; each matrix counts its own fans, packed or not",
    paper: `${GLOROT}; Vaswani et al., 2017`,
  },
  {
    roles: ["residual_output"],
    activations: null,
    scheme: "lecun_normal",
    why: "every block adds to the stream, so the last weight of a branch is divided by √(2 × depth) to keep the sum's size",
    paper: "Radford et al., 2019",
    caveat: ({ depth }) =>
      depth === undefined ? "The depth is not known here, so nothing is divided yet." : null,
    options: ({ depth }) => (depth === undefined ? {} : { gain: 1 / Math.sqrt(2 * depth) }),
  },
  {
    roles: ["zeroed"],
    activations: null,
    scheme: "zeros",
    why: "the program sets it to 0, where no activation follows: what the layer adds begins at nothing and is learnt from there",
    paper: "Zhang et al., 2019; Peebles and Xie, 2023",
  },
  {
    roles: ["embedding", "position_embedding"],
    activations: null,
    scheme: "normal",
    why: "rows are looked up, not summed, so no fan enters; small rows leave the first layers room to learn them",
    paper: "Radford et al., 2018",
    options: () => ({ mean: 0, std: 0.02 }),
  },
  {
    roles: ["tied_embedding"],
    activations: null,
    scheme: "normal",
    why: "the same matrix makes the logits, where it sums over the features, so its variance is 1/features",
    paper: "Press and Wolf, 2017; Vaswani et al., 2017",
    options: ({ features }) => (features === undefined ? {} : { mean: 0, std: 1 / Math.sqrt(features) }),
  },
  {
    roles: ["recurrent"],
    activations: null,
    scheme: "orthogonal",
    why: "the matrix is applied at every step, and only an orthogonal one neither shrinks nor stretches the state",
    paper: "Saxe et al., 2014",
  },
  {
    roles: ["recurrent_input"],
    activations: null,
    scheme: "glorot_uniform",
    why: "gates are sigmoids and tanhs, which must stay in their linear part",
    paper: GLOROT,
  },
  {
    roles: ["forget_bias"],
    activations: null,
    scheme: "ones",
    why: "an open forget gate lets gradients reach far back from the first step on",
    paper: "Gers et al., 2000; Jozefowicz et al., 2015",
  },
  {
    roles: ["bias", "norm_bias"],
    activations: null,
    scheme: "zeros",
    why: "weights already differ, so a bias need not break symmetry, and 0 adds no offset",
    paper: "Goodfellow et al., 2016, chapter 8.4",
  },
  {
    roles: ["norm_scale"],
    activations: null,
    scheme: "ones",
    why: "the normalised signal passes unchanged",
    paper: "Ioffe and Szegedy, 2015",
  },
  {
    roles: ["residual_norm_scale"],
    activations: null,
    scheme: "zeros",
    why: "every residual block starts as the identity, which is easier to train when deep",
    paper: "Goyal et al., 2017",
  },
  {
    roles: ["prelu_slope"],
    activations: null,
    scheme: "constant",
    why: "a slope of 0.25 is what the paper starts from; 0 would be plain ReLU",
    paper: HE,
    options: () => ({ value: 0.25 }),
  },
];
