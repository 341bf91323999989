"""Logging does nothing that a model could notice."""

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
_names = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}


class Filterer:
    filters = []

    def addFilter(self, filter):
        pass

    def removeFilter(self, filter):
        pass

    def filter(self, record):
        return True


class Handler(Filterer):
    name = formatter = None

    def __init__(self, *args, **kwargs):
        self.level = NOTSET

    def setLevel(self, level):
        self.level = level

    def set_name(self, name):
        self.name = name

    def get_name(self):
        return self.name

    def setFormatter(self, fmt):
        self.formatter = fmt

    def emit(self, record):
        pass

    def flush(self):
        pass

    def close(self):
        pass


class StreamHandler(Handler):
    pass


class FileHandler(StreamHandler):
    pass


class NullHandler(Handler):
    pass


class Formatter:
    def __init__(self, *args, **kwargs):
        pass


class Filter:
    def __init__(self, name=""):
        self.name = name


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        self.name = name
        self.level = level
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False

    def setLevel(self, level):
        self.level = level

    def getEffectiveLevel(self):
        return self.level or WARNING

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def _nothing(self, *args, **kwargs):
        pass

    debug = info = warning = warn = error = exception = critical = fatal = log = _nothing
    addHandler = removeHandler = _nothing
    warning_once = warning_advice = info_once = _nothing

    def hasHandlers(self):
        return False

    def getChild(self, suffix):
        return getLogger(f"{self.name}.{suffix}")


class LoggerAdapter(Logger):
    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra


root = Logger("root", WARNING)
_loggers = {}


class _Manager:
    loggerDict = _loggers
    disable = 0


Logger.manager = _Manager()
Logger.root = root


def getLogger(name=None):
    if not name:
        return root
    if name not in _loggers:
        _loggers[name] = Logger(name)
    return _loggers[name]


def getLevelName(level):
    return _names.get(level, f"Level {level}")


def getLoggerClass():
    return Logger


def _nothing(*args, **kwargs):
    pass


debug = info = warning = warn = error = exception = critical = fatal = log = _nothing
basicConfig = disable = captureWarnings = addLevelName = setLoggerClass = shutdown = _nothing
