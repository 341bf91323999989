import math

from torch import nn, jit, utils, fx, fft, linalg, accelerator, cuda, backends, autograd, distributed, optim, onnx, hub, amp, version, compiler, random
from torch._basics import (
    device, layout, memory_format, Generator, strided, sparse_coo, contiguous_format, channels_last,
    channels_last_3d, preserve_format, default_generator, _mode, no_grad, enable_grad, inference_mode,
    set_grad_enabled, autocast, is_grad_enabled, is_inference_mode_enabled, is_tensor, compile, manual_seed,
    seed, initial_seed, set_default_device, get_default_device, set_default_tensor_type, set_printoptions,
    set_float32_matmul_precision, set_num_threads, get_num_threads, use_deterministic_algorithms,
    are_deterministic_algorithms_enabled, is_deterministic_algorithms_warn_only_enabled,
    is_autocast_enabled, typename, _assert, finfo, iinfo,
)
from torch.torch_version import __version__
from torch._native import get_default_dtype, nobody_knows, set_default_dtype
from torch.nn.functional import (
    adaptive_avg_pool1d, adaptive_max_pool1d, avg_pool1d, batch_norm, conv1d, conv2d, conv3d, conv_transpose1d,
    conv_transpose2d, conv_transpose3d, cosine_similarity, dropout, embedding, group_norm, layer_norm, log_softmax,
    max_pool1d, max_pool2d, max_pool3d, pixel_shuffle, pixel_unshuffle, prelu, softmax,
)

pi = math.pi
e = math.e
inf = math.inf
nan = math.nan
newaxis = None

FloatTensor = Tensor
DoubleTensor = Tensor
HalfTensor = Tensor
LongTensor = Tensor
IntTensor = Tensor
BoolTensor = Tensor
ByteTensor = Tensor


def save(obj, f, *args, **kwargs):
    pass


def load(f, *args, **kwargs):
    return nobody_knows("what a file holds")
