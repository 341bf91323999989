"""Recurrent cells and layers, and the wrappers around them."""

import _lens
import _laws
from _arrays.core import close_dims, open_dims
from _keras import activations, initializers
from _keras.layer import Layer, ShapeLayer, _shape_of
from _keras.legacy import takes_keras_1
from _keras.spatial import conv_size, tuple_of, window_of
from _keras.state import session
from _keras.tensors import Tensor, flatten
from _keras.openshape import last_of


class _Cell(ShapeLayer):
    """`gates` blocks of `units` side by side in each weight."""

    gates = 1
    _default_initializers = {"kernel": "glorot_uniform", "recurrent_kernel": "orthogonal", "bias": "zeros"}

    def __init__(
        self, units, use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
        bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.units = units = _lens.size(units)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.recurrent_initializer = initializers.get(recurrent_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias = None
        self.state_size = units
        self.output_size = units

    def build(self, input_shape):
        wide = self.gates * self.units
        last = last_of(input_shape)
        self.kernel = self.add_weight(shape=(last, wide), name="kernel", initializer=self.kernel_initializer)
        self.recurrent_kernel = self.add_weight(
            shape=(self.units, wide), name="recurrent_kernel", initializer=self.recurrent_initializer
        )
        if self.use_bias:
            self.bias = self._add_bias(wide)
        self.built = True

    def _add_bias(self, wide):
        return self.add_weight(shape=(wide,), name="bias", initializer=self.bias_initializer)

    def call(self, inputs, states=None, training=None):
        out = self.compute_output_shape(inputs.shape)
        output = Tensor._result([inputs], open_dims(out), inputs._dtype, None, None)
        return output, [output] * (2 if isinstance(self.state_size, list) else 1)

    def compute_output_shape(self, input_shape):
        return (None if _lens.is_unknown(input_shape) else input_shape[0], self.units)

    def get_initial_state(self, batch_size=None, *args, **kwargs):
        return [Tensor._result([], (batch_size, self.units), "float32", None, None)]


class SimpleRNNCell(_Cell):
    def __init__(
        self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(units, use_bias, kernel_initializer, recurrent_initializer, bias_initializer, **kwargs)
        self.activation = activations.get(activation)


def _forget_bias(cell, units):
    """Input gate's bias, ones for the forget gate, then the two others."""
    first, one = cell.bias_initializer((units,)), initializers.Ones()((units,))
    return _laws.segments([first.law, one.law, first.law, first.law])


class LSTMCell(_Cell):
    gates = 4

    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        unit_forget_bias=True, **kwargs,
    ):  # fmt: skip
        super().__init__(units, use_bias, kernel_initializer, recurrent_initializer, bias_initializer, **kwargs)
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.unit_forget_bias = unit_forget_bias
        self.state_size = [units, units]

    def _add_bias(self, wide):
        bias = super()._add_bias(wide)
        usual = initializers.Zeros()((self.units,)).law
        bias.default_law = _laws.segments([usual, initializers.Ones()((self.units,)).law, usual, usual])
        if self.unit_forget_bias:
            bias.law = _forget_bias(self, self.units)
        return bias


class GRUCell(_Cell):
    gates = 3

    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        reset_after=True, **kwargs,
    ):  # fmt: skip
        super().__init__(units, use_bias, kernel_initializer, recurrent_initializer, bias_initializer, **kwargs)
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.reset_after = reset_after

    def _add_bias(self, wide):
        shape = (2, wide) if self.reset_after else (wide,)
        return self.add_weight(shape=shape, name="bias", initializer=self.bias_initializer)


class StackedRNNCells(Layer):
    _own_build = True

    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        self.cells = list(cells)

    @property
    def state_size(self):
        return [c.state_size for c in self.cells]

    @property
    def output_size(self):
        return _output_size(self.cells[-1])

    def build(self, input_shape):
        for cell in self.cells:
            if not cell.built:
                cell.build(input_shape)
                cell.built = True
            input_shape = (None, _output_size(cell))
        self.built = True

    def call(self, inputs, states=None, training=None):
        out = Tensor._result([inputs], open_dims((inputs.shape[0], self.output_size)), inputs._dtype, None, None)
        return out, [out]


def _output_size(cell):
    size = getattr(cell, "output_size", None)
    if size is None:
        size = cell.state_size[0] if isinstance(cell.state_size, (list, tuple)) else cell.state_size
    return size


def _state_sizes(cell):
    sizes = cell.state_size
    return list(sizes) if isinstance(sizes, (list, tuple)) else [sizes]


class RNN(Layer):
    _own_build = True

    def __init__(
        self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False,
        zero_output_for_mask=False, **kwargs,
    ):  # fmt: skip
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        super().__init__(**kwargs)
        self.cell = cell
        self.return_sequences, self.return_state = return_sequences, return_state
        self.go_backwards, self.stateful, self.unroll = go_backwards, stateful, unroll
        self.zero_output_for_mask = zero_output_for_mask

    def build(self, sequences_shape, initial_state_shape=None):
        if isinstance(self.cell, Layer) and not self.cell.built:
            if _lens.is_unknown(sequences_shape):
                step = (None, last_of(sequences_shape))
            else:
                step = (sequences_shape[0],) + tuple(sequences_shape[2:])
            self.cell.build(step)
            self.cell.built = True
        self.built = True

    def call(self, sequences, initial_state=None, mask=None, training=False, **kwargs):
        shapes = self.compute_output_shape(_shape_of(sequences))
        dtype = flatten(sequences)[0]._dtype
        if self.return_state:
            return tuple([Tensor._result([], open_dims(s), dtype, None, None) for s in shapes])
        return Tensor._result([], open_dims(shapes), dtype, None, None)

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        batch, steps = None, None
        if isinstance(sequences_shape, list):
            sequences_shape = sequences_shape[0]
        if not _lens.is_unknown(sequences_shape):
            batch, steps = sequences_shape[0], sequences_shape[1]
        size = _output_size(self.cell)
        out = (batch, steps, size) if self.return_sequences else (batch, size)
        if self.return_state:
            return (out,) + tuple([(batch, s) for s in _state_sizes(self.cell)])
        return out

    def reset_states(self, *args, **kwargs):
        return None

    reset_state = reset_states

    def __call__(self, sequences, initial_state=None, **kwargs):
        kwargs.pop("mask", None)
        if self._symbolic_state(initial_state):
            kwargs["initial_state"] = initial_state
        return super().__call__(sequences, **kwargs)

    def _symbolic_state(self, initial_state):
        return initial_state is not None


@takes_keras_1(output_dim="units", forget_bias_init="_forget_bias_init")
class _RecurrentLayer(RNN):
    """A layer around one kind of cell: weights sit in the cell."""

    cell_class = SimpleRNNCell
    cell_name = "simple_rnn_cell"
    _for_layer = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll")

    def __init__(self, units, *args, **kwargs):
        own = {k: kwargs.pop(k) for k in self._for_layer if k in kwargs}
        general = ("name", "input_shape", "input_dim", "input_length", "batch_input_shape", "weights", "trainable")
        own.update({k: kwargs.pop(k) for k in general if k in kwargs})
        cell = self.cell_class(units, *args, name=self.cell_name, **kwargs)
        super().__init__(cell, **own)

    units = property(lambda self: self.cell.units)
    activation = property(lambda self: self.cell.activation)
    recurrent_activation = property(lambda self: self.cell.recurrent_activation)
    use_bias = property(lambda self: self.cell.use_bias)
    kernel_initializer = property(lambda self: self.cell.kernel_initializer)
    recurrent_initializer = property(lambda self: self.cell.recurrent_initializer)
    bias_initializer = property(lambda self: self.cell.bias_initializer)


class SimpleRNN(_RecurrentLayer):
    pass


class LSTM(_RecurrentLayer):
    cell_class = LSTMCell
    cell_name = "lstm_cell"


class GRU(_RecurrentLayer):
    cell_class = GRUCell
    cell_name = "gru_cell"


CuDNNLSTM, CuDNNGRU = LSTM, GRU


class ConvLSTMCell(LSTMCell):
    def __init__(
        self, rank, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, **kwargs
    ):
        super().__init__(filters, **kwargs)
        self.rank, self.filters = rank, filters
        self.kernel_size = window_of(kernel_size, rank)
        self.strides = tuple_of(strides, rank)
        self.padding = padding.lower()
        self.data_format = data_format or session.image_data_format
        self.dilation_rate = tuple_of(dilation_rate, rank)

    def build(self, input_shape):
        wide = 4 * self.filters
        axis = 1 if self.data_format == "channels_first" else -1
        channels = last_of(input_shape) if _lens.is_unknown(input_shape) else input_shape[axis]
        self.kernel = self.add_weight(
            shape=self.kernel_size + (channels, wide), name="kernel", initializer=self.kernel_initializer
        )
        self.recurrent_kernel = self.add_weight(
            shape=self.kernel_size + (self.filters, wide), name="recurrent_kernel",
            initializer=self.recurrent_initializer,
        )  # fmt: skip
        if self.use_bias:
            self.bias = self._add_bias(wide)
        self.built = True


class _ConvLSTM(RNN):
    rank = 2

    def __init__(self, filters, kernel_size, *args, **kwargs):
        own = {k: kwargs.pop(k) for k in _RecurrentLayer._for_layer if k in kwargs}
        general = ("name", "input_shape", "batch_input_shape", "weights", "trainable")
        own.update({k: kwargs.pop(k) for k in general if k in kwargs})
        cell = ConvLSTMCell(self.rank, filters, kernel_size, *args, name="conv_lstm_cell", **kwargs)
        super().__init__(cell, **own)

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        if _lens.is_unknown(sequences_shape):
            return _lens.unknown("shape after an unknown one")
        cell, shape = self.cell, tuple(sequences_shape)
        first = cell.data_format == "channels_first"
        sizes = shape[3:] if first else shape[2:-1]
        rows = zip(sizes, cell.kernel_size, cell.strides, cell.dilation_rate)
        sizes = tuple([conv_size(n, k, s, cell.padding, d) for n, k, s, d in rows])
        step = (cell.filters,) + sizes if first else sizes + (cell.filters,)
        out = shape[:2] + step if self.return_sequences else shape[:1] + step
        if self.return_state:
            return (out, shape[:1] + step, shape[:1] + step)
        return out


class ConvLSTM1D(_ConvLSTM):
    rank = 1


class ConvLSTM2D(_ConvLSTM):
    rank = 2


class ConvLSTM3D(_ConvLSTM):
    rank = 3


def _without(name, prefix):
    return name[len(prefix) :] if name.startswith(prefix) else name


class Bidirectional(Layer):
    _own_build = True

    def __init__(self, layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs):
        super().__init__(**kwargs)
        self.forward_layer = layer._copy(name="forward_" + _without(layer.name, "forward_"))
        if backward_layer is None:
            name = "backward_" + _without(layer.name, "backward_")
            self.backward_layer = layer._copy(name=name, go_backwards=True)
        else:
            self.backward_layer = backward_layer
        for copy in (self.forward_layer, self.backward_layer):
            if copy is not backward_layer:
                copy._move_site(layer._site)
        if layer._input_shape_arg is not None:
            self._input_shape_arg = layer._input_shape_arg
        self.merge_mode = merge_mode
        self.return_sequences, self.return_state = layer.return_sequences, layer.return_state

    @property
    def layer(self):
        return self.forward_layer

    def build(self, sequences_shape, initial_state_shape=None):
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                layer.build(sequences_shape)
        self.built = True

    def call(self, sequences, initial_state=None, mask=None, training=None):
        shape = self.compute_output_shape(_shape_of(sequences))
        dtype = flatten(sequences)[0]._dtype
        if self.return_state or self.merge_mode is None:
            return tuple([Tensor._result([], open_dims(s), dtype, None, None) for s in shape])
        return Tensor._result([], open_dims(shape), dtype, None, None)

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        out, states = self.forward_layer.compute_output_shape(sequences_shape), ()
        if self.return_state:
            out, states = out[0], tuple(out[1:])
        if self.merge_mode == "concat":
            outs = (tuple(out[:-1]) + (out[-1] * 2,),)
        elif self.merge_mode is None:
            outs = (out, out)
        else:
            outs = (out,)
        if self.return_state:
            return outs + states + states
        return outs if self.merge_mode is None else outs[0]

    def reset_states(self, *args, **kwargs):
        return None
