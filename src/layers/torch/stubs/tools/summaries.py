"""Packages that run a model on an example input to describe it: here they only run it."""

import torch
from torch._native import nobody_knows, size_symbol


def _ones(shapes, batch):
    """One shape or several, with the batch as their first size or before them."""
    if isinstance(shapes, dict):
        shapes = list(shapes.values())
    if len(shapes) == 0 or not isinstance(shapes[0], (tuple, list)):
        shapes = [shapes]
    return [torch.empty(tuple(shape) if batch is None else (batch, *shape)) for shape in shapes]


def torchsummary_summary(model, input_size, batch_size=-1, device="cuda"):
    model(*_ones(input_size, size_symbol("N") if batch_size == -1 else batch_size))


def torchinfo_summary(model, input_size=None, input_data=None, batch_dim=None, **kwargs):
    if input_data is not None:
        _call(model, input_data)
    elif input_size is not None:
        model(*_ones(input_size, None if batch_dim is None else size_symbol("N")))
    return nobody_knows("a summary")


def _call(model, inputs):
    if isinstance(inputs, dict):
        model(**inputs)
    elif isinstance(inputs, (tuple, list)):
        model(*inputs)
    else:
        model(inputs)


def on_inputs(model, inputs=None, *args, **kwargs):
    """`profile(model, inputs=(x,))`, `FlopCountAnalysis(model, x)`."""
    if inputs is not None:
        _call(model, inputs)
    return nobody_knows("what a model costs")


def on_size(model, input_res, *args, **kwargs):
    """`get_model_complexity_info(net, (3, 224, 224))`."""
    model(*_ones(input_res, size_symbol("N")))
    return nobody_knows("what a model costs")


def profile_twice(model, inputs, *args, **kwargs):
    _call(model, inputs)
    return nobody_knows("what a model costs"), nobody_knows("how many parameters there are")
