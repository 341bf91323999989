"""Arguments of the command line: those that a program itself gives, else the declared defaults, with their types."""

import re
import sys

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
    def __init__(self, option_strings=(), dest=None, nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None, **kwargs):
        self.option_strings = list(option_strings)
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, **kwargs):
        negated = ["--no-" + one[2:] for one in option_strings if one.startswith("--")]
        super().__init__([*option_strings, *negated], dest, **{**kwargs, "nargs": 0})

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, not option_string.startswith("--no-"))


class _Constant(Action):
    def __init__(self, option_strings, dest, **kwargs):
        super().__init__(option_strings, dest, **{**kwargs, "nargs": 0})

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _True(_Constant):
    def __init__(self, option_strings, dest, default=False, **kwargs):
        super().__init__(option_strings, dest, const=True, default=default, **kwargs)


class _False(_Constant):
    def __init__(self, option_strings, dest, default=True, **kwargs):
        super().__init__(option_strings, dest, const=False, default=default, **kwargs)


class _Append(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, [*(getattr(namespace, self.dest, None) or []), values])


class _Extend(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, [*(getattr(namespace, self.dest, None) or []), *values])


class _AppendConstant(_Constant):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, [*(getattr(namespace, self.dest, None) or []), self.const])


class _Count(_Constant):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)


class _Exit(_Constant):
    def __call__(self, parser, namespace, values, option_string=None):
        raise SystemExit(0)


_ACTIONS = {
    None: Action,
    "store": Action,
    "store_const": _Constant,
    "store_true": _True,
    "store_false": _False,
    "append": _Append,
    "append_const": _AppendConstant,
    "extend": _Extend,
    "count": _Count,
    "help": _Exit,
    "version": _Exit,
}


def _dest(names):
    for name in names:
        if name.startswith("--"):
            return name[2:].replace("-", "_")
    return names[0].lstrip("-").replace("-", "_")


class _Container:
    def __init__(self):
        self._actions = []
        self._defaults = {}
        self._argument_default = None
        self._resolves = False

    def add_argument(self, *names, **kwargs):
        root = self._root()
        kind = kwargs.pop("action", None)
        kwargs.pop("version", None)
        dest = kwargs.pop("dest", None) or _dest(names)
        if kind in ("help", "version"):
            dest, kwargs["default"] = SUPPRESS, SUPPRESS
        if dest in root._defaults:
            kwargs["default"] = root._defaults[dest]
        elif "default" not in kwargs and root._argument_default is not None:
            kwargs["default"] = root._argument_default
        options = [one for one in names if one.startswith("-")]
        is_default_given = "default" in kwargs
        one = (_ACTIONS[kind] if kind is None or isinstance(kind, str) else kind)(options, dest, **kwargs)
        needed = one.required or (not options and one.nargs not in (OPTIONAL, ZERO_OR_MORE, REMAINDER, 0))
        one.needed = needed and not is_default_given
        return root._keep(one)

    def _keep(self, one):
        if self._resolves:
            for other in self._actions:
                other.option_strings = [name for name in other.option_strings if name not in one.option_strings]
            self._actions = [other for other in self._actions if other.option_strings or not one.option_strings]
        self._actions.append(one)
        return one

    def _root(self):
        return self

    def add_argument_group(self, *args, **kwargs):
        return _Group(self._root())

    def add_mutually_exclusive_group(self, **kwargs):
        return _Group(self._root())

    def set_defaults(self, **kwargs):
        root = self._root()
        root._defaults.update(kwargs)
        for one in root._actions:
            if one.dest in kwargs:
                one.default = kwargs[one.dest]
                one.needed = False

    def get_default(self, dest):
        root = self._root()
        for one in root._actions:
            if one.dest == dest and one.default is not None:
                return one.default
        return root._defaults.get(dest)

    @property
    def _option_string_actions(self):
        return {name: one for one in self._root()._actions for name in one.option_strings}

    def _get_optional_actions(self):
        return [one for one in self._root()._actions if one.option_strings]

    def _get_positional_actions(self):
        return [one for one in self._root()._actions if not one.option_strings]


class _Group(_Container):
    def __init__(self, root):
        self._container = root

    def _root(self):
        return self._container


class _Subparsers(Action):
    def __init__(self, parser_class, dest=None, required=False, **kwargs):
        super().__init__([], SUPPRESS if dest is None else dest, nargs=REMAINDER, default=SUPPRESS)
        self.parser_class = parser_class
        self.needed = False
        self.choices = {}

    def add_parser(self, name, *, aliases=(), help=None, **kwargs):
        parser = self.parser_class(**kwargs)
        for each in (name, *aliases):
            self.choices[each] = parser
        return parser

    def __call__(self, parser, namespace, values, option_string=None):
        name, *rest = values
        if self.dest != SUPPRESS:
            setattr(namespace, self.dest, name)
        if name not in self.choices:
            parser.error("invalid choice: " + name)
        chosen, extras = self.choices[name].parse_known_args(rest)
        for key, value in vars(chosen).items():
            setattr(namespace, key, value)
        namespace.__dict__.setdefault(_EXTRAS, []).extend(extras)

    def assume(self, namespace):
        """Nobody knows which is chosen: whoever reads what only some set has chosen one of those."""
        parsers = list(dict.fromkeys(self.choices.values()))
        if self.dest != SUPPRESS:
            setattr(namespace, self.dest, next(iter(self.choices)) if len(self.choices) == 1 else not_given(self.dest))
        for parser in parsers:
            for key, value in vars(parser.parse_known_args()[0]).items():
                known = key not in namespace.__dict__ or _agree(namespace.__dict__[key], value)
                setattr(namespace, key, value if known else not_given(key))


def _agree(one, other):
    return type(one) is type(other) and not is_unknown(one) and one == other


_EXTRAS = "_unrecognized_args"


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=None,
                 prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error",
                 add_help=True, allow_abbrev=True, exit_on_error=True, **kwargs):
        super().__init__()
        self.prog = prog
        self.description = description
        self._argument_default = argument_default
        self._resolves = conflict_handler == "resolve"
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)

    def add_subparsers(self, *, dest=None, required=False, parser_class=None, **kwargs):
        one = _Subparsers(parser_class or type(self), dest, required)
        self._actions.append(one)
        return one

    def parse_args(self, args=None, namespace=None):
        result, extras = self.parse_known_args(args, namespace)
        if extras:
            self.error("unrecognized arguments: " + " ".join(extras))
        return result

    def parse_known_args(self, args=None, namespace=None):
        result = Namespace() if namespace is None else namespace
        before = set(vars(result))
        for one in self._actions:
            if one.dest != SUPPRESS and one.dest not in before and not _is_suppressed(one.default):
                before.add(one.dest)
                setattr(result, one.dest, one.default)
        for name, value in self._defaults.items():
            if name not in before:
                setattr(result, name, value)
        # Nobody knows what a program is started with, where it does not say so itself: it is read as if there were nothing.
        words = list(sys.argv[1:] if args is None else args)
        is_open = args is None and not words
        if is_unknown(words) or any(is_unknown(one) for one in words):
            seen, extras = set(_mentioned(words)), []
            for name in seen:
                setattr(result, name, not_given(name))
        else:
            seen, extras = _Reading(self, result, is_open).read(words)
            for one in self._actions if is_open else ():
                if isinstance(one, _Subparsers) and one.choices:
                    one.assume(result)
        for one in self._actions:
            if one.dest in seen or one.dest == SUPPRESS or one.dest not in before:
                continue
            if one.needed:
                setattr(result, one.dest, not_given(one.dest))
            elif isinstance(one.default, str) and one.type is not None and getattr(result, one.dest) is one.default:
                setattr(result, one.dest, one.type(one.default))
        return result, extras + result.__dict__.pop(_EXTRAS, [])

    parse_intermixed_args = parse_args
    parse_known_intermixed_args = parse_known_args

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


def _is_suppressed(value):
    return isinstance(value, str) and value == SUPPRESS


def _mentioned(words):
    """The options that a list names some of whose words are not known."""
    if is_unknown(words):
        return []
    known = [one for one in words if not is_unknown(one) and isinstance(one, str) and one.startswith("--")]
    return [one[2:].split("=")[0].replace("-", "_") for one in known]


class _Reading:
    """One list of words, from first to last; `is_open` where a program may be started with other ones."""

    def __init__(self, parser, namespace, is_open):
        self.parser = parser
        self.namespace = namespace
        self.is_open = is_open
        self.options = parser._option_string_actions
        self.positionals = [one for one in parser._actions if not one.option_strings]
        self.seen = set()
        self.extras = []

    def read(self, words):
        free = []
        at = 0
        while at < len(words):
            found = self.option(words[at])
            at += 1
            if found is None:
                free.append(words[at - 1])
                if words[at - 1] == "--":
                    free[-1:] = words[at:]
                    at = len(words)
                elif self.is_subcommand(free):
                    free += words[at:]
                    at = len(words)
            elif found[0] is None:
                self.extras.append(words[at - 1])
            else:
                at = self.take(*found, words, at)
        self.place(free)
        return self.seen, self.extras

    def option(self, word):
        """The option a word names and a value written in it; None for a positional argument."""
        if not word.startswith("-") or word in ("-", "--") or " " in word:
            return None
        name, equals, value = word.partition("=")
        if word in self.options:
            return self.options[word], word, None
        if equals and name in self.options:
            return self.options[name], name, value
        if re.match(r"-\d+$|-\d*\.\d+$", word):
            return None
        if word.startswith("--"):
            longer = [one for one in self.options if one.startswith(name)]
            if len(longer) == 1:
                return self.options[longer[0]], longer[0], value if equals else None
        elif word[:2] in self.options:
            return self.options[word[:2]], word[:2], word[2:]
        return None, word, None

    def take(self, action, name, value, words, at):
        """Gives an option its values; where the next word is."""
        least, most = _counts(action.nargs)
        if most == 0 and value:
            # Several options behind one dash.
            words[at:at] = ["-" + value]
        given = [] if value is None or most == 0 else [value]
        while value is None and at < len(words) and len(given) < most:
            if action.nargs != REMAINDER and (words[at] == "--" or self.option(words[at]) is not None):
                break
            given.append(words[at])
            at += 1
        if len(given) < least:
            self.parser.error("expected more arguments")
        self.give(action, given, name)
        return at

    def give(self, action, given, name=None):
        values = [one if action.type is None else action.type(one) for one in given]
        if action.nargs is None or (action.nargs == OPTIONAL and values):
            values = values[0]
        elif action.nargs == OPTIONAL:
            values = action.const
        self.seen.add(action.dest)
        action(self.parser, self.namespace, values, name)

    def is_subcommand(self, free):
        """Whether what follows belongs to a parser of its own."""
        before = [one for one in self.positionals if not isinstance(one, _Subparsers)]
        return len(before) < len(self.positionals) and len(free) > len(before)

    def place(self, free):
        """Positional arguments take as many words as they may, and leave the later ones what these need."""
        for index, action in enumerate(self.positionals):
            least, most = _counts(action.nargs)
            later = sum(_counts(one.nargs)[0] for one in self.positionals[index + 1 :])
            count = min(most, max(least, len(free) - later))
            given, free = free[:count], free[count:]
            if len(given) >= max(least, 1):
                self.give(action, given)
            elif isinstance(action, _Subparsers) and action.dest != SUPPRESS:
                setattr(self.namespace, action.dest, not_given(action.dest) if self.is_open else None)
            elif action.nargs == ZERO_OR_MORE and action.default is None:
                setattr(self.namespace, action.dest, [])
        self.extras += free


def _counts(nargs):
    """How many words at least and at most."""
    if nargs is None:
        return 1, 1
    if isinstance(nargs, int):
        return nargs, nargs
    return 1 if nargs == ONE_OR_MORE else 0, 1 if nargs == OPTIONAL else float("inf")
