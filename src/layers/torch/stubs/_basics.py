"""What `torch` has besides tensors. Apart, because torch's own names hide Python's `int`, `float`, `bool` …"""

from torch._native import Tensor, get_default_dtype, seed_generator


class device:
    def __init__(self, type="cpu", index=None):
        text = type.type if isinstance(type, device) else str(type)
        name, _, number = text.partition(":")
        self.type = name
        self.index = int(number) if number.isdigit() else index

    def __eq__(self, other):
        return isinstance(other, device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self):
        return hash((self.type, self.index))

    def __str__(self):
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __repr__(self):
        return f"device(type='{self.type}')"

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


class layout:
    pass


class memory_format:
    pass


class Generator:
    def __init__(self, device="cpu"):
        self.device = device

    def manual_seed(self, seed):
        return self

    def seed(self):
        return 0


strided = layout()
sparse_coo = layout()
contiguous_format = memory_format()
channels_last = memory_format()
channels_last_3d = memory_format()
preserve_format = memory_format()
default_generator = Generator()


class _Mode:
    """`no_grad` and its like: context managers, and decorators that change nothing here."""

    def __init__(self, mode=True, *args, **kwargs):
        self.function = mode if callable(mode) else None

    def __call__(self, *args, **kwargs):
        if self.function is not None:
            return self.function(*args, **kwargs)
        return args[0]

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


def _mode(function=None, *args, **kwargs):
    return function if callable(function) else _Mode()


no_grad = _mode
enable_grad = _mode
inference_mode = _mode
set_grad_enabled = _mode


class autocast(_Mode):
    pass


def is_grad_enabled():
    return True


def is_inference_mode_enabled():
    return False


def is_tensor(obj):
    return isinstance(obj, Tensor)


def compile(model=None, **kwargs):
    if model is None:
        return lambda function: function
    return model


def manual_seed(seed):
    seed_generator(seed)
    return default_generator


def seed():
    seed_generator(None)
    return 0


def initial_seed():
    return 0


def set_default_device(device):
    pass


def get_default_device():
    return device("cpu")


def set_default_tensor_type(t):
    pass


def set_printoptions(*args, **kwargs):
    pass


def set_float32_matmul_precision(precision):
    pass


def set_num_threads(n):
    pass


def get_num_threads():
    return 1


def use_deterministic_algorithms(mode, *, warn_only=False):
    pass


def are_deterministic_algorithms_enabled():
    return False


is_deterministic_algorithms_warn_only_enabled = are_deterministic_algorithms_enabled


def is_autocast_enabled(*args):
    return False


def typename(o):
    return type(o).__name__


def _assert(condition, message):
    assert condition, message


class finfo:
    _table = {
        "torch.float8_e8m0fnu": (1.7014118346046923e38, 5.877471754111438e-39, 1.0, 1.0),
        "torch.float8_e5m2": (57344.0, 6.103515625e-05, 0.25, 1.0),
        "torch.float8_e5m2fnuz": (57344.0, 3.0517578125e-05, 0.25, 1.0),
        "torch.float8_e4m3fn": (448.0, 0.015625, 0.125, 1.0),
        "torch.float8_e4m3fnuz": (240.0, 0.0078125, 0.125, 1.0),
        "torch.float16": (65504.0, 6.103515625e-05, 0.0009765625, 0.001),
        "torch.bfloat16": (3.3895313892515355e38, 1.1754943508222875e-38, 0.0078125, 0.01),
        "torch.float32": (3.4028234663852886e38, 1.1754943508222875e-38, 1.1920928955078125e-07, 1e-6),
        "torch.float64": (1.7976931348623157e308, 2.2250738585072014e-308, 2.220446049250313e-16, 1e-15),
    }

    def __init__(self, type=None):
        type = type if type is not None else get_default_dtype()
        self.dtype = repr(type)[len("torch.") :]
        self.max, self.tiny, self.eps, self.resolution = self._table[repr(type)]
        self.min = self.tiny if self.dtype == "float8_e8m0fnu" else -self.max
        self.smallest_normal = self.tiny
        self.bits = 8 * type.itemsize


class iinfo:
    def __init__(self, type):
        self.bits = 8 * type.itemsize
        self.dtype = repr(type)[len("torch.") :]
        signed = not self.dtype.startswith("uint")
        self.max = 2 ** (self.bits - signed) - 1
        self.min = -(2 ** (self.bits - 1)) if signed else 0
