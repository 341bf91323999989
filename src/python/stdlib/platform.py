"""The declared environment, as `sys` has it."""


def system():
    return "Linux"


def node():
    return ""


def machine():
    return "x86_64"


def processor():
    return machine()


def architecture(*args):
    return "64bit", "ELF"


def python_version():
    return "3.11.0"


def python_version_tuple():
    return tuple(python_version().split("."))


def python_implementation():
    return "CPython"


def release():
    return unknown("the version of the operating system")


version = platform = release
