"""keras.metrics."""

from _keras.inert import Inert as Metric
from _keras.inert import deserialize, get, inert_class, serialize

Mean, Sum, Accuracy, AUC = inert_class("Mean"), inert_class("Sum"), inert_class("Accuracy"), inert_class("AUC")
BinaryAccuracy, CategoricalAccuracy = inert_class("BinaryAccuracy"), inert_class("CategoricalAccuracy")
SparseCategoricalAccuracy, Precision, Recall = inert_class("SparseCategoricalAccuracy"), inert_class("Precision"), inert_class("Recall")
MeanSquaredError, MeanAbsoluteError = inert_class("MeanSquaredError"), inert_class("MeanAbsoluteError")
MeanMetricWrapper, RootMeanSquaredError = inert_class("MeanMetricWrapper"), inert_class("RootMeanSquaredError")
