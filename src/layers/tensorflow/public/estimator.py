"""tf.estimator."""

from _keras.inert import inert_class

Estimator, EstimatorSpec, RunConfig = inert_class("Estimator"), inert_class("EstimatorSpec"), inert_class("RunConfig")


class ModeKeys:
    TRAIN, EVAL, PREDICT = "train", "eval", "infer"
