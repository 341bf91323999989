"""tf.logging."""

from _keras.inert import nothing as debug
from _keras.inert import nothing as error
from _keras.inert import nothing as info
from _keras.inert import nothing as set_verbosity
from _keras.inert import nothing as warn
from _keras.inert import nothing as warning

DEBUG, INFO, WARN, WARNING, ERROR, FATAL = 10, 20, 30, 30, 40, 50
