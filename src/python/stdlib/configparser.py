"""Files of sections with options, as CPython 3.11's configparser reads them."""

import re
from collections.abc import MutableMapping

DEFAULTSECT = "DEFAULT"
_NOTHING = object()
_BOOLEANS = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}


class Error(Exception):
    pass


class NoSectionError(Error):
    pass


class NoOptionError(Error):
    pass


class DuplicateSectionError(Error):
    pass


class Interpolation:
    def resolve(self, parser, section, text):
        return text


class BasicInterpolation(Interpolation):
    """`%(option)s` of the same section."""

    def resolve(self, parser, section, text):
        parts = re.split(r"%\((\w[^)]*)\)s", text)
        parts[1::2] = [parser.get(section, one) for one in parts[1::2]]
        parts[0::2] = [one.replace("%%", "%") for one in parts[0::2]]
        return "".join(parts)


class ExtendedInterpolation(Interpolation):
    """`${option}` and `${section:option}`."""

    def resolve(self, parser, section, text):
        parts = re.split(r"\$\{([^}]+)\}", text)
        parts[1::2] = [parser.get(*(one.split(":") if ":" in one else (section, one))) for one in parts[1::2]]
        parts[0::2] = [one.replace("$$", "$") for one in parts[0::2]]
        return "".join(parts)


def _lines(text, prefixes, inline):
    """The lines without comments, with their indentation."""
    for line in text.splitlines():
        for prefix in inline:
            line = re.split(r"(?:^|\s)" + re.escape(prefix), line)[0]
        if not line.strip().startswith(tuple(prefixes)):
            yield line


class RawConfigParser(MutableMapping):
    BOOLEAN_STATES = _BOOLEANS
    _interpolation = Interpolation()

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
                 comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_NOTHING, converters=None):
        self.default_section = default_section
        self._delimiters = re.compile("|".join(re.escape(one) for one in delimiters))
        self._prefixes = comment_prefixes
        self._inline = inline_comment_prefixes or ()
        if interpolation is not _NOTHING:
            self._interpolation = interpolation or Interpolation()
        self._sections = {}
        self._defaults = {}
        # What nobody can read may set anything, also what was read before it.
        self._unread = None
        self.read_dict({default_section: defaults or {}})

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections) if self._unread is None else self._unread

    def add_section(self, section):
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections if self._unread is None else self._unread

    def has_option(self, section, option):
        if self._unread is not None:
            return self._unread
        if section in (None, "", self.default_section):
            return self.optionxform(option) in self._defaults
        return section in self._sections and self.optionxform(option) in self._options(section)

    def options(self, section):
        return list({**self._sections.get(section, {}), **self._options(section)})

    def _options(self, section):
        if self._unread is not None:
            return self._unread
        if section == self.default_section:
            return self._defaults
        if section in self._sections:
            return {**self._defaults, **self._sections[section]}
        raise NoSectionError(section)

    def read(self, filenames, encoding=None):
        names = [filenames] if isinstance(filenames, str) or hasattr(filenames, "__fspath__") else filenames
        found = []
        for name in names:
            try:
                with open(name, encoding=encoding) as file:
                    self.read_file(file)
            except OSError:
                continue
            found.append(name)
        return found

    def read_file(self, f, source=None):
        self.read_string(f.read())

    readfp = read_file

    def read_string(self, string, source="<string>"):
        if is_unknown(string):
            self._unread = string
            return
        section, option = self._defaults, None
        for line in _lines(string, self._prefixes, self._inline):
            text = line.strip()
            if not text:
                continue
            if option is not None and line[0].isspace() and section[option] is not None:
                section[option] += "\n" + text
            elif text.startswith("[") and "]" in text:
                name, option = text[1:text.index("]")], None
                section = self._defaults if name == self.default_section else self._sections.setdefault(name, {})
            else:
                parts = self._delimiters.split(text, maxsplit=1)
                option = self.optionxform(parts[0].strip())
                section[option] = parts[1].strip() if len(parts) > 1 else None

    def read_dict(self, dictionary, source="<dict>"):
        for name, options in dictionary.items():
            section = self._defaults if name == self.default_section else self._sections.setdefault(name, {})
            for option, value in options.items():
                section[self.optionxform(str(option))] = None if value is None else str(value)

    def get(self, section, option, *, raw=False, vars=None, fallback=_NOTHING):
        try:
            options = self._options(section)
        except NoSectionError:
            if fallback is _NOTHING:
                raise
            return fallback
        if is_unknown(options):
            return options
        options = {**options, **{self.optionxform(name): value for name, value in (vars or {}).items()}}
        name = self.optionxform(option)
        if name not in options:
            if fallback is _NOTHING:
                raise NoOptionError(option, section)
            return fallback
        value = options[name]
        return value if raw or value is None else self._interpolation.resolve(self, section, value)

    def _converted(self, convert, section, option, fallback, options):
        value = self.get(section, option, fallback=_NOTHING if fallback is _NOTHING else fallback, **options)
        return value if value is fallback else convert(value)

    def getint(self, section, option, *, fallback=_NOTHING, **options):
        return self._converted(int, section, option, fallback, options)

    def getfloat(self, section, option, *, fallback=_NOTHING, **options):
        return self._converted(float, section, option, fallback, options)

    def getboolean(self, section, option, *, fallback=_NOTHING, **options):
        return self._converted(self._boolean, section, option, fallback, options)

    def _boolean(self, text):
        if text.lower() not in self.BOOLEAN_STATES:
            raise ValueError("Not a boolean: " + text)
        return self.BOOLEAN_STATES[text.lower()]

    def items(self, section=_NOTHING, raw=False, vars=None):
        if section is _NOTHING:
            return [(name, self[name]) for name in self]
        return [(option, self.get(section, option, raw=raw, vars=vars)) for option in self._options(section)]

    def set(self, section, option, value=None):
        own = self._defaults if section in ("", None, self.default_section) else self._sections.get(section)
        if own is None:
            raise NoSectionError(section)
        own[self.optionxform(option)] = value

    def remove_option(self, section, option):
        return self._sections[section].pop(self.optionxform(option), None) is not None

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def write(self, fp, space_around_delimiters=True):
        pass

    def __getitem__(self, key):
        if self._unread is None and key not in self:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        if key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        del self._sections[key]

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __iter__(self):
        return iter([self.default_section, *self.sections()])

    def __len__(self):
        return len(self.sections()) + 1


class ConfigParser(RawConfigParser):
    _interpolation = BasicInterpolation()


SafeConfigParser = ConfigParser


class SectionProxy(MutableMapping):
    def __init__(self, parser, name):
        self.parser = parser
        self.name = name

    def __getitem__(self, key):
        try:
            return self.parser.get(self.name, key)
        except NoOptionError:
            raise KeyError(key)

    def __setitem__(self, key, value):
        self.parser.set(self.name, key, value)

    def __delitem__(self, key):
        self.parser.remove_option(self.name, key)

    def __contains__(self, key):
        return self.parser.has_option(self.name, key)

    def __iter__(self):
        return iter(self.parser.options(self.name))

    def __len__(self):
        return len(self.parser.options(self.name))

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self.parser.get(self.name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, **options):
        return self.parser.getint(self.name, option, fallback=fallback, **options)

    def getfloat(self, option, fallback=None, **options):
        return self.parser.getfloat(self.name, option, fallback=fallback, **options)

    def getboolean(self, option, fallback=None, **options):
        return self.parser.getboolean(self.name, option, fallback=fallback, **options)
