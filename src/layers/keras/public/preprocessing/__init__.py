"""keras.preprocessing."""

from keras.preprocessing import image, sequence, text
from keras.utils import get_file as image_dataset_from_directory
from keras.utils import get_file as text_dataset_from_directory
from keras.utils import get_file as timeseries_dataset_from_array
