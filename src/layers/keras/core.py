"""Dense, EinsumDense, Embedding and other layers without a space to slide over."""

import _lens
import _laws
from _arrays.core import Array, dims, open_dims, product, size_of
from _keras import activations, initializers
from _keras.layer import Layer, ShapeLayer, _shape_of, is_shape, map_shapes, tensor_of
from _keras.legacy import takes_keras_1
from _keras.tensors import KerasTensor, Node, Tensor, flatten, map_structure, symbolic
from _keras.openshape import last_of, open_shape
from _keras.state import keras_version


class InputLayer(Layer):
    def __init__(
        self,
        shape=None,
        batch_size=None,
        dtype=None,
        sparse=None,
        batch_shape=None,
        input_tensor=None,
        optional=False,
        name=None,
        input_shape=None,
        batch_input_shape=None,
        **kwargs,
    ):
        if name is None and input_tensor is not None and getattr(input_tensor, "name", None):
            name = input_tensor.name
        super().__init__(name=name)
        shape = input_shape if _lens.certain(shape is None) else shape
        batch_shape = batch_input_shape if _lens.certain(batch_shape is None) else batch_shape
        if input_tensor is not None:
            batch_shape = input_tensor.shape
        if _lens.certain(batch_shape is None):
            sizes = size_of(shape)
            batch_shape = sizes if _lens.is_unknown(sizes) else (batch_size,) + sizes
        self.batch_shape = open_shape(batch_shape)
        self._dtype_name = dtype or "float32"
        out = input_tensor if isinstance(input_tensor, KerasTensor) else symbolic(self.batch_shape, self._dtype_name)
        out.name = self.name
        node = Node(self, [], [out])
        self._inbound_nodes.append(node)
        self.built = True

    def call(self):
        return None

    @property
    def dtype(self):
        return self._dtype_name


def Input(
    shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, name=None, tensor=None, optional=False,
    **kwargs,
):  # fmt: skip
    layer = InputLayer(
        shape=shape, batch_size=batch_size, dtype=dtype, sparse=sparse, batch_shape=batch_shape, name=name,
        input_tensor=tensor,
    )  # fmt: skip
    return layer.output


@takes_keras_1(output_dim="units")
class Dense(ShapeLayer):
    _default_initializers = {"kernel": "glorot_uniform", "bias": "zeros"}

    def __init__(
        self, units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.units = _lens.size(units)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias = None

    def build(self, input_shape):
        self.kernel = self.add_weight(
            name="kernel", shape=(last_of(input_shape), self.units), initializer=self.kernel_initializer
        )
        if self.use_bias:
            self.bias = self.add_weight(name="bias", shape=(self.units,), initializer=self.bias_initializer)
        self.built = True

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return _lens.ending_with(self.units)
        return tuple(input_shape[:-1]) + (self.units,)


def fans_by_axes():
    """In words which Keras is assumed, and whether it counts an einsum's fans by the axes that are summed.

    Keras does so from 3.15.0 on (keras-team/keras#22789); before, every kernel of more than two axes counted as
    a convolution's.
    """
    version, parts = keras_version()
    if version is None:
        return "Keras 3.15 or newer, as nothing says which is installed", True
    return "Keras " + version, parts >= [3, 15]


class EinsumDense(ShapeLayer):
    _default_initializers = {"kernel": "glorot_uniform", "bias": "zeros"}

    def __init__(
        self, equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform",
        bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.equation = equation
        self.partial_output_shape = size_of(output_shape)
        self.activation = activations.get(activation)
        self.bias_axes = bias_axes
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias = None

    def build(self, input_shape):
        term, kernel_term, _ = _einsum_terms(self.equation)
        sizes, output = self._sizes(input_shape)
        shape = tuple([sizes[c] for c in kernel_term])
        initializer = self.kernel_initializer
        version, counts_axes = fans_by_axes()
        if counts_axes and isinstance(initializer, initializers.VarianceScaling) and initializer._axes is None:
            into = [i for i, c in enumerate(kernel_term) if c in term]
            out = [i for i, c in enumerate(kernel_term) if c not in term]
            config = initializer.get_config()
            config["input_axes"], config["output_axes"] = into, out
            initializer = type(initializer).from_config(config)
        self.kernel = self.add_weight(name="kernel", shape=shape, initializer=initializer)
        self.kernel.by_version = version
        if self.bias_axes is not None:
            bias = _bias_shape(self.equation, self.bias_axes, sizes)
            self.bias = self.add_weight(name="bias", shape=bias, initializer=self.bias_initializer)
        self.built = True

    def _sizes(self, input_shape):
        """Size of each letter, and the output's shape."""
        term, kernel_term, output_term = _einsum_terms(self.equation)
        sizes = {}
        if _lens.is_unknown(input_shape):
            hidden = [_lens.unknown("input shape") for _ in term]
            input_shape = tuple(hidden[:-1]) + (last_of(input_shape),)
        unknown = False
        rest = ()
        if "..." in self.equation:
            right = self.equation.replace(" ", "").split(",")[0].startswith("...")
            count = len(term)
            if unknown:
                pairs = [(c, input_shape) for c in term]
            elif right:
                pairs = list(zip(term, input_shape[len(input_shape) - count :]))
                rest = tuple(input_shape[: len(input_shape) - count])
            else:
                pairs = list(zip(term, input_shape))
                rest = tuple(input_shape[count:])
        else:
            right = False
            pairs = [(c, _lens.unknown("input shape") if unknown else input_shape[i]) for i, c in enumerate(term)]
        for letter, size in pairs:
            sizes[letter] = size
        named = self.partial_output_shape
        letters = output_term if "..." in self.equation else output_term[1:]
        letters = letters[len(letters) - len(named) :]
        for letter, size in zip(letters, named):
            if not _lens.certain(size is None):
                sizes[letter] = size
            elif letter not in sizes:
                sizes[letter] = None
        output = tuple([sizes[c] for c in output_term])
        if "..." in self.equation:
            output = rest + output if right else output + rest
        elif len(named) == len(output) - 1:
            output = output[:1] + tuple(named)
        return sizes, output

    def compute_output_shape(self, input_shape):
        output = self._sizes(input_shape)[1]
        return _lens.ending_with(output[-1]) if _lens.is_unknown(input_shape) else output


def _einsum_terms(equation):
    """Letters of the input, the kernel and the output."""
    left, _, output = equation.replace(" ", "").partition("->")
    term, _, kernel = left.partition(",")
    return term.replace("...", ""), kernel.replace("...", ""), output.replace("...", "")


def _bias_shape(equation, bias_axes, sizes):
    output = equation.replace(" ", "").partition("->")[2].replace("...", "")
    first = min([output.find(c) for c in bias_axes])
    return tuple([sizes[c] if c in bias_axes else 1 for c in output[first:]])


@takes_keras_1(init="embeddings_initializer")
class Embedding(ShapeLayer):
    _default_initializers = {"embeddings": "uniform"}

    def __init__(self, input_dim, output_dim, embeddings_initializer="uniform", mask_zero=False, **kwargs):
        length = kwargs.get("input_length")
        super().__init__(**kwargs)
        self.input_dim, self.output_dim = _lens.size(input_dim), _lens.size(output_dim)
        self.mask_zero = mask_zero
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        if _lens.is_unknown(length) or (length is not None and self._input_shape_arg is None):
            self._input_shape_arg = (length,)

    def build(self, input_shape=None):
        self.embeddings = self.add_weight(
            name="embeddings", shape=(self.input_dim, self.output_dim), initializer=self.embeddings_initializer
        )
        self.built = True

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return _lens.ending_with(self.output_dim)
        return tuple(input_shape) + (self.output_dim,)


class ReversibleEmbedding(Embedding):
    def __init__(self, input_dim, output_dim, tie_weights=True, embeddings_initializer="uniform", **kwargs):
        self._tie = tie_weights
        super().__init__(input_dim, output_dim, embeddings_initializer, **kwargs)
        self.tie_weights = tie_weights

    def build(self, input_shape=None):
        super().build(input_shape)
        if not self._tie:
            self.reverse_embeddings = self.add_weight(
                name="reverse_embeddings", shape=(self.output_dim, self.input_dim),
                initializer=self.embeddings_initializer,
            )  # fmt: skip


class Activation(ShapeLayer):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.activation = activations.get(activation)
        self.built = True


class Identity(ShapeLayer):
    pass


class Masking(ShapeLayer):
    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.mask_value = mask_value


class Lambda(Layer):
    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}
        self._given_shape = output_shape

    def call(self, inputs, mask=None, training=None):
        out = self.function(inputs, **self.arguments)
        if not isinstance(out, Array) and self._given_shape is not None and not callable(self._given_shape):
            lead = dims(flatten(inputs)[0])[:1]
            return Tensor._result([], lead + size_of(self._given_shape), "float32", None, None)
        return out


class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape=None):
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True
        self.built = True


class TimeDistributed(Wrapper):
    """The same layer at each step: its shapes are those of one step."""

    def _inner(self, input_shape):
        if _lens.is_unknown(input_shape):
            return _lens.ending_with(last_of(input_shape))
        return tuple(input_shape[:1]) + tuple(input_shape[2:])

    def build(self, input_shape):
        # A layer without `build` of its own (a model) is built by tracing it on one step.
        if not self.layer.built and not self.layer._has_own("build"):
            with self.layer._open_name_scope():
                self.layer._trace([symbolic(self._inner(input_shape))], {})
        super().build(self._inner(input_shape))

    def call(self, inputs, training=None, mask=None):
        return tensor_of(self.compute_output_shape(_shape_of(inputs)))

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            inner = self.layer.compute_output_shape(input_shape)
            return inner if _lens.is_unknown(inner) else _lens.ending_with(inner[-1])
        inner = self.layer.compute_output_shape(self._inner(input_shape))
        if _lens.is_unknown(inner):
            return inner
        return (inner[0], input_shape[1]) + tuple(inner[1:])


class SpectralNormalization(Wrapper):
    _default_initializers = {"vector_u": "truncated_normal"}

    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        self.power_iterations = power_iterations

    def build(self, input_shape):
        super().build(input_shape)
        self.kernel = self.layer.kernel if hasattr(self.layer, "kernel") else self.layer.embeddings
        self.vector_u = self.add_weight(
            shape=(1, self.kernel.shape[-1]), initializer=initializers.TruncatedNormal(stddev=0.02),
            trainable=False, name="vector_u",
        )  # fmt: skip
        self.vector_u.default_law = self.vector_u.law

    def call(self, inputs, training=False):
        return self.layer(inputs)

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)
