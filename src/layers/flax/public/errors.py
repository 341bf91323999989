"""flax.errors."""


class FlaxError(Exception):
    pass
