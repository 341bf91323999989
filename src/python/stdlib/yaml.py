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
