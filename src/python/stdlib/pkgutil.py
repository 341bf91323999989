import importlib
import os


def get_data(package, resource):
    """The bytes of a file inside a package."""
    module = importlib.import_module(package)
    with open(os.path.join(os.path.dirname(module.__file__), resource)) as file:
        return file.read().encode()
