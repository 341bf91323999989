"""keras.optimizers.schedules."""

from _keras.inert import Inert as LearningRateSchedule
from _keras.inert import inert_class

ExponentialDecay, PiecewiseConstantDecay = inert_class("ExponentialDecay"), inert_class("PiecewiseConstantDecay")
PolynomialDecay, InverseTimeDecay = inert_class("PolynomialDecay"), inert_class("InverseTimeDecay")
CosineDecay, CosineDecayRestarts = inert_class("CosineDecay"), inert_class("CosineDecayRestarts")
