"""flax.core.frozen_dict."""


class FrozenDict(dict):
    def copy(self, add_or_replace=None):
        out = dict(self)
        out.update(add_or_replace or {})
        return FrozenDict(out)

    def pop(self, key):
        rest = {k: v for k, v in self.items() if k != key}
        return FrozenDict(rest), self[key]

    def unfreeze(self):
        return unfreeze(self)


def freeze(tree):
    return FrozenDict(tree)


def unfreeze(tree):
    return {k: unfreeze(v) if isinstance(v, dict) else v for k, v in tree.items()}


def copy(tree, add_or_replace=None):
    return {**tree, **(add_or_replace or {})}


def pop(tree, key):
    return {k: v for k, v in tree.items() if k != key}, tree[key]
