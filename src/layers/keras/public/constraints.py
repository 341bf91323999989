"""keras.constraints."""

from _keras.inert import Inert as Constraint
from _keras.inert import deserialize, get, inert_class, serialize

MaxNorm, MinMaxNorm = inert_class("MaxNorm"), inert_class("MinMaxNorm")
NonNeg, UnitNorm = inert_class("NonNeg"), inert_class("UnitNorm")
max_norm = maxnorm = MaxNorm
min_max_norm, non_neg, nonneg, unit_norm = MinMaxNorm, NonNeg, NonNeg, UnitNorm
