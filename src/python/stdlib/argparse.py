"""Arguments as they are when a program is started without any: the declared defaults, with their types."""

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
REMAINDER = "..."


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __contains__(self, key):
        return key in self.__dict__

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __repr__(self):
        return "Namespace(" + ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items()) + ")"


class HelpFormatter:
    def __init__(self, *args, **kwargs):
        pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class FileType:
    def __init__(self, *args, **kwargs):
        pass


class Action:
    def __init__(self, option_strings=(), dest=None, **kwargs):
        self.option_strings = option_strings
        self.dest = dest
        self.default = kwargs.get("default")
        self.type = kwargs.get("type")
        self.choices = kwargs.get("choices")
        self.required = kwargs.get("required", False)
        self.help = kwargs.get("help")


class BooleanOptionalAction(Action):
    pass


def _dest(names):
    for name in names:
        if name.startswith("--"):
            return name[2:].replace("-", "_")
    return names[0].lstrip("-").replace("-", "_")


_ABSENT = object()


class _Container:
    def __init__(self):
        self._actions = []
        self._defaults = {}
        self._required_given = False

    def add_argument(self, *names, **kwargs):
        action = kwargs.get("action")
        if action in ("help", "version"):
            return Action(names, None)
        dest = kwargs.get("dest") or _dest(names)
        default = kwargs.get("default", _ABSENT)
        if default is _ABSENT:
            default = {"store_true": False, "store_false": True}.get(action) if isinstance(action, str) else None
        positional = not names or not names[0].startswith("-")
        needed = kwargs.get("required", False) or (positional and kwargs.get("nargs") not in ("?", "*"))
        one = Action(names, **{**kwargs, "dest": dest, "default": default})
        one.needed = needed and "default" not in kwargs
        self._root()._actions.append(one)
        return one

    def _root(self):
        return self

    def add_argument_group(self, *args, **kwargs):
        return _Group(self._root())

    def add_mutually_exclusive_group(self, **kwargs):
        return _Group(self._root())

    def set_defaults(self, **kwargs):
        self._root()._defaults.update(kwargs)

    def get_default(self, dest):
        root = self._root()
        for one in root._actions:
            if one.dest == dest and one.default is not None:
                return one.default
        return root._defaults.get(dest)


class _Group(_Container):
    def __init__(self, root):
        self._container = root

    def _root(self):
        return self._container


class _Subparsers:
    def __init__(self, parent, dest):
        self.parent = parent
        self.dest = dest
        self.choices = {}

    def add_parser(self, name, **kwargs):
        parser = ArgumentParser()
        self.choices[name] = parser
        return parser


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=None,
                 prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error",
                 add_help=True, allow_abbrev=True, exit_on_error=True):
        super().__init__()
        self.prog = prog
        self.description = description
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)

    def add_subparsers(self, dest=None, **kwargs):
        self._subparsers = _Subparsers(self, dest)
        if dest is not None:
            self._defaults[dest] = not_given(dest)
        return self._subparsers

    def parse_args(self, args=None, namespace=None):
        result = Namespace() if namespace is None else namespace
        given = _given(args)
        for one in self._actions:
            value = one.default
            if isinstance(value, str) and value == SUPPRESS:
                continue
            if given is not None and one.dest in given:
                value = given[one.dest]
            elif one.needed:
                value = not_given(one.dest)
            elif isinstance(value, str) and one.type is not None:
                value = one.type(value)
            if not (namespace is not None and hasattr(result, one.dest)):
                setattr(result, one.dest, value)
        for name, value in self._defaults.items():
            if getattr(result, name, None) is None:
                setattr(result, name, value)
        return result

    def parse_known_args(self, args=None, namespace=None):
        return self.parse_args(args, namespace), []

    def print_help(self, file=None):
        pass

    def print_usage(self, file=None):
        pass

    def format_help(self):
        return ""

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def register(self, *args):
        pass


def _given(args):
    """A literal list of arguments is not parsed: what it sets is unknown."""
    if args is None or len(args) == 0:
        return None
    found = {}
    for one in args:
        if isinstance(one, str) and one.startswith("--"):
            name = one[2:].split("=")[0].replace("-", "_")
            found[name] = not_given(name)
    return found
