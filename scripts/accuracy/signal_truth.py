"""Runs real models on standard normal inputs and writes how large activations and gradients are at each layer.

    python signal_truth.py PROGRAMS OUT.jsonl

Models: some of torchvision's of every kind, and the programs in PROGRAMS (a file each: a comment with the
input's shape, a class Net). One line a model: {"model","file" or "source","call","inputs","layers":
{name: [forward std, backward std]}}, each the root of the mean variance over several draws of the weights.
Gradients begin as standard normal ones at every tensor the model returns.
"""

import inspect
import json
import os
import sys
import warnings

import torch

warnings.filterwarnings("ignore")
torch.manual_seed(0)
# Draws of the weights: a small model needs more until its mean is steady.
DRAWS = {"program": 12, "torchvision": 8}
BATCH = 32

# Sizes of the images.
TORCHVISION = {
    "resnet18": 64, "resnet50": 64, "vgg11": 64, "vgg11_bn": 64, "alexnet": 96, "densenet121": 64, "squeezenet1_1": 64,
    "googlenet": 64, "mobilenet_v2": 64, "mobilenet_v3_small": 64, "efficientnet_b0": 64, "shufflenet_v2_x1_0": 64,
    "mnasnet1_0": 64, "regnet_y_400mf": 64, "convnext_tiny": 64, "vit_b_32": 224, "swin_t": 64,
}


def tensors(value):
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, (tuple, list)):
        return [one for item in value for one in tensors(item)]
    if isinstance(value, dict):
        return tensors(list(value.values()))
    return []


def measure(make, make_inputs, draws):
    sums = {}

    def add(name, at, value):
        variance = float(value.detach().double().var())
        total = sums.setdefault(name, [0.0, 0.0, 0, 0])
        total[at] += variance
        total[at + 2] += 1

    for _ in range(draws):
        model = make()
        seen = set()

        def hook(name):
            def note(_module, _args, result):
                found = tensors(result)
                if name in seen or not found or not found[0].is_floating_point():
                    return
                seen.add(name)
                add(name, 0, found[0])
                if found[0].requires_grad:
                    found[0].register_hook(lambda gradient: add(name, 1, gradient))

            return note

        for name, module in model.named_modules():
            if list(module.parameters(recurse=False)):
                module.register_forward_hook(hook(name))
        given = make_inputs()
        outputs = [one for one in tensors(model(*given)) if one.requires_grad]
        torch.autograd.backward(outputs, [torch.randn_like(one) for one in outputs])
    return {
        name: [(forward / n) ** 0.5, (backward / m) ** 0.5 if m else None]
        for name, (forward, backward, n, m) in sums.items()
    }


def inputs_of(row):
    """Standard normal, or any of so many tokens."""
    if "tokens" in row:
        return lambda: [torch.randint(0, row["tokens"], shape) for shape in row["inputs"]]
    return lambda: [torch.randn(shape) for shape in row["inputs"]]


def torchvision_rows():
    from torchvision import models

    root = os.path.dirname(os.path.dirname(os.path.dirname(models.__file__)))
    for name, size in TORCHVISION.items():
        builder = inspect.unwrap(models.get_model_builder(name))
        arguments = {"weights": None}
        if name == "googlenet":
            arguments.update(init_weights=True, aux_logits=False)
        given = ", ".join(f"{key}={value}" for key, value in arguments.items())
        yield (
            {
                "model": name,
                "file": os.path.relpath(inspect.getfile(builder), root),
                "call": f"{builder.__name__}({given})",
                "inputs": [[BATCH, 3, size, size]],
            },
            lambda builder=builder, arguments=arguments: builder(**arguments),
        )


def program_rows(folder):
    for file in sorted(os.listdir(folder)):
        source = open(os.path.join(folder, file)).read()
        head = dict(part.split("=") for part in source.splitlines()[0].lstrip("# ").split())
        namespace = {"__name__": file}
        exec(compile(source, file, "exec"), namespace)
        row = {"model": file, "source": source, "call": "Net()", "inputs": [json.loads(f"[{head['input']}]")]}
        if "tokens" in head:
            row["tokens"] = int(head["tokens"])
        yield row, namespace["Net"]


def main():
    folder, out = sys.argv[1:3]
    import torchvision

    with open(out, "w") as file:
        head = {
            "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__},
            "sitePackages": os.path.dirname(os.path.dirname(torchvision.__file__)),
        }
        file.write(json.dumps(head) + "\n")
        for row, make in [*program_rows(folder), *torchvision_rows()]:
            try:
                row["layers"] = measure(make, inputs_of(row), DRAWS["program" if "source" in row else "torchvision"])
            except Exception as error:
                row["error"] = f"{type(error).__name__}: {error}"[:200]
            file.write(json.dumps(row) + "\n")
            file.flush()


main()
