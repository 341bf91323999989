EXTENSION_SUFFIXES = [".so"]
SOURCE_SUFFIXES = [".py"]


class ExtensionFileLoader:
    pass


class SourceFileLoader:
    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def load_module(self, name=None):
        return load_path(self.name, self.path)

    def exec_module(self, module):
        """Its statements run when somebody asks for what they bind."""


class ModuleSpec:
    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.submodule_search_locations = [] if is_package else None

    @property
    def parent(self):
        return self.name.rpartition(".")[0]


class FileFinder:
    """Finds nothing: no compiled module is ever loaded here."""

    def __init__(self, path, *loader_details):
        self.path = path

    def find_spec(self, fullname, target=None):
        return None
