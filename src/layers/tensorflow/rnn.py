"""tf.nn.rnn_cell and the functions that run its cells."""

import _lens
from _arrays.core import as_array, dims, make, resized
from _keras.layer import Layer
from _keras.state import name_scope
from _tensorflow.tensors import get_variable, variable_scope


class _Cell:
    _scope = "basic_rnn_cell"
    _gates = 1

    def __init__(self, num_units, *args, **kwargs):
        self.num_units = num_units
        self._made = False
        self._site = _lens.site()

    @property
    def output_size(self):
        return self.num_units

    @property
    def state_size(self):
        return self.num_units

    def _weights(self, into):
        wide = self._gates * self.num_units
        self._pair("", into + self.num_units, wide, 0.0)

    def _pair(self, prefix, rows, columns, bias):
        self._named_pair(prefix + "kernel", prefix + "bias", rows, columns, bias)

    def _named_pair(self, kernel_name, bias_name, rows, columns, bias):
        made = [get_variable(kernel_name, (rows, columns))]
        made.append(get_variable(bias_name, (columns,), initializer=_constant(bias)))
        for variable in made:
            variable.site = self._site

    def build_for(self, into):
        if not self._made:
            with variable_scope(self._scope):
                self._weights(into)
            self._made = True

    def zero_state(self, batch_size, dtype="float32"):
        return _lens.unknown("a state")

    def __call__(self, inputs, state=None, *args, **kwargs):
        self.build_for(_last(inputs))
        out = _with_last(inputs, self.num_units)
        return out, out


def _constant(value):
    from _tensorflow.initializers import constant_initializer

    return constant_initializer(value)


class BasicRNNCell(_Cell):
    pass


class BasicLSTMCell(_Cell):
    _scope = "basic_lstm_cell"
    _gates = 4


class LSTMCell(_Cell):
    _scope = "lstm_cell"
    _gates = 4


class GRUCell(_Cell):
    _scope = "gru_cell"

    def _weights(self, into):
        rows = into + self.num_units
        self._pair("gates/", rows, 2 * self.num_units, 1.0)
        self._pair("candidate/", rows, self.num_units, 0.0)


class GRUBlockCell(_Cell):
    """The same in one operation, under names of its own."""

    _scope = "gru_cell"

    def _weights(self, into):
        rows = into + self.num_units
        self._named_pair("w_ru", "b_ru", rows, 2 * self.num_units, 1.0)
        self._named_pair("w_c", "b_c", rows, self.num_units, 0.0)


class LayerNormBasicLSTMCell(_Cell):
    """A norm of each gate takes the place of the bias."""

    _scope = "layer_norm_basic_lstm_cell"

    def __init__(self, num_units, forget_bias=1.0, input_size=None, activation=None, layer_norm=True, *args, **kwargs):
        super().__init__(num_units)
        self._has_norms = layer_norm
        self._norm = {"gamma": kwargs.get("norm_gain", 1.0), "beta": kwargs.get("norm_shift", 0.0)}

    def _weights(self, into):
        if not self._has_norms:
            self._pair("", into + self.num_units, 4 * self.num_units, 0.0)
            return
        made = [get_variable("kernel", (into + self.num_units, 4 * self.num_units))]
        for gate in ("input", "transform", "forget", "output", "state"):
            for name, value in self._norm.items():
                made.append(get_variable(gate + "/" + name, (self.num_units,), initializer=_constant(value)))
        for variable in made:
            variable.site = self._site


class MultiRNNCell:
    def __init__(self, cells, *args, **kwargs):
        self._cells = list(cells)

    @property
    def output_size(self):
        return self._cells[-1].output_size

    def build_for(self, into):
        with variable_scope("multi_rnn_cell"):
            for i, cell in enumerate(self._cells):
                with variable_scope("cell_" + str(i)):
                    cell.build_for(into)
                into = cell.output_size

    def zero_state(self, batch_size, dtype="float32"):
        return _lens.unknown("a state")

    def __call__(self, inputs, state=None, *args, **kwargs):
        self.build_for(_last(inputs))
        out = _with_last(inputs, self.output_size)
        return out, out


class DropoutWrapper:
    def __init__(self, cell, *args, **kwargs):
        self._cell = cell

    def __getattr__(self, name):
        return getattr(self._cell, name)

    def __call__(self, *args, **kwargs):
        return self._cell(*args, **kwargs)


class RNNCell(Layer):
    """What cells of a program's own derive from; its arguments are those of every layer."""

    def __init__(self, trainable=True, name=None, dtype=None, **kwargs):
        super().__init__(trainable=trainable, name=name, dtype=dtype)


class _CellNamespace:
    BasicRNNCell, RNNCell, BasicLSTMCell, LSTMCell = BasicRNNCell, RNNCell, BasicLSTMCell, LSTMCell
    GRUCell, MultiRNNCell, DropoutWrapper = GRUCell, MultiRNNCell, DropoutWrapper
    GRUBlockCell, LayerNormBasicLSTMCell = GRUBlockCell, LayerNormBasicLSTMCell
    ResidualWrapper = DeviceWrapper = DropoutWrapper
    LSTMBlockCell = BasicLSTMCell


rnn_cell = _CellNamespace


def _last(x):
    return x.shape[-1]


def _with_last(x, size):
    x = as_array(x)
    if _lens.is_unknown(x):
        return x
    return make([x], resized(x.shape, size), x._dtype)


def dynamic_rnn(cell, inputs, *args, scope=None, **kwargs):
    with variable_scope(scope or "rnn"):
        cell.build_for(_last(inputs))
    return _with_last(inputs, cell.output_size), _lens.unknown("a state")


def static_rnn(cell, inputs, *args, scope=None, **kwargs):
    if _lens.is_unknown(inputs):
        return _lens.unknown("outputs"), _lens.unknown("a state")
    with variable_scope(scope or "rnn"):
        cell.build_for(_last(inputs[0]))
    outputs = [_with_last(x, cell.output_size) for x in inputs]
    return outputs, _lens.unknown("a state")


def bidirectional_dynamic_rnn(cell_fw, cell_bw, inputs, *args, scope=None, **kwargs):
    with variable_scope(scope or "bidirectional_rnn"):
        for name, cell in (("fw", cell_fw), ("bw", cell_bw)):
            with variable_scope(name):
                cell.build_for(_last(inputs))
    outs = (_with_last(inputs, cell_fw.output_size), _with_last(inputs, cell_bw.output_size))
    return outs, _lens.unknown("states")
