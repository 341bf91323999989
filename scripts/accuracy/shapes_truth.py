"""Runs real models on example inputs and writes the shape after every innermost module, as hooks see it.

    python shapes_truth.py [NAME …] > OUT.jsonl

One line a model: {"model","file","call","inputs":[shape, …],"leaves":[[name, class, output shape], …]}.
Models are made and run on the meta device, in training mode as they come.
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


SIZES = {"inception_v3": 299}


def torchvision_rows():
    from torchvision import models

    root = os.path.dirname(os.path.dirname(models.__file__.replace("/models/__init__.py", "/x")))
    for name in models.list_models(module=models):
        builder = inspect.unwrap(models.get_model_builder(name))
        size = SIZES.get(name, 224)
        file = os.path.relpath(inspect.getfile(builder), root)
        yield name, file, builder, f"{builder.__name__}(weights=None)", [[2, 3, size, size]]


def timm_rows():
    import timm

    root = os.path.dirname(os.path.dirname(timm.__file__))
    for name in timm.list_models():
        builder = timm.model_entrypoint(name)
        file = os.path.relpath(inspect.getfile(builder), root)
        yield name, file, builder, f"{name}()", None


def main():
    wanted = sys.argv[1:]
    for name, file, builder, call, inputs in torchvision_rows():
        if wanted and name not in wanted:
            continue
        try:
            with torch.device("meta"):
                model = builder(weights=None)
            row = {"leaves": leaves_of(model, inputs)}
        except Exception as error:
            row = {"error": f"{type(error).__name__}: {error}"[:200]}
        print(json.dumps({"model": name, "file": file, "call": call, "inputs": inputs, **row}), flush=True)


main()
