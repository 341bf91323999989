"""One model of arrays for NumPy, JAX, TensorFlow, Keras and Theano."""

from _arrays import elementwise, products, shaping
from _arrays.core import *
from _arrays.elementwise import *
from _arrays.shaping import *
from _arrays.products import *
from _arrays.create import *

elementwise.install()
shaping.install()
products.install()
