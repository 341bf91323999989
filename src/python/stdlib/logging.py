NOTSET = 0
DEBUG = 10
INFO = 20
WARNING = 30
WARN = 30
ERROR = 40
CRITICAL = 50
FATAL = 50


class Filterer:
    def addFilter(self, filter):
        pass

    def removeFilter(self, filter):
        pass


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        pass

    def format(self, record):
        return ""


class Filter:
    def __init__(self, name=""):
        pass


class Handler(Filterer):
    def __init__(self, *args, **options):
        pass

    def setLevel(self, level):
        pass

    def setFormatter(self, formatter):
        pass

    def close(self):
        pass


class StreamHandler(Handler):
    pass


class FileHandler(Handler):
    pass


class NullHandler(Handler):
    pass


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        self.name = name
        self.level = level
        self.handlers = []
        self.propagate = True
        self.parent = None

    def setLevel(self, level):
        self.level = level

    def isEnabledFor(self, level):
        return level >= WARNING

    def getEffectiveLevel(self):
        return self.level or WARNING

    def addHandler(self, handler):
        self.handlers.append(handler)

    def removeHandler(self, handler):
        pass

    def hasHandlers(self):
        return bool(self.handlers)

    def getChild(self, suffix):
        return getLogger(self.name + "." + suffix)

    def debug(self, *args, **options):
        pass

    info = warning = warn = error = exception = critical = fatal = log = debug


class LoggerAdapter(Logger):
    def __init__(self, logger, extra=None):
        Logger.__init__(self, "adapter")
        self.logger = logger
        self.extra = extra


root = Logger("root", WARNING)
_loggers = {}


def getLogger(name=None):
    if not name:
        return root
    if name not in _loggers:
        _loggers[name] = Logger(name)
    return _loggers[name]


def basicConfig(**options):
    pass


def debug(*args, **options):
    pass


info = warning = warn = error = exception = critical = fatal = log = debug


def disable(level=CRITICAL):
    pass


def captureWarnings(capture):
    pass


def getLevelName(level):
    return str(level)


def addLevelName(level, name):
    pass


def setLoggerClass(cls):
    pass


def getLoggerClass():
    return Logger
