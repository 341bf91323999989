"""keras.regularizers."""

from _keras.inert import Inert as Regularizer
from _keras.inert import deserialize, get, inert_class, serialize

L1, L2, L1L2 = inert_class("L1"), inert_class("L2"), inert_class("L1L2")
l1, l2, l1_l2, OrthogonalRegularizer = L1, L2, L1L2, inert_class("OrthogonalRegularizer")
orthogonal_regularizer = OrthogonalRegularizer
