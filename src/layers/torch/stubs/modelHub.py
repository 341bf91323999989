"""Mixins of huggingface_hub: models that are saved to and loaded from a hub."""

import dataclasses
import inspect

from torch._native import nobody_knows

_PLAIN = (str, int, float, bool, type(None), list, tuple, dict)


class ModelHubMixin:
    _hub_mixin_config = None
    _hub_mixin_coders = {}

    def __init_subclass__(cls, *, coders=None, **card):
        super().__init_subclass__()
        cls._hub_mixin_coders = {**cls._hub_mixin_coders, **(coders or {})}

    def __new__(cls, *args, **kwargs):
        instance = super().__new__(cls)
        if instance._hub_mixin_config is None:
            config = _configuration(cls, args, kwargs)
            if config:
                instance._hub_mixin_config = config
        return instance

    def save_pretrained(self, save_directory, **options):
        return None

    push_to_hub = save_pretrained

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **options):
        return nobody_knows("a model that is loaded from a hub")


class PyTorchModelHubMixin(ModelHubMixin):
    pass


def _configuration(cls, args, kwargs):
    """What a model is made with, as it would be saved: its defaults, and what it is given."""
    parameters = [one for one in inspect.signature(cls.__init__).parameters.values()][1:]
    defaults = {one.name: one.default for one in parameters if one.default is not inspect.Parameter.empty}
    given = {**dict(zip([one.name for one in parameters], args)), **kwargs}
    if dataclasses.is_dataclass(given.get("config")):
        return given["config"]
    saved = {}
    for name, value in {**defaults, **given}.items():
        for kind, (encode, _) in cls._hub_mixin_coders.items():
            if isinstance(value, kind):
                value = encode(value)
        if isinstance(value, _PLAIN):
            saved[name] = value
    config = saved.pop("config", {})
    return {**saved, **config} if isinstance(config, dict) else saved
