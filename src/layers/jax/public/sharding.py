"""jax.sharding."""

from _keras.inert import inert_class

Mesh, PartitionSpec, NamedSharding = inert_class("Mesh"), inert_class("PartitionSpec"), inert_class("NamedSharding")
