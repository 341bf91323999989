/** What a weight is for: the first half of a recommendation's key. */
export type Role =
  | "hidden"
  | "depthwise"
  | "transposed_convolution"
  | "output"
  | "attention_projection"
  | "residual_output"
  | "zeroed"
  | "embedding"
  | "tied_embedding"
  | "position_embedding"
  | "recurrent_input"
  | "recurrent"
  | "forget_bias"
  | "bias"
  | "norm_scale"
  | "residual_norm_scale"
  | "norm_bias"
  | "prelu_slope";

/** What the role is inferred from; names are the frameworks' own. */
export interface RoleEvidence {
  /** Class of the layer that owns the weight: `Conv2d`, `LayerNormalization`. */
  readonly layer: string;
  /** Name of the weight, with its path: `layers.0.self_attn.in_proj_weight`. */
  readonly parameter: string;
  /** For convolutions: groups and input channels, to tell a depthwise one. */
  readonly groups?: number;
  readonly channels?: number;
}

const NORMS = /Norm(alization)?([123]d)?$|^FrozenBatchNorm/;
const RECURRENT = /^(Conv)?(Simple)?(Optimized)?(RNN|LSTM|GRU|MGU)(Cell|\dD)?$|^SimpleCell$/;
const ATTENTION = /Attention/;

/** One row a pattern; the first that fits decides. */
const ROWS: readonly { readonly layer: RegExp; readonly parameter: RegExp; readonly role: Role }[] = [
  { layer: /^PReLU$/, parameter: /./, role: "prelu_slope" },
  { layer: NORMS, parameter: /(^|[./])(bias|beta|offset)$/, role: "norm_bias" },
  { layer: NORMS, parameter: /(^|[./])(weight|gamma|scale)$/, role: "norm_scale" },
  { layer: /^(Embedding|Embed|EmbeddingBag)$/, parameter: /(weight|embeddings?)$/, role: "embedding" },
  {
    layer: RECURRENT,
    parameter: /(weight_hh|weight_hr|recurrent_kernel|(^|[./])(h[ifgonrz]?|dense_h)\/kernel|^w_h$)/,
    role: "recurrent",
  },
  { layer: RECURRENT, parameter: /(weight_ih|kernel|(^|\/)w(_i)?$)/, role: "recurrent_input" },
  {
    layer: /./,
    parameter: /(^|[./_])rel(ative)?_pos(ition)?_(bias|emb\w*)(_table)?$/,
    role: "position_embedding",
  },
  { layer: /./, parameter: /bias(_[a-z]+)?(_l\d+)?(_reverse)?$|(^|[./])b$/, role: "bias" },
  { layer: ATTENTION, parameter: /(in_proj|[qkv]_proj|query|key|value)/, role: "attention_projection" },
  { layer: /^DepthwiseConv[123]D$/, parameter: /(kernel|^w)$/, role: "depthwise" },
  { layer: /^SeparableConv[123]D$/, parameter: /depthwise_kernel$/, role: "depthwise" },
  {
    layer: /ConvTranspose[123]?d?$|^Conv[123]DTranspose$/,
    parameter: /(weight|kernel|^w)$/,
    role: "transposed_convolution",
  },
  { layer: /./, parameter: /(^|[./])(weight|w|kernel|depthwise_kernel|pointwise_kernel)$/, role: "hidden" },
  { layer: ATTENTION, parameter: /weight$/, role: "hidden" },
];

/** The role that the framework's names tell; `null` where they tell none. Never guesses an output or residual. */
export function roleOf({ layer, parameter, groups = 1, channels }: RoleEvidence): Role | null {
  const role = ROWS.find((row) => row.layer.test(layer) && row.parameter.test(parameter))?.role ?? null;
  return role === "hidden" && groups > 1 && groups === channels ? "depthwise" : role;
}
