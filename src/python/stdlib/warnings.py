def _nothing(*args, **kwargs):
    pass


warn = warn_explicit = filterwarnings = simplefilter = resetwarnings = showwarning = _nothing
filters = []


class catch_warnings:
    def __init__(self, *, record=False, **kwargs):
        self.record = record

    def __enter__(self):
        return [] if self.record else None

    def __exit__(self, *exc_info):
        pass


def deprecated(message, /, *, category=None, stacklevel=1):
    return lambda arg: arg
