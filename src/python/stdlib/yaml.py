"""PyYAML, with what a program says its own tags mean; and the reader of ruamel.yaml."""

_KINDS = {"tag:yaml.org,2002:map": dict, "tag:yaml.org,2002:seq": list, "tag:yaml.org,2002:str": str}


class YAMLError(Exception):
    pass


class Node:
    def __init__(self, tag, content):
        self.tag = tag
        self._content = content


class ScalarNode(Node):
    id = "scalar"

    @property
    def value(self):
        return self._content if isinstance(self._content, str) else unknown("how a value is written in a YAML file")


class SequenceNode(Node):
    id = "sequence"

    @property
    def value(self):
        return [_node(None, one) for one in self._content]


class MappingNode(Node):
    id = "mapping"

    @property
    def value(self):
        return [(_node(None, key), _node(None, one)) for key, one in self._content.items()]


def _node(tag, content):
    if is_unknown(content):
        return unknown("a part of a YAML file")
    kind = MappingNode if isinstance(content, dict) else SequenceNode if isinstance(content, list) else ScalarNode
    return kind(tag, content)


class BaseResolver:
    DEFAULT_SCALAR_TAG = "tag:yaml.org,2002:str"
    DEFAULT_SEQUENCE_TAG = "tag:yaml.org,2002:seq"
    DEFAULT_MAPPING_TAG = "tag:yaml.org,2002:map"


class resolver:
    BaseResolver = Resolver = BaseResolver


class Loader(BaseResolver):
    _version = "1.1"
    yaml_constructors = {}
    yaml_multi_constructors = {}
    _patterns = ()

    @classmethod
    def add_constructor(cls, tag, constructor):
        cls.yaml_constructors = {**cls.yaml_constructors, tag: constructor}

    @classmethod
    def add_multi_constructor(cls, tag_prefix, multi_constructor):
        cls.yaml_multi_constructors = {**cls.yaml_multi_constructors, tag_prefix: multi_constructor}

    @classmethod
    def add_implicit_resolver(cls, tag, regexp, first):
        if tag == "tag:yaml.org,2002:float":
            cls._version = "1.1 with floats"
        else:
            cls._patterns = (*cls._patterns, (tag, regexp))

    def __init__(self, stream):
        self._stream = stream

    def get_single_data(self):
        text = self._stream if isinstance(self._stream, (str, bytes)) else self._stream.read()
        data = parse(text, self._version, self._meaning)
        return self._told(data) if self.yaml_constructors or self._patterns else data

    get_data = get_single_data

    def dispose(self):
        pass

    def _meaning(self, tag, content):
        """What a tag stands for that YAML itself does not know."""
        if tag in self.yaml_constructors:
            return self.yaml_constructors[tag](self, _node(tag, content))
        for prefix, constructor in self.yaml_multi_constructors.items():
            if tag.startswith(prefix):
                return constructor(self, tag[len(prefix):], _node(tag, content))
        if tag == "tag:yaml.org,2002:python/tuple":
            return tuple(content)
        return unknown(f"what the YAML tag {tag} stands for")

    def _told(self, data):
        """The same where the program says what plain mappings, lists and texts become."""
        if is_unknown(data):
            return data
        if isinstance(data, dict):
            data = {self._told(key): self._told(value) for key, value in data.items()}
        elif isinstance(data, list):
            data = [self._told(one) for one in data]
        elif isinstance(data, str):
            for tag, regexp in self._patterns:
                if regexp.match(data):
                    return self._meaning(tag, data)
        for tag, kind in _KINDS.items():
            if tag in self.yaml_constructors and type(data) is kind:
                return self.yaml_constructors[tag](self, _node(tag, data))
        return data

    def construct_object(self, node, deep=False):
        return node._content

    construct_scalar = construct_object

    def construct_sequence(self, node, deep=False):
        return list(node._content)

    def construct_mapping(self, node, deep=False):
        return dict(node._content)

    def construct_pairs(self, node, deep=False):
        return list(node._content.items())

    def construct_yaml_map(self, node):
        return dict(node._content)

    def flatten_mapping(self, node):
        pass


class SafeLoader(Loader):
    pass


class FullLoader(Loader):
    pass


class UnsafeLoader(Loader):
    pass


CLoader, CSafeLoader, CFullLoader, BaseLoader = Loader, SafeLoader, FullLoader, Loader


class Dumper(BaseResolver):
    """Nothing that is written is read again."""

    @classmethod
    def add_representer(cls, data_type, representer):
        pass

    add_multi_representer = add_implicit_resolver = add_representer


class SafeDumper(Dumper):
    pass


CDumper, CSafeDumper = Dumper, SafeDumper


def _of(Loader, *given):
    return (Loader,) if Loader is not None else given


def add_constructor(tag, constructor, Loader=None):
    for one in _of(Loader, FullLoader, UnsafeLoader):
        one.add_constructor(tag, constructor)


def add_multi_constructor(tag_prefix, multi_constructor, Loader=None):
    for one in _of(Loader, FullLoader, UnsafeLoader):
        one.add_multi_constructor(tag_prefix, multi_constructor)


def add_implicit_resolver(tag, regexp, first=None, Loader=None, Dumper=None):
    for one in _of(Loader, SafeLoader, FullLoader, UnsafeLoader):
        one.add_implicit_resolver(tag, regexp, first)


def add_representer(data_type, representer, Dumper=None):
    pass


add_multi_representer = add_representer


def load(stream, Loader=FullLoader):
    return Loader(stream).get_single_data()


def safe_load(stream):
    return load(stream, SafeLoader)


def full_load(stream):
    return load(stream, FullLoader)


def unsafe_load(stream):
    return load(stream, UnsafeLoader)


class YAML:
    """The reader of ruamel.yaml, which takes streams, paths and text."""

    def __init__(self, *args, **options):
        pass

    def load(self, stream):
        text = stream if isinstance(stream, str) else stream.read_text() if hasattr(stream, "read_text") else stream.read()
        return parse(text, "1.2", lambda tag, content: unknown(f"what the YAML tag {tag} stands for"))

    def dump(self, data, stream=None):
        pass
