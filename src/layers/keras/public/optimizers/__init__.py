"""keras.optimizers. They act after the first draw."""

from _keras.inert import Inert as Optimizer
from _keras.inert import deserialize, get, inert_class, serialize
from keras.optimizers import legacy, schedules

SGD, Adam, AdamW, RMSprop = inert_class("SGD"), inert_class("Adam"), inert_class("AdamW"), inert_class("RMSprop")
Adagrad, Adadelta, Adamax = inert_class("Adagrad"), inert_class("Adadelta"), inert_class("Adamax")
Nadam, Ftrl, Lion, Lamb = inert_class("Nadam"), inert_class("Ftrl"), inert_class("Lion"), inert_class("Lamb")
Adafactor, LossScaleOptimizer, Muon = inert_class("Adafactor"), inert_class("LossScaleOptimizer"), inert_class("Muon")
sgd, adam, rmsprop, adagrad, adadelta, adamax, nadam = SGD, Adam, RMSprop, Adagrad, Adadelta, Adamax, Nadam
