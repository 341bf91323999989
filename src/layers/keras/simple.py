"""Layers that keep the shape: activations, noise, dropout; and preprocessing."""

import _lens
from _arrays.core import size_of
from _keras import initializers
from _keras.layer import Layer, ShapeLayer, _shape_of, map_shapes
from _keras.legacy import takes_keras_1
from _keras.spatial import split_shape
from _keras.state import session
from _keras.tensors import Tensor
from _keras.openshape import last_of


class ReLU(ShapeLayer):
    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        self.max_value, self.negative_slope, self.threshold = max_value, negative_slope, threshold
        self.built = True


class LeakyReLU(ShapeLayer):
    def __init__(self, negative_slope=0.3, **kwargs):
        alpha = kwargs.pop("alpha", None)  # its name in Keras 2
        super().__init__(**kwargs)
        self.negative_slope = negative_slope if alpha is None else alpha
        self.built = True


class ELU(ShapeLayer):
    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha
        self.built = True


class Softmax(ShapeLayer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis
        self.built = True


class ThresholdedReLU(ELU):
    pass


class PReLU(ShapeLayer):
    _default_initializers = {"alpha": "zeros"}

    def __init__(self, alpha_initializer="Zeros", shared_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.alpha_initializer = initializers.get(alpha_initializer)
        if shared_axes is not None and not isinstance(shared_axes, (list, tuple)):
            shared_axes = [shared_axes]
        self.shared_axes = shared_axes

    def build(self, input_shape):
        if _lens.is_unknown(input_shape):
            shape = (_lens.unknown("input shape"),)
        else:
            shape = list(input_shape[1:])
            for axis in self.shared_axes or []:
                shape[axis - 1] = 1
        self.alpha = self.add_weight(shape=shape, name="alpha", initializer=self.alpha_initializer)
        self.built = True


@takes_keras_1(p="rate")
class _Rate(ShapeLayer):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate, self.noise_shape, self.seed = rate, noise_shape, seed
        self.built = True


class Dropout(_Rate):
    pass


class AlphaDropout(_Rate):
    pass


class GaussianDropout(_Rate):
    pass


class SpatialDropout1D(_Rate):
    pass


class SpatialDropout2D(_Rate):
    pass


class SpatialDropout3D(_Rate):
    pass


@takes_keras_1(sigma="stddev")
class GaussianNoise(ShapeLayer):
    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev
        self.built = True


class ActivityRegularization(ShapeLayer):
    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(**kwargs)


class _Image(ShapeLayer):
    """Preprocessing of images that keeps their size."""

    def __init__(self, *args, **kwargs):
        known = ("name", "input_shape", "batch_input_shape", "trainable", "dtype")
        super().__init__(**{k: v for k, v in kwargs.items() if k in known})
        self.built = True


def _image(name):
    return type(name, (_Image,), {})


Rescaling = _image("Rescaling")
RandomFlip, RandomRotation, RandomZoom = _image("RandomFlip"), _image("RandomRotation"), _image("RandomZoom")
RandomTranslation, RandomContrast = _image("RandomTranslation"), _image("RandomContrast")
RandomBrightness, RandomHue, RandomSaturation = _image("RandomBrightness"), _image("RandomHue"), _image("RandomSaturation")
RandomGrayscale, RandomShear, RandomErasing = _image("RandomGrayscale"), _image("RandomShear"), _image("RandomErasing")
RandomInvert, RandomSharpness, RandAugment = _image("RandomInvert"), _image("RandomSharpness"), _image("RandAugment")
RandomGaussianBlur, RandomPerspective = _image("RandomGaussianBlur"), _image("RandomPerspective")
RandomColorJitter, RandomColorDegeneration = _image("RandomColorJitter"), _image("RandomColorDegeneration")
RandomPosterization, RandomElasticTransform = _image("RandomPosterization"), _image("RandomElasticTransform")
Solarization, Equalization, AutoContrast = _image("Solarization"), _image("Equalization"), _image("AutoContrast")
AugMix, CutMix, MixUp = _image("AugMix"), _image("CutMix"), _image("MixUp")


class _Sized(ShapeLayer):
    """Preprocessing that gives images of a set size."""

    def __init__(self, height, width, *args, data_format=None, **kwargs):
        known = ("name", "input_shape", "trainable", "dtype")
        super().__init__(**{k: v for k, v in kwargs.items() if k in known})
        self.height, self.width = height, width
        self.data_format = data_format or session.image_data_format
        self.built = True

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return (None, self.height, self.width, _lens.unknown("channels"))
        if self.data_format == "channels_first":
            return tuple(input_shape[:-2]) + (self.height, self.width)
        return tuple(input_shape[:-3]) + (self.height, self.width, input_shape[-1])


class Resizing(_Sized):
    pass


class CenterCrop(_Sized):
    pass


class RandomCrop(_Sized):
    pass


class CategoryEncoding(ShapeLayer):
    def __init__(self, num_tokens=None, output_mode="multi_hot", sparse=False, **kwargs):
        super().__init__(**kwargs)
        self.num_tokens = kwargs.get("max_tokens", num_tokens)
        self.output_mode = output_mode

    def compute_output_shape(self, input_shape):
        if self.output_mode == "one_hot" and not _lens.is_unknown(input_shape) and input_shape[-1:] != (1,):
            return tuple(input_shape) + (self.num_tokens,)
        lead = (None,) if _lens.is_unknown(input_shape) else tuple(input_shape[:-1]) or (None,)
        return lead + (self.num_tokens,)


class _Lookup(ShapeLayer):
    """Text and category look-ups. What a vocabulary read from data holds nobody knows."""

    def __init__(self, max_tokens=None, *args, output_mode="int", output_sequence_length=None, **kwargs):
        super().__init__(name=kwargs.get("name"))
        self.max_tokens, self.output_mode = max_tokens, output_mode
        self.output_sequence_length = output_sequence_length
        self._vocabulary = kwargs.get("vocabulary")
        self.built = True

    def adapt(self, *args, **kwargs):
        return None

    def set_vocabulary(self, vocabulary, *args, **kwargs):
        self._vocabulary = vocabulary

    def get_vocabulary(self, *args, **kwargs):
        return _lens.unknown("a vocabulary read from data")

    def vocabulary_size(self):
        return _lens.unknown("size of a vocabulary read from data")

    vocab_size = vocabulary_size

    def __call__(self, inputs, *args, **kwargs):
        if isinstance(inputs, str) or isinstance(inputs, (list, tuple)):
            return _lens.unknown("tokens of a text")
        return super().__call__(inputs, *args, **kwargs)

    def compute_output_shape(self, input_shape):
        if self.output_mode == "int":
            if self.output_sequence_length is not None or type(self).__name__ == "TextVectorization":
                lead = (None,) if _lens.is_unknown(input_shape) else tuple(input_shape[:1])
                return lead + (self.output_sequence_length,)
            return input_shape
        size = self.max_tokens if self.max_tokens is not None else _lens.unknown("size of a vocabulary")
        lead = (None,) if _lens.is_unknown(input_shape) else tuple(input_shape[:1])
        return lead + (size,)


TextVectorization = type("TextVectorization", (_Lookup,), {})
StringLookup, IntegerLookup = type("StringLookup", (_Lookup,), {}), type("IntegerLookup", (_Lookup,), {})


class _Binned(ShapeLayer):
    def __init__(self, num_bins=None, *args, output_mode="int", **kwargs):
        super().__init__(name=kwargs.get("name"))
        self.num_bins, self.output_mode = num_bins, output_mode

    def adapt(self, *args, **kwargs):
        return None

    def compute_output_shape(self, input_shape):
        if self.output_mode == "int":
            return input_shape
        return tuple(input_shape[:1]) + (self.num_bins,)


Hashing, HashedCrossing = type("Hashing", (_Binned,), {}), type("HashedCrossing", (_Binned,), {})
Discretization = type("Discretization", (_Binned,), {})
