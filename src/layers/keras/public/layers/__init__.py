"""keras.layers."""

from _keras.activations import serialize, deserialize
from _keras.attention import AdditiveAttention, Attention, GroupedQueryAttention, GroupQueryAttention, MultiHeadAttention
from _keras.conv import (
    AtrousConvolution1D, AtrousConvolution2D, Conv1D, Conv1DTranspose, Conv2D, Conv2DTranspose, Conv3D, Conv3DTranspose, Convolution1D,
    Convolution1DTranspose, Convolution2D, Convolution2DTranspose, Convolution3D, Convolution3DTranspose,
    Deconvolution2D, Deconvolution3D, DepthwiseConv1D, DepthwiseConv2D, SeparableConv1D, SeparableConv2D,
    SeparableConvolution1D, SeparableConvolution2D,
)  # fmt: skip
from _keras.core import (
    Activation, Dense, EinsumDense, Embedding, Identity, Input, InputLayer, Lambda, Masking, ReversibleEmbedding,
    SpectralNormalization, TimeDistributed, Wrapper,
)  # fmt: skip
from _keras.layer import InputSpec, Layer
from _keras.merge import (
    Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract, add, average, concatenate, dot, maximum,
    merge, minimum, multiply, subtract,
)  # fmt: skip
from _keras.norm import (
    BatchNormalization, GroupNormalization, LayerNormalization, Normalization, RMSNormalization,
    SyncBatchNormalization, UnitNormalization,
)  # fmt: skip
from _keras.pool import (
    AdaptiveAveragePooling1D, AdaptiveAveragePooling2D, AdaptiveAveragePooling3D, AdaptiveMaxPooling1D,
    AdaptiveMaxPooling2D, AdaptiveMaxPooling3D, AveragePooling1D, AveragePooling2D, AveragePooling3D, AvgPool1D,
    AvgPool2D, AvgPool3D, GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D, GlobalAvgPool1D,
    GlobalAvgPool2D, GlobalAvgPool3D, GlobalMaxPool1D, GlobalMaxPool2D, GlobalMaxPool3D, GlobalMaxPooling1D,
    GlobalMaxPooling2D, GlobalMaxPooling3D, MaxPool1D, MaxPool2D, MaxPool3D, MaxPooling1D, MaxPooling2D,
    MaxPooling3D,
)  # fmt: skip
from _keras.reshape import (
    Cropping1D, Cropping2D, Cropping3D, Flatten, Permute, RepeatVector, Reshape, UpSampling1D, UpSampling2D,
    UpSampling3D, ZeroPadding1D, ZeroPadding2D, ZeroPadding3D,
)  # fmt: skip
from _keras.rnn import (
    GRU, LSTM, RNN, Bidirectional, ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, CuDNNGRU, CuDNNLSTM, GRUCell, LSTMCell,
    SimpleRNN, SimpleRNNCell, StackedRNNCells,
)  # fmt: skip
from _keras.simple import (
    ELU, ActivityRegularization, AlphaDropout, AugMix, AutoContrast, CategoryEncoding, CenterCrop, CutMix,
    Discretization, Dropout, Equalization, GaussianDropout, GaussianNoise, HashedCrossing, Hashing, IntegerLookup,
    LeakyReLU, MixUp, PReLU, RandAugment, RandomBrightness, RandomColorDegeneration, RandomColorJitter,
    RandomContrast, RandomCrop, RandomElasticTransform, RandomErasing, RandomFlip, RandomGaussianBlur,
    RandomGrayscale, RandomHue, RandomInvert, RandomPerspective, RandomPosterization, RandomRotation,
    RandomSaturation, RandomSharpness, RandomShear, RandomTranslation, RandomZoom, ReLU, Rescaling, Resizing,
    Softmax, Solarization, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D, StringLookup, TextVectorization,
    ThresholdedReLU,
)  # fmt: skip
from keras.layers import experimental
from keras import backend as K  # Keras 2 hands it on to whoever imports everything
