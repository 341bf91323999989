"""tf.io: nothing of it makes a weight; its names are unknown."""
