"""tf.saved_model: nothing of it makes a weight; its names are unknown."""
