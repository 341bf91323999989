"""Arguments as Keras 1 called them, which Keras 2 still took."""

import _lens

# What the arguments of most layers are called since.
RENAMED = {
    "nb_filter": "filters", "border_mode": "padding", "subsample": "strides", "subsample_length": "strides",
    "filter_length": "kernel_size", "dim_ordering": "data_format", "atrous_rate": "dilation_rate",
    "init": "kernel_initializer", "inner_init": "recurrent_initializer", "inner_activation": "recurrent_activation",
    "beta_init": "beta_initializer", "gamma_init": "gamma_initializer", "bias": "use_bias",
}  # fmt: skip
ORDERINGS = {"th": "channels_first", "tf": "channels_last", "default": None}
ROWS = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))


def takes_keras_1(**renamed):
    """A class whose constructor takes the old names as well; `renamed` are those that are its alone."""
    names = dict(RENAMED, **renamed)

    def decorate(cls):
        written = cls.__init__

        def init(self, *args, **kwargs):
            args, kwargs = _with_kernel(self, args, kwargs)
            given = {names.get(name, name): _as_initializer(name, kwargs[name]) for name in kwargs}
            if "dim_ordering" in kwargs:
                given["data_format"] = ORDERINGS.get(kwargs["dim_ordering"])
            written(self, *args, **given)

        init.__wrapped__ = written
        cls.__init__ = init
        return cls

    return decorate


def _as_initializer(name, given):
    """A function given as an initializer draws for a shape alone: it was not told of which type."""
    if not name.endswith("init") or not hasattr(given, "__code__"):
        return given
    takes_name = "name" in _lens.parameter_names(given)
    return lambda shape, dtype=None: given(shape, name="W") if takes_name else given(shape)


def _with_kernel(layer, args, kwargs):
    """Sizes of a kernel as numbers of their own become one tuple."""
    rank = getattr(layer, "rank", 0)
    old = getattr(layer, "_takes_rows", False) or any([name in RENAMED for name in kwargs])
    if old and rank > 1 and len(args) > rank and not any([isinstance(one, (tuple, list, str)) for one in args[1 : 1 + rank]]):
        return (args[0], tuple(args[1 : 1 + rank])), kwargs
    for names in ROWS:
        if all([name in kwargs for name in names]):
            kept = {name: kwargs[name] for name in kwargs if name not in names}
            return args, dict(kept, kernel_size=tuple([kwargs[name] for name in names]))
    return args, kwargs


def old_name(cls):
    """The class under the name it had in Keras 1, where a kernel's sizes were numbers of their own."""
    return type(cls.__name__, (cls,), {"_takes_rows": True, "__module__": cls.__module__})
