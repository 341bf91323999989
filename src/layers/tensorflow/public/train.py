"""tf.train: what trains changes no first draw."""

from _keras.inert import inert_class, nothing

AdamOptimizer, GradientDescentOptimizer = inert_class("AdamOptimizer"), inert_class("GradientDescentOptimizer")
RMSPropOptimizer, MomentumOptimizer = inert_class("RMSPropOptimizer"), inert_class("MomentumOptimizer")
AdagradOptimizer, AdadeltaOptimizer = inert_class("AdagradOptimizer"), inert_class("AdadeltaOptimizer")
Saver, Checkpoint, Coordinator = inert_class("Saver"), inert_class("Checkpoint"), inert_class("Coordinator")
CheckpointManager, Example, Feature = inert_class("CheckpointManager"), inert_class("Example"), inert_class("Feature")
get_global_step = get_or_create_global_step = exponential_decay = start_queue_runners = nothing
