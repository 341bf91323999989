"""Nobody gives arguments to a program that is only read: `parse_args` gives the declared defaults."""
from _evaluator import unknown

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
REMAINDER = "..."
PARSER = "A..."


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class HelpFormatter:
    def __init__(self, prog=None, indent_increment=2, max_help_position=24, width=None):
        pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class Namespace:
    def __init__(self, **keywords):
        for name, value in keywords.items():
            setattr(self, name, value)

    def __contains__(self, name):
        return name in self.__dict__

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __repr__(self):
        return "Namespace(" + ", ".join([f"{name}={value!r}" for name, value in vars(self).items()]) + ")"


class Action:
    def __init__(self, option_strings=(), dest=None, nargs=None, const=None, default=None, type=None,
                 choices=None, required=False, help=None, metavar=None):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required

    def initial(self):
        if self.required or not self.option_strings and self.nargs not in ("?", "*"):
            return unknown(self.dest)
        if isinstance(self.default, str) and self.type is not None:
            return self.type(self.default)
        return self.default


class BooleanOptionalAction(Action):
    pass


_IMPLIED = {"store_true": False, "store_false": True}


class _Group:
    def __init__(self, parser):
        self._parser = parser

    def add_argument(self, *names, **options):
        return self._parser.add_argument(*names, **options)

    def add_argument_group(self, *args, **options):
        return self

    def add_mutually_exclusive_group(self, *args, **options):
        return self


class _Subparsers:
    def __init__(self, parser, dest):
        self._parser = parser
        self.dest = dest
        self.choices = {}

    def add_parser(self, name, **options):
        made = ArgumentParser(**options)
        self.choices[name] = made
        return made


class FileType:
    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        pass

    def __call__(self, name):
        return unknown(name)


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter,
                 prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error",
                 add_help=True, allow_abbrev=True, exit_on_error=True, **options):
        self.prog = prog
        self.description = description
        self.argument_default = argument_default
        self._actions = []
        self._defaults = {}
        self._subparsers = None
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)

    def add_argument(self, *names, action=None, dest=None, nargs=None, const=None, default=None, type=None,
                     choices=None, required=False, help=None, metavar=None, version=None, **options):
        if action in ("help", "version"):
            return None
        flags = [name for name in names if name.startswith("-")]
        if dest is None:
            long = [name for name in flags if name.startswith("--")]
            dest = (long or flags or names)[0].lstrip("-")
            if flags:
                dest = dest.replace("-", "_")
        if isinstance(action, str) and default is None:
            default = _IMPLIED.get(action)
        if default is None:
            default = self.argument_default
        made = Action(flags, dest, nargs, const, default, type, choices, required)
        self._actions = [known for known in self._actions if known.dest != dest or flags != known.option_strings]
        self._actions.append(made)
        return made

    def add_argument_group(self, *args, **options):
        return _Group(self)

    def add_mutually_exclusive_group(self, *args, **options):
        return _Group(self)

    def add_subparsers(self, dest=None, **options):
        self._subparsers = _Subparsers(self, dest)
        return self._subparsers

    def register(self, *args):
        pass

    def set_defaults(self, **defaults):
        self._defaults.update(defaults)
        for action in self._actions:
            if action.dest in defaults:
                action.default = defaults[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest:
                return action.default
        return self._defaults.get(dest)

    def parse_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]

    def parse_known_args(self, args=None, namespace=None):
        made = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.default is not SUPPRESS and not hasattr(made, action.dest):
                setattr(made, action.dest, action.initial() if not args else unknown(action.dest))
        for name, value in self._defaults.items():
            if not hasattr(made, name):
                setattr(made, name, value)
        if self._subparsers is not None and self._subparsers.dest is not None:
            setattr(made, self._subparsers.dest, unknown(self._subparsers.dest))
        return made, []

    def parse_intermixed_args(self, args=None, namespace=None):
        return self.parse_args(args, namespace)

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
