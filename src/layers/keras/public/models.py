"""keras.models."""

from _keras.models import (
    Functional, Model, Sequential, clone_model, load_model, model_from_config, model_from_json, model_from_yaml,
)  # fmt: skip
from _keras.inert import nothing as save_model
