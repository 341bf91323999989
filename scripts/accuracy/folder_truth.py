"""Instantiates the models of any folder of Python files and writes their parameters.

    python folder_truth.py FOLDER OUT.jsonl [CALLS] [--draws]

CALLS is a text with one `FILE: EXPRESSION` a line, the file relative to FOLDER; the expression is evaluated at
the end of that file's module. Without it, every class of a module and every function that returns a model is
called: without arguments where that is possible, else with numbers that its parameters' names suggest
(GUESSES). What cannot be called so is left out. The lines written are those of torch_truth.py, with --draws
too; models of more than VALUES_DRAWN values are not drawn.

Runs the folder's code, each file in a process of its own with bounds on time and memory and without a network:
only for folders you trust as much as their authors.
"""

import contextlib
import enum
import importlib
import inspect
import json
import os
import random
import re
import resource
import signal
import socket
import sys

import torch
from torch import nn
from torch_truth import draws_of, made, parameters_of

# Of the processor's time, so that a busy machine loses nothing.
SECONDS_A_FILE = 60
SECONDS_A_MODEL = 20
BYTES = 12 << 30
MODELS_A_FILE = 12
MODELS_A_FOLDER = 150
FILES_A_FOLDER = 60
VALUES_DRAWN = 50e6
# Imported once, before the files: many of them need it.
PRELOADED = ("numpy", "einops", "torchvision", "timm", "torch.utils.checkpoint")
SKIPPED_FILES = re.compile(r"(^|/)(tests?|docs?|\.git|build|third_party|setup\.py|conftest\.py|test_[^/]*|[^/]*_test\.py)(/|$)")
SKIPPED_FUNCTIONS = re.compile(r"^_|main|train|test|eval|load|save|run|download|parse|demo|convert|export|plot|delete|remove")

# The first row that matches a parameter's name says what is given; sizes are divisible by each other.
GUESSES = [
    (r"head_dim|dim_head|d_head", 16),
    (r"kernel|window_size|^ks?$", 3),
    (r"n_?bins|codebook_size|num_embeddings|vocab|n_?tokens|n_?token|n_?words|num_symbols", 100),
    (r"(num|n|nb)_?heads?$|^heads$|^h$|attention_heads|n_?head", 4),
    (r"depths?$|(num|n|nb)_?(layers?|blocks?|units|resblocks|convs?)$|^layers$|^n_?layer|n_residual", 2),
    (r"class|n_?labels|n_?out$|num_outputs|n_?actions|act(ion)?_?(dim|size)", 10),
    (r"patch_?size|patch$", 4),
    (r"(image|img|input|feat|feature|frame)_?(size|res|resolution)|resolution|height|width$|seq_?len|max_?len|context|block_size|num_patches|n_?frames|length|max_position", 32),
    (r"stride|dilation|groups|padding|^n_?flow|^reduction$", 1),
    (r"drop|^p$|rate|alpha|beta|eps|momentum|slope|prob", 0.1),
    (r"ratio|mult|expan|factor|scale", 2),
    (r"rank|^r$|n_?experts|num_groups|n_groups|order|degree", 4),
    (r"bias|use_|^is_|with_|causal|norm$", True),
    (r"out.*(ch|feat|dim|size|planes|nc)|^oup$|^planes$|^cout$|^c2$|^filters$|^c_out$", 32),
    (r"in.*(ch|feat|dim|size|planes|nc)|channel|^inp$|^cin$|^c1$|^c$|^c_in$|^ch$", 16),
    (r"dim|embed|hidden|model|^d$|n_?embd?|units|size|feat|^n_|^num_", 64),
]


def guess(parameter):
    """What to write for a parameter without a default, or None."""
    for pattern, value in GUESSES:
        if re.search(pattern, parameter.name.lower()):
            return repr(value)
    return {int: "8", float: "0.1", bool: "False"}.get(parameter.annotation)


def configuration(parameter, module):
    """The call of a configuration class of the module that needs no arguments, or None."""
    named = parameter.annotation if inspect.isclass(parameter.annotation) else None
    if named is None and not re.search(r"^(config|cfg|args|params|hparams|h)$", parameter.name.lower()):
        return None
    candidates = [named] if named else [
        value for name, value in vars(module).items()
        if inspect.isclass(value) and re.search(r"(Config|Args|Params)$", name)
    ]
    for one in candidates:
        if getattr(module, one.__name__, None) is not one or issubclass(one, (enum.Enum, int, float, str)):
            continue
        try:
            one()
        except Exception:
            continue
        return f"{one.__name__}()"
    return None


def call_of(name, value, module):
    """A call with guessed arguments, or None."""
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except (TypeError, ValueError):
        return None
    given = []
    for parameter in parameters:
        if parameter.name == "pretrained":
            given.append("pretrained=False")
        if parameter.default is not parameter.empty or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        text = configuration(parameter, module) or guess(parameter)
        if text is None or parameter.kind is parameter.POSITIONAL_ONLY:
            return None
        given.append(f"{parameter.name}={text}")
    return f"{name}({', '.join(given)})"


def calls_of(module):
    for name, value in list(vars(module).items()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        is_model = inspect.isclass(value) and issubclass(value, nn.Module)
        is_builder = inspect.isfunction(value) and not SKIPPED_FUNCTIONS.search(name)
        call = call_of(name, value, module) if is_model or is_builder else None
        if call is not None:
            yield call


def imported(folder, file):
    """The module of a file: by its place above its package, else by its place in the folder."""
    package = os.path.dirname(os.path.join(folder, file))
    while os.path.exists(os.path.join(package, "__init__.py")):
        package = os.path.dirname(package)
    failure = None
    for root in (package, folder):
        sys.path[0:0] = [root, folder]
        name = os.path.relpath(os.path.join(folder, file), root)[: -len(".py")].replace(os.sep, ".")
        try:
            return importlib.import_module(name.removesuffix(".__init__"))
        except (Exception, SystemExit) as error:
            failure = error
    raise failure


def stopped(*_):
    raise TimeoutError("takes too long")


def drawn(model):
    count = sum(parameter.numel() for parameter in model.parameters())
    return draws_of(model) if count <= VALUES_DRAWN else None


def parameters(make, draws):
    """The parameters of what `make` returns, None where that is no model."""
    for device in ("cpu",) if draws else ("meta", "cpu"):
        signal.setitimer(signal.ITIMER_PROF, SECONDS_A_MODEL)
        try:
            model = made(make, device)
            read = drawn if draws else parameters_of
            return read(model) if isinstance(model, nn.Module) else None
        except (Exception, SystemExit) as error:
            failure = error
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    raise failure


def write_models(folder, file, calls, out, draws):
    """One process's work: the models of one file."""
    signal.signal(signal.SIGPROF, stopped)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    socket.socket = stopped
    os.chdir(folder)
    sys.stdin = open(os.devnull)
    sys.argv = [file]
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    module = imported(folder, file)
    written = 0
    for call in calls or calls_of(module):
        entry = {"model": f"{file}: {call}", "file": file, "root": folder, "call": call}
        try:
            found = parameters(lambda: eval(call, dict(vars(module))), draws)
        except Exception as error:
            found = None
            entry["error"] = f"{type(error).__name__}: {error}"[:300]
        if found:
            entry["params"] = found
        elif not calls:
            continue
        else:
            entry.setdefault("error", "builds no parameters")
        out.write(json.dumps(entry) + "\n")
        out.flush()
        written += 1
        if not calls and written >= MODELS_A_FILE:
            return


def in_child(work, seconds):
    """Runs `work` in a process of its own, ended after so much time of the processor, or when it sleeps."""
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            work()
        finally:
            os._exit(0)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(5 * seconds)
    os.waitpid(child, 0)
    signal.alarm(0)


def files_of(folder):
    found = []
    for directory, _, names in os.walk(folder):
        for name in names:
            file = os.path.relpath(os.path.join(directory, name), folder)
            if not name.endswith(".py") or SKIPPED_FILES.search(file):
                continue
            with open(os.path.join(folder, file), errors="replace") as text:
                if re.search(r"\bnn\b|Module", text.read()):
                    found.append(file)
    found.sort()
    random.Random(0).shuffle(found)
    return found[:FILES_A_FOLDER]


def calls_by_file(text):
    calls = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            file, call = line.split(":", 1)
            calls.setdefault(file.strip(), []).append(call.strip())
    return calls


def main():
    draws = "--draws" in sys.argv
    folder, out, *rest = [argument for argument in sys.argv[1:] if argument != "--draws"]
    folder = os.path.realpath(folder)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    for name in PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if rest:
        with open(rest[0]) as text:
            work = list(calls_by_file(text.read()).items())
    else:
        work = [(file, None) for file in files_of(folder)]
    with open(out, "w") as file:
        root = os.path.dirname(os.path.dirname(torch.__file__))
        file.write(json.dumps({"versions": {"torch": torch.__version__}, "sitePackages": root}) + "\n")
    for name, calls in work:
        with open(out, "a+") as file:
            seconds = SECONDS_A_FILE + SECONDS_A_MODEL * len(calls or [])
            in_child(lambda: write_models(folder, name, calls, file, draws), seconds)
            file.seek(0)
            if sum(1 for _ in file) > MODELS_A_FOLDER:
                break


if __name__ == "__main__":
    main()
