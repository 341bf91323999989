"""One layer, 64 inputs and 32 outputs, in NumPy: the usual ways to draw its weights."""

import numpy as np

F_in, F_out = 64, 32
C = 0.1

# All the same: every unit learns the same.
W_zeros = np.zeros((F_in, F_out))
W_ones = np.ones((F_in, F_out))
W_constant = np.ones((64, 32)) * C

# A fixed width, whatever the layer.
W_uniform = np.random.uniform(-0.05, 0.05, size=(F_in, F_out))
W_normal = np.random.normal(loc=0.0, scale=0.05, size=(F_in, F_out))

# LeCun: variance 1 / F_in.
limit = np.sqrt(3 / float(F_in))
W_lecun_uniform = np.random.uniform(-limit, limit, size=(F_in, F_out))
W_lecun_normal = np.random.normal(0.0, np.sqrt(1 / float(F_in)), size=(F_in, F_out))

# Glorot, also called Xavier: variance 2 / (F_in + F_out).
limit = np.sqrt(6 / float(F_in + F_out))
W_glorot_uniform = np.random.uniform(low=-limit, high=limit, size=(F_in, F_out))
W_glorot_normal = np.random.normal(0.0, np.sqrt(2 / float(F_in + F_out)), size=(F_in, F_out))

# He, also called Kaiming: variance 2 / F_in, for ReLU.
limit = np.sqrt(6 / float(F_in))
W_he_uniform = np.random.uniform(-limit, limit, size=(F_in, F_out))
W_he_normal = np.random.normal(0.0, np.sqrt(2 / float(F_in)), size=(F_in, F_out))
