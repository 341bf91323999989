class _Spec:
    def __init__(self, name):
        self.name = name
        self.loader = None
        self.origin = None


def find_spec(name, package=None):
    return _Spec(name) if module_exists(name) else None
