class YAMLError(Exception):
    pass


class Loader:
    pass


SafeLoader = FullLoader = UnsafeLoader = CLoader = CSafeLoader = Loader


class Dumper:
    pass


SafeDumper = CDumper = Dumper


def load(stream, Loader=None):
    return parse(stream if isinstance(stream, str) else stream.read())


def safe_load(stream):
    return load(stream)


full_load = unsafe_load = safe_load


class YAML:
    """The reader of ruamel.yaml, which takes streams, paths and text."""

    def __init__(self, *args, **options):
        pass

    def load(self, stream):
        if hasattr(stream, "read_text"):
            return parse(stream.read_text(), "1.2")
        return parse(stream if isinstance(stream, str) else stream.read(), "1.2")

    def dump(self, data, stream=None):
        pass
