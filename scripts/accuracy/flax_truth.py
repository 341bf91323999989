"""Makes real Flax models and writes their variables: the truth `npm run accuracy -- flax` compares with.

    python flax_truth.py SUITE OUT.jsonl [--draws]

The programs of `flax_programs/`; where FLAX_EXAMPLES names a folder with Flax's own `examples`, those too. One line
a model: {"model", "source" or "file", "call", "params": [[path, class, shape, fan]]}. Flax keeps neither the class that
owns a variable nor its fans, so both are null and not compared. `file` is an absolute path. With --draws each
variable has what drawn.py says of it.
"""

import functools
import importlib
import json
import os
import pathlib
import sys
import unittest.mock

import flax
import jax
import jax.numpy as jnp
from drawn import drawn
from flax import nnx, traverse_util

COLLECTIONS = ("params", "batch_stats")

GEMMA = "num_layers=2, num_embed=100, embed_dim=64, hidden_dim=96, num_heads=4, head_dim=16, num_kv_heads=2, final_logit_softcap=None, use_post_attn_norm=True, use_post_ffw_norm=True, attention_types=(1, 2)"

# Flax's own examples: folder, module, expression.
EXAMPLES = [
    ("vae", "models", "models.VAE(20).init(jax.random.PRNGKey(0), jnp.ones((4, 784)), jax.random.PRNGKey(1))"),
    ("ppo", "models", "models.ActorCritic(num_outputs=6).init(jax.random.PRNGKey(0), jnp.ones((1, 84, 84, 4)))"),
    *[
        ("imagenet", "models", f"models.{name}(num_classes=1000).init(jax.random.PRNGKey(0), jnp.ones((1, 224, 224, 3)))")
        for name in ("ResNet18", "ResNet50", "ResNet101", "ResNet18Local")
    ],
    ("lm1b", "models", "models.TransformerLM(models.TransformerConfig(vocab_size=1000, output_vocab_size=1000)).init(jax.random.PRNGKey(0), jnp.ones((2, 16), jnp.float32))"),
    ("wmt", "models", "models.Transformer(models.TransformerConfig(vocab_size=1000, output_vocab_size=1000)).init(jax.random.PRNGKey(0), jnp.ones((2, 16), jnp.float32), jnp.ones((2, 16), jnp.float32))"),
    ("nlp_seq", "models", "models.Transformer(models.TransformerConfig(vocab_size=1000, output_vocab_size=50)).init(jax.random.PRNGKey(0), inputs=jnp.ones((2, 16), jnp.float32), train=False)"),
    ("seq2seq", "models", "models.Seq2seq(teacher_force=False, hidden_size=64, vocab_size=12, eos_id=1).init({'params': jax.random.PRNGKey(0), 'lstm': jax.random.PRNGKey(1)}, jnp.ones((1, 9, 12)), jnp.ones((1, 7, 12)))"),
    ("sst2", "models", "models.TextClassifier(embedding_size=300, hidden_size=256, vocab_size=999, output_size=1, dropout_rate=0.5, word_dropout_rate=0.1, unk_idx=1).init(jax.random.PRNGKey(0), jnp.ones((2, 8), jnp.int32), jnp.array([8, 8]), deterministic=True)"),
    ("mnist", "train", "train.CNN(rngs=nnx.Rngs(0))"),
    ("linen_design_test", "mlp_inline", "mlp_inline.mlp_variables"),
    ("linen_design_test", "mlp_lazy", "mlp_lazy.mlp_variables"),
    ("linen_design_test", "linear_regression", "{'params': linear_regression.params}"),
    *[
        ("gemma", "transformer", f"transformer.Transformer(transformer.TransformerConfig({GEMMA}{more}), rngs=nnx.Rngs(0))")
        for more in ("", ", use_qk_norm=True, transpose_gating_einsum=True, dropout_rate=0.1")
    ],
]

# Packages that the examples import for data and settings; their models use nothing of them.
DATA_PACKAGES = ("tensorflow_datasets", "flax.metrics.tensorboard", "ml_collections", "jaxtyping", "absl", "absl.logging", "optax", "tensorflow")


def unboxed(value):
    return getattr(value, "value", value)


def parameters_of(value):
    if isinstance(value, nnx.Module):
        leaves = nnx.to_flat_state(nnx.state(value, (nnx.Param, nnx.BatchStat)))
        rows = [("/".join(str(part) for part in path), leaf) for path, leaf in leaves]
    else:
        rows = [
            ("/".join(path), unboxed(leaf))
            for name in COLLECTIONS
            for path, leaf in traverse_util.flatten_dict(value.get(name, {})).items()
        ]
    if "--draws" in sys.argv:
        return [[path, *drawn(leaf[...])] for path, leaf in rows]
    return [[path, None, list(leaf.shape), None] for path, leaf in rows]


def record_of(name, call, namespace, **where):
    try:
        value = eval(call, namespace)
        return {"model": name, **where, "call": call, "params": parameters_of(value)}
    except Exception as error:
        return {"model": name, **where, "call": call, "error": f"{type(error).__name__}: {error}"}


def programs():
    for file in sorted(pathlib.Path(__file__).with_name("flax_programs").glob("*.py")):
        source, namespace = file.read_text(), {}
        exec(source, namespace)
        for name, value in list(namespace.items()):
            if isinstance(value, (dict, nnx.Module)) and name.islower() and not name.startswith("_"):
                yield record_of(f"{file.stem} {name}", name, namespace, source=source)


def without_data():
    """A module that is not installed stands for nothing."""
    for name in DATA_PACKAGES:
        try:
            importlib.import_module(name)
        except ImportError:
            sys.modules[name] = unittest.mock.MagicMock()


def examples():
    without_data()
    folder = os.environ.get("FLAX_EXAMPLES")
    for place, module, call in EXAMPLES if folder else []:
        path = os.path.join(folder, place)
        sys.path.insert(0, path)
        sys.modules.pop(module, None)
        source = f"import functools\nimport jax\nimport jax.numpy as jnp\nfrom flax import nnx\nimport {module}\n"
        try:
            named = {"functools": functools, "jax": jax, "jnp": jnp, "nnx": nnx}
            namespace = {**named, module: importlib.import_module(module)}
            shown = call.split("(")[0]
            yield record_of(f"{place} {shown}", call, namespace, source=source, root=path)
        except ImportError as error:
            yield {"model": place, "source": source, "call": call, "error": f"ImportError: {error}"}
        sys.path.remove(path)


def main():
    _, _, out = sys.argv[:3]
    with open(out, "w") as lines:
        packages = os.path.dirname(os.path.dirname(flax.__file__))
        versions = {"flax": flax.__version__, "jax": jax.__version__}
        lines.write(json.dumps({"versions": versions, "sitePackages": packages}) + "\n")
        for record in [*programs(), *examples()]:
            lines.write(json.dumps(record) + "\n")


main()
