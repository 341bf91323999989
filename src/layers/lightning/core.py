"""What PyTorch Lightning's classes do to a model: they keep what it was made with, and train it elsewhere."""

import inspect

import torch
from _configurations import AttributeDict
from torch import nn
from torch._native import nobody_knows


class HyperParameters(AttributeDict):
    def __getattr__(self, name):
        # A base class may keep arguments of its own.
        return self[name] if name in self else nobody_knows(f"the hyperparameter {name}")


def _arguments(cls, args, kwargs):
    try:
        bound = inspect.signature(cls.__init__).bind(None, *args, **kwargs)
    except TypeError:
        return {}
    bound.apply_defaults()
    named = dict(bound.arguments)
    for name, parameter in bound.signature.parameters.items():
        if parameter.kind == parameter.VAR_KEYWORD:
            named.update(named.pop(name, {}))
        elif parameter.kind == parameter.VAR_POSITIONAL or name == "self":
            named.pop(name, None)
    return named


class HyperparametersMixin:
    def __new__(cls, *args, **kwargs):
        made = super().__new__(cls)
        object.__setattr__(made, "_given", _arguments(cls, args, kwargs))
        object.__setattr__(made, "_kept", HyperParameters())
        return made

    def save_hyperparameters(self, *args, ignore=None, frame=None, logger=True, **kwargs):
        left_out = [ignore] if isinstance(ignore, str) else list(ignore or ())
        if args and not isinstance(args[0], str):
            values = args[0] if isinstance(args[0], dict) else vars(args[0])
        elif args:
            values = {name: self._given[name] for name in args if name in self._given}
        else:
            values = self._given
        self._kept.update({name: value for name, value in values.items() if name not in left_out})

    @property
    def hparams(self):
        return self._kept

    @hparams.setter
    def hparams(self, values):
        self._kept.update(values if isinstance(values, dict) else vars(values))

    @property
    def hparams_initial(self):
        return self._kept


class _Hooks:
    """Called by a trainer, which is not followed."""

    def prepare_data(self):
        return None

    def setup(self, stage=None):
        return None

    teardown = setup

    @classmethod
    def load_from_checkpoint(cls, checkpoint_path, **kwargs):
        return nobody_knows("a module that is loaded from a checkpoint")


class LightningDataModule(_Hooks, HyperparametersMixin):
    trainer = None


class LightningModule(HyperparametersMixin, _Hooks, nn.Module):
    automatic_optimization = True
    example_input_array = None
    current_epoch = global_step = global_rank = local_rank = 0
    on_gpu = False
    fabric = None

    @property
    def device(self):
        return torch.device("cpu")

    @property
    def trainer(self):
        return nobody_knows("the trainer")

    @trainer.setter
    def trainer(self, trainer):
        pass

    @property
    def logger(self):
        return nobody_knows("the logger")

    loggers = logger

    def optimizers(self, use_pl_optimizer=True):
        return nobody_knows("the optimizers that a trainer made")

    def lr_schedulers(self):
        return nobody_knows("the schedules that a trainer made")

    def log(self, name, value, *args, **kwargs):
        return None

    def log_dict(self, dictionary, *args, **kwargs):
        return None

    def print(self, *args, **kwargs):
        return None

    def configure_optimizers(self):
        return None

    def manual_backward(self, loss, *args, **kwargs):
        loss.backward(*args, **kwargs)

    def freeze(self):
        self.requires_grad_(False)
        self.eval()

    def unfreeze(self):
        self.requires_grad_(True)
        self.train()


class Callback:
    pass


def seed_everything(seed=None, workers=False, verbose=True):
    if seed is not None:
        torch.manual_seed(seed)
        return seed
    return nobody_knows("a seed that is drawn")
