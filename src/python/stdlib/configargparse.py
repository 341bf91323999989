"""argparse with options in files too, one `key = value` a line; words of the command line go before those."""

import argparse
import re
from argparse import *


class DefaultConfigFileParser:
    pass


ConfigFileParser = YAMLConfigFileParser = DefaultConfigFileParser


class ArgumentParser(argparse.ArgumentParser):
    def __init__(self, *args, default_config_files=(), ignore_unknown_config_file_keys=False, **kwargs):
        super().__init__(*args, **kwargs)
        self._files = list(default_config_files)
        self._keeps_unknown = not ignore_unknown_config_file_keys
        self._named_files = []

    def add_argument(self, *names, is_config_file=False, is_config_file_arg=False, env_var=None,
                     is_write_out_config_file_arg=False, **kwargs):
        one = super().add_argument(*names, **kwargs)
        if is_config_file or is_config_file_arg:
            self._named_files.append(one)
        return one

    add = add_arg = add_argument

    def parse_known_args(self, args=None, namespace=None, **kwargs):
        plain, extras = super().parse_known_args(args, namespace)
        names = [*self._files, *[getattr(plain, one.dest) for one in self._named_files]]
        given = {word.split("=")[0] for word in args or ()}
        words = []
        for name in names:
            if name is not None:
                words += self._words(name, given)
        if not words:
            return plain, extras
        return super().parse_known_args([*words, *([] if args is None else args)], namespace)

    parse = parse_known = parse_known_args

    def _words(self, name, given):
        words = []
        with open(name) as file:
            for line in file:
                words += self._option(line.strip(), given)
        return words

    def _option(self, line, given):
        """The words that a line stands for; none where the command line has the option too."""
        if not line or line[0] in "#;[" or line.startswith("---"):
            return []
        found = re.match(r"(?:--)?([^:=;#\s]+)\s*(?:[:=\s]\s*(.*?))?(?:\s[;#].*)?$", line)
        key, value = found.group(1), (found.group(2) or "").strip().strip("'\"")
        option = "--" + key
        action = self._option_string_actions.get(option)
        if action is None:
            return [option, value] if self._keeps_unknown else []
        if any(name in given for name in action.option_strings):
            return []
        if action.nargs == 0:
            return [option] if value.lower() in ("true", "yes", "1", "") else []
        if value.startswith("[") and value.endswith("]"):
            values = [one.strip().strip("'\"") for one in value[1:-1].split(",")]
            several = action.nargs is not None
            return [option, *values] if several else [word for one in values for word in (option, one)]
        return [option, value]


ArgParser = Parser = ArgumentParser


def get_argument_parser(name="default", **kwargs):
    return ArgumentParser(**kwargs)


get_arg_parser = get_parser = getArgumentParser = getArgParser = getParser = get_argument_parser
