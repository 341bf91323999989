"""Runs real models on example inputs and writes the shape after every innermost module, as hooks see it.

    python shapes_truth.py [NAME … timm/NAME …] > OUT.jsonl

One line a model: {"model","file","call","inputs":[shape, …],"leaves":[[name, class, output shape], …]}.
Models run on the meta device, in training mode as they come.
"""

import inspect
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")

import torch


def first_tensor(value):
    if isinstance(value, torch.Tensor):
        return value
    if isinstance(value, (tuple, list)):
        for one in value:
            found = first_tensor(one)
            if found is not None:
                return found
    return None


def leaves_of(model, inputs):
    leaves = []

    def hook(name, module):
        def note(_module, _args, result):
            made = first_tensor(result)
            leaves.append([name, type(module).__name__, None if made is None else list(made.shape)])

        return note

    for name, module in model.named_modules():
        if not any(child is not None for child in module._modules.values()):
            module.register_forward_hook(hook(name, module))
    model(*[torch.empty(shape, device="meta") for shape in inputs])
    return leaves


# What the models take that are no image classifiers of 224 × 224.
SIZES = {"inception_v3": (299, 299)}
VIDEO = (3, 16, 224, 224)
# Models whose inputs or results are no tensors, or that read data while they run.
LEFT_OUT = ("detection", "quantization", "optical_flow")


def torchvision_rows():
    from torchvision import models

    root = os.path.dirname(os.path.dirname(os.path.dirname(models.__file__)))
    for name in models.list_models():
        builder = inspect.unwrap(models.get_model_builder(name))
        if any(part in builder.__module__ for part in LEFT_OUT):
            continue
        size = VIDEO if ".video." in builder.__module__ else (3, *SIZES.get(name, (224, 224)))
        arguments = {"weights": None}
        if "weights_backbone" in inspect.signature(builder).parameters:
            arguments["weights_backbone"] = None
        yield name, builder, arguments, [[2, *size]], root


def timm_rows(names):
    import timm

    root = os.path.dirname(os.path.dirname(timm.__file__))
    for name in names:
        builder = timm.model_entrypoint(name)
        size = timm.get_pretrained_cfg(name).input_size
        yield name, builder, {}, [[2, *size]], root


def made(builder, arguments):
    """On the meta device; on the CPU without drawing anything where the constructor reads numbers."""
    try:
        with torch.device("meta"):
            return builder(**arguments)
    except NotImplementedError:
        for name in dir(torch.nn.init):
            if name.endswith("_") and not name.startswith("_"):
                setattr(torch.nn.init, name, lambda tensor, *args, **kwargs: tensor)
        return builder(**arguments).to("meta")


def main():
    wanted = [name for name in sys.argv[1:] if not name.startswith("timm/")]
    others = [name.removeprefix("timm/") for name in sys.argv[1:] if name.startswith("timm/")]
    rows = [] if others and not wanted else [row for row in torchvision_rows() if not wanted or row[0] in wanted]
    for name, builder, arguments, inputs, root in rows + list(timm_rows(others)):
        given = ", ".join(f"{key}={value}" for key, value in arguments.items())
        row = {
            "model": name,
            "file": os.path.relpath(inspect.getfile(builder), root),
            "call": f"{builder.__name__}({given})",
            "inputs": inputs,
        }
        try:
            row["leaves"] = leaves_of(made(builder, arguments), inputs)
        except Exception as error:
            row["error"] = f"{type(error).__name__}: {error}"[:200]
        print(json.dumps(row), flush=True)


main()
