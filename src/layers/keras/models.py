"""Model, Functional and Sequential."""

import _lens
from _arrays.core import Array, as_array, close_dims
from _keras.core import InputLayer
from _keras.layer import Layer, _close, _convert, _shape_of, is_shape, map_shapes
from _keras.state import auto_name, keras_version
from _keras.tensors import KerasTensor, Node, Tensor, flatten, map_structure, symbolic


# The ends of a graph, as they are called and as Keras 1 called them.
_ENDS = (("inputs", "outputs"), ("input", "output"))


class Model(Layer):
    """Subclassed models; `Model(inputs, outputs)` gives a Functional."""

    def __new__(cls, *args, **kwargs):
        functional = any([all([name in kwargs for name in names]) for names in _ENDS]) or len(args) >= 2
        if cls is Model and functional:
            cls = Functional
        return Layer.__new__(cls, *args, **kwargs)

    def __init__(self, *args, **kwargs):
        if isinstance(self, Functional):
            return
        functional = ("inputs" in kwargs and "outputs" in kwargs) or (len(args) >= 2 and _is_graph(args[0]))
        if functional:
            names = ("inputs", "outputs", "name")
            kwargs.update(dict(zip(names, args)))
            self._functional = Functional(kwargs.pop("inputs"), kwargs.pop("outputs"), name=kwargs.get("name"))
            super().__init__(name=kwargs.get("name"))
            self.built = True
            return
        super().__init__(**kwargs)

    def call(self, *args, **kwargs):
        inner = getattr(self, "_functional", None)
        if inner is not None:
            return inner.call(*args, **kwargs)
        raise NotImplementedError

    @property
    def layers(self):
        inner = getattr(self, "_functional", None)
        return [layer for layer in self._layers] if inner is None else inner.layers

    def get_layer(self, name=None, index=None):
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError("No such layer: " + str(name))

    _told_shape = None  # what `build` was given, where that built nothing

    def build(self, input_shape=None):
        """Keras 2 built a subclassed model by tracing `call` on the shape; Keras 3 leaves its layers unbuilt."""
        if self.built or _lens.certain(input_shape is None):
            self.built = True
            return
        _, version = keras_version()
        if version is not None and version < [3]:
            self.build_by_call(input_shape)
        else:
            self._told_shape = input_shape
        self.built = True

    def build_by_call(self, input_shape):
        """Traces `call` on inputs of that shape."""
        if not _lens.is_unknown(input_shape) and is_shape(input_shape):
            input_shape = tuple(input_shape)
        inputs = map_shapes(symbolic, input_shape)
        if isinstance(inputs, dict) or not isinstance(inputs, (tuple, list)):
            inputs = [inputs]
        else:
            inputs = [list(inputs)]
        self._trace(inputs, {})

    def _has_own(self, method):
        return getattr(type(self), method) is not getattr(Layer, method) and (
            getattr(type(self), method) is not getattr(Model, method)
        )

    # ── training changes weights, and builds the model where the data's shape is known ──

    def compile(self, *args, **kwargs):
        self.optimizer = kwargs.get("optimizer", args[0] if args else None)
        self.compiled = True

    def fit(self, x=None, y=None, *args, **kwargs):
        self._build_on(x)
        return _lens.unknown("history of a training run")

    def _build_on(self, x):
        if (self.built and self._told_shape is None) or _lens.is_unknown(x) or x is None:
            return
        leaves = flatten(x)
        if leaves and all([not _lens.is_unknown(v) and isinstance(v, Array) for v in leaves]):
            batch = map_structure(lambda v: symbolic((None,) + tuple(v.shape[1:]), v._dtype), x)
            self(batch)

    def evaluate(self, x=None, *args, **kwargs):
        self._build_on(x)
        return _lens.unknown("result of an evaluation")

    def predict(self, x=None, *args, **kwargs):
        self._build_on(x)
        return _lens.unknown("a prediction")

    fit_generator = evaluate_generator = predict_generator = fit
    predict_on_batch = predict

    def train_on_batch(self, x=None, *args, **kwargs):
        self._build_on(x)
        return _lens.unknown("loss of a batch")

    test_on_batch = train_on_batch

    def summary(self, *args, **kwargs):
        return None

    def load_weights(self, *args, **kwargs):
        for weight in self.weights:
            weight.law = None

    save = save_weights = export = reset_states = reset_metrics = summary
    def to_json(self, *args, **kwargs):
        self._describe()
        return _lens.unknown("a saved model")

    to_yaml = to_json

    @property
    def inputs(self):
        inner = getattr(self, "_functional", None)
        return inner.inputs if inner is not None else self._inbound_nodes[0].parents

    @property
    def outputs(self):
        inner = getattr(self, "_functional", None)
        return inner.outputs if inner is not None else self._inbound_nodes[0].outputs

    @property
    def input(self):
        inner = getattr(self, "_functional", None)
        return inner.input if inner is not None else Layer.input.fget(self)

    @property
    def output(self):
        inner = getattr(self, "_functional", None)
        return inner.output if inner is not None else Layer.output.fget(self)


def _is_graph(structure):
    leaves = flatten(structure)
    return len(leaves) > 0 and all([isinstance(x, KerasTensor) for x in leaves])


def _operations(inputs, outputs):
    """Operations between inputs and outputs in Keras's order: by depth, then as first met from the outputs."""
    return _by_depth({id(t) for t in inputs}, *_between(inputs, outputs))


def _between(inputs, outputs):
    """Operations as first met from the outputs, and the nodes behind the inputs, each after those it needs."""
    edges = {id(t) for t in inputs}
    operations, known, finished, nodes = [], {}, {}, []
    stack = [(t, False) for t in reversed(outputs)]
    while stack:
        tensor, done = stack.pop()
        node = tensor._keras_history.node if tensor._keras_history is not None else None
        if node is None or id(node) in finished:
            continue
        if node.is_cut and not done:
            _lens.incomplete("a model whose graph begins with something that is not known")
        if done:
            finished[id(node)] = True
            nodes.append(node)
            continue
        if id(node.operation) not in known:
            known[id(node.operation)] = True
            operations.append(node.operation)
        stack.append((tensor, True))
        if id(tensor) not in edges:
            for parent in reversed(node.parents):
                stack.append((parent, False))
    for tensor in inputs:
        operation = tensor._keras_history.operation
        if id(operation) not in known:
            operations.insert(0, operation)
    return operations, nodes


def _by_depth(edges, operations, nodes):
    """A node is one deeper than the deepest that uses it."""
    depths, deepest = {}, {}
    for node in reversed(nodes):
        depth = max(depths.get(id(node), 0), deepest.get(id(node.operation), 0))
        deepest[id(node.operation)] = depth
        if any([id(t) in edges for t in node.outputs]):
            continue
        for parent in node.parents:
            if parent._keras_history is not None:
                key = id(parent._keras_history.node)
                depths[key] = max(depth + 1, depths.get(key, 0))
    ranked = [(-deepest.get(id(o), 0), i) for i, o in enumerate(operations)]
    return [operations[i] for _, i in sorted(ranked)]


class Functional(Model):
    def __init__(self, inputs=None, outputs=None, name=None, **kwargs):
        inputs, outputs = kwargs.get("input", inputs), kwargs.get("output", outputs)
        Layer.__init__(self, name=name)
        self._inputs_struct, self._outputs_struct = inputs, outputs
        object.__setattr__(self, "_graph_inputs", flatten(inputs))
        object.__setattr__(self, "_graph_outputs", flatten(outputs))
        if any([_lens.is_unknown(t) for t in self._graph_inputs + self._graph_outputs]):
            _lens.incomplete("a functional model between tensors that are not known")
            known = [t for t in self._graph_outputs if isinstance(t, KerasTensor)]
            operations = _operations([t for t in self._graph_inputs if isinstance(t, KerasTensor)], known)
        else:
            operations = _operations(self._graph_inputs, self._graph_outputs)
        object.__setattr__(self, "_operations", operations)
        for operation in operations:
            if isinstance(operation, Layer):
                self._track(operation)
        self.built = True
        _lens.flow_end(self._graph_outputs)
        trainable = kwargs.get("trainable")
        if trainable is not None:
            self.trainable = trainable

    inputs = property(lambda self: self._graph_inputs)
    outputs = property(lambda self: self._graph_outputs)
    input_names = property(lambda self: [t.name for t in self._graph_inputs])
    output_names = property(lambda self: [t._keras_history.operation.name for t in self._graph_outputs])

    @property
    def layers(self):
        return [o for o in self._operations if isinstance(o, Layer)]

    @property
    def input(self):
        return self._inputs_struct

    @property
    def output(self):
        return self._outputs_struct

    def call(self, *args, **kwargs):
        """The outputs' shapes; worked out anew where the inputs' sizes differ from the declared ones."""
        inputs = flatten(args[0] if args else kwargs.get("inputs"))
        batch = None
        for x in inputs:
            if isinstance(x, Array) and not _lens.is_unknown(x.shape) and len(x.shape) > 0:
                batch = x.shape[0]
        return map_structure(lambda t: _with_batch(t, batch), self._outputs_struct)


def _with_batch(tensor, batch):
    if _lens.is_unknown(tensor) or _lens.is_unknown(tensor.shape):
        return tensor
    shape = tuple([batch if i == 0 and _lens.certain(d is None) else d for i, d in enumerate(tensor.shape)])
    shape = tuple([_lens.placeholder(i) if _lens.certain(d is None) else d for i, d in enumerate(shape)])
    return _lens.flow_same(Tensor._result([], shape, tensor._dtype, None, None), tensor)


class _Listed(list):
    """The layers of a stack, which notes that one was taken out of it."""

    def __init__(self, model, layers):
        list.__init__(self, layers)
        self._model = model

    def pop(self, *args):
        object.__setattr__(self._model, "_popped", True)
        return list.pop(self, *args)


class Sequential(Model):
    """A stack of layers; `_ends` are its symbolic input and output once the input's shape is known."""

    _ends = None
    _graph = None

    def __init__(self, layers=None, trainable=True, name=None, **kwargs):
        Layer.__init__(self, name=name, trainable=trainable)
        if _lens.is_unknown(layers):
            self.add(layers, rebuild=False)
        elif layers is not None:
            for layer in layers if isinstance(layers, (list, tuple)) else [layers]:
                self.add(layer, rebuild=False)
            self._maybe_rebuild()

    def add(self, layer, rebuild=True):
        given = None if _lens.is_unknown(layer) else getattr(layer, "_input_shape_arg", None)
        if not self._layers and not _lens.certain(given is None):
            self.add(InputLayer(shape=layer._input_shape_arg))
        if _lens.is_unknown(layer):
            _lens.incomplete("a layer that is not known is added to a model")
        elif isinstance(layer, KerasTensor):
            layer = layer._keras_history.operation
        self._layers.append(layer)
        if rebuild and self._ends is not None:
            with self._open_name_scope():
                self._set_ends(self._ends[0], layer(self._ends[1]))
        elif rebuild:
            self._maybe_rebuild()
        else:
            self._forget()

    def pop(self, rebuild=True):
        layer = self._layers.pop()
        self._forget()
        if rebuild:
            self._maybe_rebuild()
        return layer

    def _forget(self):
        self.built = False
        object.__setattr__(self, "_ends", None)
        object.__setattr__(self, "_graph", None)

    def _set_ends(self, inputs, outputs):
        object.__setattr__(self, "_ends", (inputs, outputs))
        object.__setattr__(self, "_graph", None)
        auto_name("functional")  # Keras makes an inner model each time

    def _end_at(self, ends):
        """
        `model.layers.pop(); model.outputs = [model.layers[-1].output]`: what is added from now on follows these.
        Whether that took a layer away hangs on the version of Keras.
        """
        out = ends[0] if not self._popped else _lens.unknown("the output of a model that a layer was taken from")
        self._set_ends(self._ends[0], out)

    @property
    def _functional(self):
        if self._graph is None and self._ends is not None:
            object.__setattr__(self, "_graph", Functional(self._ends[0], self._ends[1], name="functional"))
        return self._graph

    def _maybe_rebuild(self):
        self._forget()
        if len(self._layers) < 2:
            return
        first = self._layers[0]
        if _lens.is_unknown(first):
            return
        if isinstance(first, InputLayer):
            self.build(first.batch_shape)
        elif isinstance(first, Functional):
            self.build(first._graph_inputs[0].shape)
        elif isinstance(first, Sequential) and first._ends is not None:
            self.build(first._ends[0].shape)

    def build(self, input_shape=None):
        if _lens.certain(input_shape is None) or not self._layers:
            return
        if not _lens.is_unknown(input_shape) and not is_shape(input_shape):
            return
        if _lens.is_unknown(self._layers[0]) or not isinstance(self._layers[0], InputLayer):
            self._layers.insert(0, InputLayer(batch_shape=input_shape))
        x = inputs = self._layers[0].output
        for layer in self._layers[1:]:
            x = layer(x)
        if not _lens.is_unknown(x):
            self._set_ends(inputs, x)
        self.built = True

    def _has_own(self, method):
        return method == "build" or Model._has_own(self, method)

    _own_build = True

    def call(self, inputs, training=None, mask=None, **kwargs):
        x = inputs
        for layer in self.layers:
            x = layer(x)
        return x

    def _symbolic_outputs(self, args, kwargs):
        return self._trace(args, {})

    @property
    def layers(self):
        found = list(self._layers)
        return _Listed(self, found[1:] if found and isinstance(found[0], InputLayer) else found)

    inputs = property(lambda self: self._functional.inputs)
    outputs = property(lambda self: self._functional.outputs, lambda self, ends: self._end_at(ends))
    input = property(lambda self: self._functional.inputs[0])
    output = property(lambda self: self._functional.outputs[0])
    input_shape = property(lambda self: self._functional.inputs[0].shape)
    output_shape = property(lambda self: self._functional.outputs[0].shape)


def clone_model(model, input_tensors=None, clone_function=None, **kwargs):
    """The same layers made anew, with the same names."""
    if _lens.is_unknown(model):
        return _lens.unknown("a clone of an unknown model")
    if isinstance(model, Sequential):
        copies = [_cloned(layer, clone_function) for layer in model._layers]
        return Sequential(copies, name=model.name)
    if isinstance(model, Functional):
        return _clone_graph(model, input_tensors, clone_function)
    return model.from_config(model.get_config())


def _cloned(layer, clone_function):
    if _lens.is_unknown(layer):
        return layer
    if isinstance(layer, InputLayer):
        return InputLayer(batch_shape=layer.batch_shape, name=layer.name)
    if isinstance(layer, Sequential):
        copies = [_built_alone(_cloned(one, clone_function), one) for one in layer._layers]
        return Sequential(copies, name=layer.name)
    if isinstance(layer, Functional):
        return _clone_graph(layer, None, clone_function)
    return clone_function(layer) if clone_function is not None else layer._copy(name=layer.name)


def _built_alone(copy, layer):
    """What is made from a description is built before it is put anywhere: its weights have no outer name."""
    if _lens.is_unknown(copy) or isinstance(copy, InputLayer) or not (layer._inbound_nodes and layer.weights):
        return copy
    copy(map_structure(lambda t: symbolic(t.shape, t._dtype), layer.input))
    object.__setattr__(copy, "_inbound_nodes", [])
    return copy


def _clone_graph(model, input_tensors, clone_function):
    """Each layer made anew and called as it was, on the copies of what it was called with."""
    old = model._graph_inputs
    new = flatten(input_tensors) if input_tensors is not None else [_cloned_input(t) for t in old]
    if [t.shape for t in old] != [t.shape for t in new]:
        _lens.incomplete("a clone of a functional model for inputs of other sizes")
        return _lens.unknown("a clone of a functional model")
    copies = {id(one): copy for one, copy in zip(old, new)}
    layers = {}
    copied = lambda x: copies.get(id(x), x)
    for node in _between(old, model._graph_outputs)[1]:
        if all([id(t) in copies for t in node.outputs]):
            continue
        if not isinstance(node.operation, Layer):
            made = [symbolic(t.shape, t._dtype) for t in node.outputs]
            Node(node.operation, [copied(t) for t in node.parents], made)
        elif node.arguments is None:
            made = [_cloned_input(t) for t in node.outputs]
        else:
            key = id(node.operation)
            if key not in layers:
                layers[key] = _cloned(node.operation, clone_function)
            args, kwargs = node.arguments
            made = flatten(layers[key](*map_structure(copied, args), **map_structure(copied, kwargs)))
        copies.update({id(one): copy for one, copy in zip(node.outputs, made)})
    ends = (model._inputs_struct, model._outputs_struct)
    return Functional(*map_structure(copied, ends), name=model.name)


def _cloned_input(tensor):
    operation = tensor._keras_history.operation
    return InputLayer(batch_shape=tensor.shape, name=operation.name).output


def load_model(*args, **kwargs):
    return _lens.unknown("a model loaded from a file")


def model_from_json(*args, **kwargs):
    return _lens.unknown("a model read from its description")


model_from_config = model_from_yaml = model_from_json
