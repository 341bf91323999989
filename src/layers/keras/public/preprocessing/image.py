"""keras.preprocessing.image."""

from _keras.inert import inert_class
from keras.utils import array_to_img, img_to_array, load_img, save_img

ImageDataGenerator = inert_class("ImageDataGenerator")
