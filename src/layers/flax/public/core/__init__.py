"""flax.core."""

from flax.core import frozen_dict, scope
from flax.core.frozen_dict import FrozenDict, copy, freeze, pop, unfreeze


def nothing(*args, **kwargs):
    return None
