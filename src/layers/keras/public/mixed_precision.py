"""keras.mixed_precision."""

from _keras.inert import nothing as set_global_policy
from _keras.inert import inert_class
from _keras.layer import DTypePolicy

Policy = DTypePolicy
LossScaleOptimizer = inert_class("LossScaleOptimizer")
set_policy = set_dtype_policy = set_global_policy


def global_policy():
    return DTypePolicy("float32")


dtype_policy = global_policy
