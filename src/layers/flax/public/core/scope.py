"""flax.core.scope."""

from _flax.scope import Scope
