from torch._native import unknown


class _Flags:
    enabled = False
    benchmark = False
    deterministic = False
    allow_tf32 = False

    def is_available(self):
        return False

    def is_built(self):
        return False

    def __getattr__(self, name):
        return unknown(f"torch.backends: {name}")


cudnn = _Flags()
mps = _Flags()
mkldnn = _Flags()
quantized = _Flags()
cuda = _Flags()
cuda.matmul = _Flags()
