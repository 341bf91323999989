/** What each operation does to the signal that goes through it: one table. */
export type Kind =
  /** A weighted sum: where a layer's output ends. */
  | "layer"
  /** A product of two tensors: a layer where one is a weight, else attention or the like. */
  | "product"
  /** Centres and scales. */
  | "norm"
  /** Adds another tensor. */
  | "sum"
  /** Lets the signal through: another shape, order or part, an average. */
  | "passing"
  /** Lets it through, larger or smaller. */
  | "factor"
  | "softmax"
  | "prelu"
  /** Softmax of products of its arguments. */
  | "attention"
  | "loss"
  /** Nothing of the model follows: it is the result, or what a result is drawn from. */
  | "returned"
  /** Only looks at numbers: nothing of it comes back into the signal. */
  | "reading"
  | "unknown";

const ROWS: readonly (readonly [Kind, string])[] = [
  [
    "layer",
    `linear bilinear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d embedding
     embedding_bag _recurrent _cell _projection`,
  ],
  ["product", "matmul mm bmm mv dot addmm baddbmm einsum outer"],
  [
    "norm",
    "batch_norm layer_norm group_norm instance_norm rms_norm local_response_norm normalize standardize",
  ],
  ["sum", "add sub subtract lerp addcmul addcdiv"],
  [
    "passing",
    `dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout
     max_pool1d max_pool2d max_pool3d avg_pool1d avg_pool2d avg_pool3d lp_pool1d lp_pool2d lp_pool3d
     adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d fractional_max_pool2d fractional_max_pool3d
     adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d max_unpool1d max_unpool2d max_unpool3d
     interpolate upsample pad grid_sample pixel_shuffle pixel_unshuffle channel_shuffle unfold fold
     reshape view permute transpose swapaxes swapdims t T mT movedim flatten ravel unflatten squeeze unsqueeze
     broadcast_to tile repeat repeat_interleave split split_with_sizes chunk tensor_split unbind narrow select
     index_select gather take_along_dim masked_fill masked_select flip roll rot90 tril triu view_as reshape_as
     expand expand_as contiguous clone detach data clone float double half bfloat16 to type type_as cpu cuda
     cat concat concatenate stack hstack vstack broadcast_tensors meshgrid diagonal diag getitem setitem
     mean sum nansum amax amin max min median std var cumsum sort topk logsumexp norm rearrange reduce
     where requires_grad_ retain_grad
     view_as_complex view_as_real
     pack_padded_sequence pad_packed_sequence pad_sequence checkpoint numpy`,
  ],
  ["factor", "mul multiply div divide true_divide"],
  ["softmax", "softmax log_softmax softmin gumbel_softmax"],
  ["prelu", "prelu"],
  ["attention", "scaled_dot_product_attention _attention _attention_weights"],
  [
    "loss",
    `cross_entropy nll_loss mse_loss l1_loss smooth_l1_loss huber_loss kl_div binary_cross_entropy ctc_loss
     binary_cross_entropy_with_logits cosine_embedding_loss margin_ranking_loss triplet_margin_loss
     hinge_embedding_loss gaussian_nll_loss poisson_nll_loss multi_margin_loss soft_margin_loss
     multilabel_margin_loss multilabel_soft_margin_loss`,
  ],
  ["returned", "returned distribution"],
  [
    "reading",
    `argmax argmin item tolist eq ne not_equal lt less le less_equal gt greater ge greater_equal isnan isinf
     isfinite all any count_nonzero zeros_like ones_like full_like rand_like randn_like empty_like new_zeros
     new_ones new_empty new_full numel size argsort bool int long`,
  ],
];

const KINDS: ReadonlyMap<string, Kind> = new Map(
  ROWS.flatMap(([kind, names]) => names.split(/\s+/).map((name): [string, Kind] => [name, kind])),
);

/** What an operation does; `unknown` for one that no row names. */
export const kindOf = ({ name }: { readonly name: string }): Kind => KINDS.get(name) ?? "unknown";
