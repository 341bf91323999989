"""flax.training.train_state."""

import _lens


class TrainState:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    @classmethod
    def create(cls, *, apply_fn=None, params=None, tx=None, **kwargs):
        return cls(step=0, apply_fn=apply_fn, params=params, tx=tx, opt_state=_lens.unknown("optimizer state"), **kwargs)

    def replace(self, **changes):
        return type(self)(**{**self.__dict__, **changes})

    def apply_gradients(self, *, grads=None, **kwargs):
        return self
