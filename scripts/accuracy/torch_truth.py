"""Instantiates real models and writes their parameters: the truth `npm run accuracy` compares with.

    python torch_truth.py SUITE OUT.jsonl [--draws] [NAME …]

One line a model: {"model","file","call","params":[[name, class, shape, [fan_in, fan_out] | null]]}; the first
line is {"versions", "sitePackages"}. `file` is relative to `sitePackages`. Models are made on the meta device
where they allow it (nothing is drawn), else on the CPU. A model that cannot be made has "error".

With --draws the models are really drawn, and each parameter has what was drawn instead of class and fans:
[name, count, min, max, mean, std, quantiles], see drawn.py.
"""

import contextlib
import importlib
import inspect
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")

import torch
from drawn import drawn
from torch.nn.init import _calculate_fan_in_and_fan_out


def fans(parameter):
    try:
        return list(_calculate_fan_in_and_fan_out(parameter))
    except ValueError:
        return None


def parameters_of(model):
    owners = {}
    for path, module in model.named_modules():
        for name in module._parameters:
            owners[(path + "." if path else "") + name] = type(module).__name__
    return [
        [name, owners.get(name, "?"), list(parameter.shape), fans(parameter)]
        for name, parameter in model.named_parameters()
    ]


def relative(file, package):
    root = os.path.dirname(os.path.dirname(importlib.import_module(package).__file__))
    return os.path.relpath(file, root)


def torchvision_models():
    from torchvision import models

    for name in models.list_models():
        builder = inspect.unwrap(models.get_model_builder(name))
        options = []
        for parameter in inspect.signature(builder).parameters.values():
            if parameter.name in ("weights", "weights_backbone"):
                options.append(f"{parameter.name}=None")
        call = f"{builder.__name__}({', '.join(options)})"
        yield name, relative(inspect.getfile(builder), "torchvision"), call, lambda b=builder, o=options: b(
            **{option.split("=")[0]: None for option in o}
        )


def timm_models():
    import timm

    for name in timm.list_models():
        builder = timm.models.model_entrypoint(name)
        yield name, relative(inspect.getfile(builder), "timm"), f"{builder.__name__}()", builder


# Large enough to have every part of a family, small enough to be drawn on a CPU.
DRAWN_MILLIONS = 40
DRAWN_FAMILIES = 80


def timm_draws():
    """One model of every family: the first, in the order of names, that is not large."""
    import timm

    families = {}
    for name in timm.list_models():
        builder = timm.models.model_entrypoint(name)
        family = builder.__module__
        if family in families or len(families) >= DRAWN_FAMILIES:
            continue
        try:
            model = made(builder, "meta")
        except Exception:
            continue
        if sum(parameter.numel() for parameter in model.parameters()) < DRAWN_MILLIONS * 1e6:
            families[family] = name
            yield name, relative(inspect.getfile(builder), "timm"), f"{builder.__name__}()", builder


# Base models of every kind, by their configuration's name.
TRANSFORMERS = """
albert bart beit bert big_bird biogpt bit blenderbot bloom camembert clip clipseg codegen convbert convnext convnextv2
ctrl cvt data2vec-text deberta deberta-v2 deit dinov2 distilbert dpt electra ernie esm falcon flaubert fnet funnel gemma
gemma2 git glpn gpt2 gpt_bigcode gpt_neo gpt_neox gptj groupvit hubert ibert layoutlm led levit llama longformer longt5
luke m2m_100 mamba marian mbart megatron-bert mistral mixtral mobilebert mobilenet_v1 mobilenet_v2 mobilevit mpnet mpt
mt5 mvp nystromformer olmo opt owlvit pegasus phi phi3 poolformer pvt qwen2 regnet rembert resnet roberta roformer
segformer sew speech_to_text splinter squeezebert starcoder2 swin swinv2 t5 unispeech vilt vit vit_mae wav2vec2 whisper
xglm xlm-roberta xlnet yolos
""".split()


def transformers_models():
    import transformers
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES
    from transformers.models.auto.modeling_auto import MODEL_MAPPING_NAMES

    for kind, config_name in CONFIG_MAPPING_NAMES.items():
        model_name = MODEL_MAPPING_NAMES.get(kind)
        if model_name is None or kind not in TRANSFORMERS:
            continue
        model_name = model_name[0] if isinstance(model_name, (tuple, list)) else model_name

        def make(config_name=config_name, model_name=model_name):
            return getattr(transformers, model_name)(getattr(transformers, config_name)())

        text = f"from transformers import {config_name}, {model_name}\n"
        yield kind, {"source": text}, f"{model_name}({config_name}())", make


SUITES = {"torchvision": torchvision_models, "timm": timm_models, "transformers": transformers_models}


def made(make, device):
    with torch.device("meta") if device == "meta" else contextlib.nullcontext():
        return make()


def draws_of(model):
    return [[name, *drawn(parameter.detach().double())] for name, parameter in model.named_parameters()]


def record(suite, name, file, call, make, draws):
    entry = {"model": name, "call": call}
    entry.update(file if isinstance(file, dict) else {"file": file})
    # Default configurations of language models do not fit into memory.
    devices = ("cpu",) if draws else ("meta",) if suite == "transformers" else ("meta", "cpu")
    for device in devices:
        try:
            entry["params"] = draws_of(make()) if draws else parameters_of(made(make, device))
            entry.pop("error", None)
            return entry
        except Exception as error:
            entry["error"] = f"{type(error).__name__}: {error}"[:300]
    return entry


def versions(suite):
    return {name: importlib.import_module(name).__version__ for name in ("torch", suite)}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--draws"]
    draws = "--draws" in sys.argv
    suite, out, *wanted = arguments
    models = timm_draws if draws and suite == "timm" else SUITES[suite]
    torch.manual_seed(0)
    with open(out, "w") as file:
        root = os.path.dirname(os.path.dirname(importlib.import_module(suite).__file__))
        file.write(json.dumps({"versions": versions(suite), "sitePackages": root}) + "\n")
        for name, path, call, make in models():
            if wanted and name not in wanted:
                continue
            file.write(json.dumps(record(suite, name, path, call, make, draws)) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
