from _re import search_from, check

NOFLAG = 0
A = ASCII = 256
I = IGNORECASE = 2
L = LOCALE = 4
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64


class error(Exception):
    pass


class Match:
    def __init__(self, pattern, string, spans, names):
        self.re = pattern
        self.string = string
        self._spans = spans
        self._names = names
        self.pos = 0
        self.endpos = len(string)

    def _index(self, group):
        if isinstance(group, str):
            if group not in self._names:
                raise IndexError("no such group")
            return self._names[group]
        if group >= len(self._spans):
            raise IndexError("no such group")
        return group

    def _text(self, group, default=None):
        span = self._spans[self._index(group)]
        return default if span is None else self.string[span[0]:span[1]]

    def group(self, *groups):
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(groups[0])
        return tuple(self._text(one) for one in groups)

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        return tuple(self._text(index, default) for index in range(1, len(self._spans)))

    def groupdict(self, default=None):
        return {name: self._text(name, default) for name in self._names}

    def span(self, group=0):
        return self._spans[self._index(group)] or (-1, -1)

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    @property
    def lastindex(self):
        found = None
        for index in range(1, len(self._spans)):
            if self._spans[index] is not None:
                found = index
        return found

    def expand(self, template):
        return _expand(template, self)

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"


class Pattern:
    def __init__(self, pattern, flags=0):
        self.pattern = pattern
        self.flags = int(flags)
        problem, self.groups, self.groupindex = check(pattern, self.flags)
        if problem:
            raise error(problem)

    def _find(self, string, start, how):
        spans = search_from(self.pattern, self.flags, string, start, how)
        return None if spans is None else Match(self, string, spans, self.groupindex)

    def search(self, string, pos=0):
        return self._find(string, pos, "search")

    def match(self, string, pos=0):
        return self._find(string, pos, "match")

    def fullmatch(self, string, pos=0):
        return self._find(string, pos, "fullmatch")

    def finditer(self, string):
        at = 0
        while at <= len(string):
            found = self._find(string, at, "search")
            if found is None:
                return
            yield found
            at = found.end() + (1 if found.end() == found.start() else 0)

    def findall(self, string):
        return [m.group() if self.groups == 0 else m.group(1) or "" if self.groups == 1 else m.groups("") for m in self.finditer(string)]

    def split(self, string, maxsplit=0):
        parts = []
        at = 0
        for found in self.finditer(string):
            if maxsplit and len(parts) >= maxsplit:
                break
            parts.append(string[at:found.start()])
            parts.extend(found.groups())
            at = found.end()
        parts.append(string[at:])
        return parts

    def subn(self, repl, string, count=0):
        pieces = []
        at = 0
        done = 0
        for found in self.finditer(string):
            if count and done >= count:
                break
            pieces.append(string[at:found.start()])
            pieces.append(repl(found) if callable(repl) else _expand(repl, found))
            at = found.end()
            done += 1
        pieces.append(string[at:])
        return "".join(pieces), done

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self):
        return hash(self.pattern)

    def __repr__(self):
        return f"re.compile({self.pattern!r})"


_controls = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def _expand(template, match):
    if "\\" not in template:
        return template
    result = ""
    at = 0
    while at < len(template):
        one = template[at]
        at += 1
        if one != "\\" or at >= len(template):
            result += one
            continue
        one = template[at]
        at += 1
        if one.isdigit():
            digits = one
            if one != "0" and at < len(template) and template[at].isdigit():
                digits += template[at]
                at += 1
            result += match.group(int(digits)) or ""
        elif one == "g":
            end = template.index(">", at)
            name = template[at + 1:end]
            at = end + 1
            result += match.group(int(name) if name.isdigit() else name) or ""
        else:
            result += _controls.get(one, "\\" + one)
    return result


def compile(pattern, flags=0):
    # Nothing is kept from call to call: a pattern nobody knows would make every later one unknown.
    return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    return "".join(one if one.isalnum() or one == "_" or ord(one) > 127 else "\\" + one for one in pattern)


def purge():
    pass
