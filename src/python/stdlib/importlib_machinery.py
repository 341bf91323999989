EXTENSION_SUFFIXES = [".so"]
SOURCE_SUFFIXES = [".py"]


class ExtensionFileLoader:
    pass


class SourceFileLoader:
    pass


class ModuleSpec:
    pass


class FileFinder:
    """Finds nothing: no compiled module is ever loaded here."""

    def __init__(self, path, *loader_details):
        self.path = path

    def find_spec(self, fullname, target=None):
        return None
