"""flax.nnx.metrics."""

from _keras.inert import inert_class

Average, Accuracy, Welford = inert_class("Average"), inert_class("Accuracy"), inert_class("Welford")
