"""keras.optimizers.legacy."""

from _keras.inert import Inert as Optimizer
from _keras.inert import inert_class

SGD, Adam, RMSprop, Adagrad = inert_class("SGD"), inert_class("Adam"), inert_class("RMSprop"), inert_class("Adagrad")
Adadelta, Adamax, Nadam, Ftrl = inert_class("Adadelta"), inert_class("Adamax"), inert_class("Nadam"), inert_class("Ftrl")
