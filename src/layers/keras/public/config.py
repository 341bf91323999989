"""keras.config."""

from _keras.inert import nothing
from keras.backend import backend, epsilon, floatx, image_data_format, set_floatx, set_image_data_format

set_backend = set_dtype_policy = enable_unsafe_deserialization = disable_interactive_logging = nothing
enable_interactive_logging = disable_traceback_filtering = enable_traceback_filtering = set_epsilon = nothing
enable_flash_attention = nothing
