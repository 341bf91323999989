"""Mixins of huggingface_hub: models that are saved to and loaded from a hub."""

from torch._native import nobody_knows


class ModelHubMixin:
    _hub_mixin_config = None

    def __init_subclass__(cls, **card):
        super().__init_subclass__()

    def save_pretrained(self, save_directory, **options):
        return None

    push_to_hub = save_pretrained

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **options):
        return nobody_knows("a model that is loaded from a hub")


class PyTorchModelHubMixin(ModelHubMixin):
    pass
