"""Loguru's one logger: what it is told changes nothing."""
from contextlib import contextmanager


@contextmanager
def _guard():
    yield


class Logger:
    def opt(self, *args, **options):
        return self

    bind = patch = opt

    def catch(self, exception=Exception, **options):
        if isinstance(exception, type) or isinstance(exception, tuple):
            return _guard()
        return exception

    def contextualize(self, **values):
        return _guard()

    def add(self, sink, **options):
        return 1

    def remove(self, handler_id=None):
        pass

    def log(self, *args, **kwargs):
        pass

    trace = debug = info = success = warning = error = critical = exception = log
    level = configure = disable = enable = complete = log


logger = Logger()
