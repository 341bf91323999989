"""keras.wrappers."""

from _keras.inert import inert_class

KerasClassifier, KerasRegressor = inert_class("KerasClassifier"), inert_class("KerasRegressor")
SKLearnClassifier, SKLearnRegressor = inert_class("SKLearnClassifier"), inert_class("SKLearnRegressor")
