"""Names: the session's counters and the stack of name scopes that weight paths are made of."""

import re

import _lens


class _Session:
    def __init__(self):
        self.counts = {}
        self.scopes = []
        self.image_data_format = "channels_last"
        self.floatx = "float32"
        self.counts_of_module = None


session = _Session()


def to_snake_case(name):
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def auto_name(prefix):
    """`dense`, then `dense_1`, `dense_2` … for the whole session."""
    name = to_snake_case(prefix)
    count = session.counts.get(name, 0)
    session.counts[name] = count + 1
    return name if count == 0 else name + "_" + str(count)


def get_uid(prefix=""):
    session.counts[prefix] = session.counts.get(prefix, 0) + 1
    return session.counts[prefix]


def reset_uids():
    session.counts = {}


def begin_part(was_there):
    """Each part of a document begins with the names that its module took: none if this was not loaded by then."""
    if session.counts_of_module is None:
        session.counts_of_module = dict(session.counts) if was_there else {}
    session.counts = dict(session.counts_of_module)


def clear_session(free_memory=True):
    session.counts = {}
    session.scopes = []


class name_scope:
    """Variables made inside get `name/` before theirs; entering twice for one caller counts once."""

    def __init__(self, name, caller=None, deduplicate=True, override_parent=None):
        self.name = name
        self.caller = caller
        self.parent = override_parent
        if override_parent is None and deduplicate:
            self.parent = getattr(caller, "_parent_path", None)
        self.entered = False

    def __enter__(self):
        top = session.scopes[-1] if session.scopes else None
        same = top is not None and self.caller is not None and top.caller is self.caller
        if not same or _lens.certain(top.name != self.name):
            session.scopes.append(self)
            self.entered = True
        return self

    def __exit__(self, *args):
        if self.entered:
            session.scopes.pop()
            self.entered = False


def current_path():
    parts = []
    for scope in session.scopes:
        if scope.parent is not None:
            parts = [p for p in scope.parent.split("/") if p]
        parts.append(scope.name)
    return "/".join(parts)


def keras_version():
    """The version of Keras that the project has, as text and as numbers; Nones where nothing says it.

    Keras 2 has the version of its TensorFlow; a later TensorFlow has whichever Keras 3 is installed.
    """
    version = _lens.version("keras") or _lens.version("tensorflow")
    if version is None:
        return None, None
    parts = [int(re.sub(r"\D.*", "", p) or 0) for p in version.split(".")[:2]]
    if _lens.version("keras") is None and parts >= [2, 16]:
        return None, None
    return version, parts
