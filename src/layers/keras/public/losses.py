"""keras.losses. Any other name is unknown, which is as good."""

from _keras.inert import Inert as Loss
from _keras.inert import deserialize, get, inert_class, serialize

BinaryCrossentropy, CategoricalCrossentropy = inert_class("BinaryCrossentropy"), inert_class("CategoricalCrossentropy")
SparseCategoricalCrossentropy = inert_class("SparseCategoricalCrossentropy")
MeanSquaredError, MeanAbsoluteError, Huber = inert_class("MeanSquaredError"), inert_class("MeanAbsoluteError"), inert_class("Huber")
KLDivergence, CosineSimilarity, Hinge = inert_class("KLDivergence"), inert_class("CosineSimilarity"), inert_class("Hinge")
