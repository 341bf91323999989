class IOBase:
    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    def close(self):
        pass

    def flush(self):
        pass


class TextIOBase(IOBase):
    pass


TextIOWrapper = TextIOBase


class StringIO(TextIOBase):
    def __init__(self, initial_value="", newline="\n"):
        self._text = initial_value
        self._at = 0

    def read(self, size=-1):
        start = self._at
        self._at = len(self._text) if size is None or size < 0 else min(len(self._text), start + size)
        return self._text[start:self._at]

    def readline(self):
        start = self._at
        end = self._text.find("\n", start)
        self._at = len(self._text) if end < 0 else end + 1
        return self._text[start:self._at]

    def readlines(self):
        return list(self)

    def __iter__(self):
        while line := self.readline():
            yield line

    def write(self, text):
        self._text = self._text[:self._at] + text
        self._at = len(self._text)
        return len(text)

    def getvalue(self):
        return self._text

    def seek(self, offset, whence=0):
        self._at = offset
        return offset

    def tell(self):
        return self._at


class _OpenedText(StringIO):
    """What `open` gives for reading."""

    mode = "r"

    def __init__(self, name, text):
        super().__init__(text)
        self.name = name


class _WrittenText(StringIO):
    """What `open` gives for writing."""

    mode = "w"

    def __init__(self, name):
        super().__init__()
        self.name = name

    def flush(self):
        make_file(self.name, self.getvalue())

    close = flush

    def __exit__(self, *exc_info):
        self.flush()
