from torch._native import nobody_knows
from torch.nn.functional import scaled_dot_product_attention

_DEFAULT_SPARSE_BLOCK_SIZE = 128


class BlockMask:
    """Which positions see which; what it is made of does not matter to a weight."""

    BLOCK_SIZE = (_DEFAULT_SPARSE_BLOCK_SIZE, _DEFAULT_SPARSE_BLOCK_SIZE)

    def __getitem__(self, index):
        return self

    def to(self, device):
        return self

    @classmethod
    def from_kv_blocks(cls, *args, **kwargs):
        return cls()


def create_block_mask(mask_mod, B, H, Q_LEN, KV_LEN, device=None, BLOCK_SIZE=_DEFAULT_SPARSE_BLOCK_SIZE, **options):
    return BlockMask()


def create_nested_block_mask(*args, **kwargs):
    return BlockMask()


def noop_mask(batch, head, token_q, token_kv):
    return True


def and_masks(*mask_mods):
    return lambda b, h, q, k: nobody_knows("several masks as one")


or_masks = and_masks


class AuxRequest:
    def __init__(self, lse=False, max_scores=False):
        self.lse, self.max_scores = lse, max_scores


class AuxOutput:
    def __init__(self, lse=None, max_scores=None):
        self.lse, self.max_scores = lse, max_scores


def flex_attention(query, key, value, score_mod=None, block_mask=None, scale=None, enable_gqa=False, return_lse=False,
                   kernel_options=None, *, return_aux=None):
    changed = score_mod is not None or block_mask is not None
    mask = nobody_knows("the mask of flex_attention") if changed else None
    out = scaled_dot_product_attention(query, key, value, attn_mask=mask, scale=scale, enable_gqa=enable_gqa)
    if return_aux is not None:
        return out, nobody_knows("what flex_attention returns besides")
    return (out, nobody_knows("what flex_attention returns besides")) if return_lse else out
