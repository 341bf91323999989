class _Flags:
    enabled = False
    benchmark = False
    deterministic = False
    allow_tf32 = False

    def is_available(self):
        return False

    def is_built(self):
        return False


cudnn = _Flags()
mps = _Flags()
mkldnn = _Flags()
quantized = _Flags()


class cuda:
    matmul = _Flags()

    @staticmethod
    def is_built():
        return False
