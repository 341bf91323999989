"""jax.core."""

from _keras.inert import inert_class

Tracer, Jaxpr = inert_class("Tracer"), inert_class("Jaxpr")
