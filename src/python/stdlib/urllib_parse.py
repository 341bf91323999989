from collections import namedtuple

_SCHEME = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")
_PLAIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


class _Located:
    @property
    def hostname(self):
        host = self.netloc.rpartition("@")[2].partition(":")[0]
        return host.lower() or None

    @property
    def port(self):
        port = self.netloc.rpartition("@")[2].partition(":")[2]
        return int(port) if port else None

    @property
    def username(self):
        user, at, _ = self.netloc.rpartition("@")
        return user.partition(":")[0] if at else None

    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _Located):
    pass


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"), _Located):
    pass


def urlsplit(url, scheme="", allow_fragments=True):
    netloc = query = fragment = ""
    head, colon, rest = url.partition(":")
    if colon and head and head[0].isalpha() and all(one in _SCHEME for one in head):
        scheme, url = head.lower(), rest
    if url.startswith("//"):
        end = min([at for at in (url.find(one, 2) for one in "/?#") if at >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
    if allow_fragments:
        url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    before, semicolon, params = path.rpartition(";")
    if not semicolon or "/" in params:
        before, params = path, ""
    return ParseResult(scheme, netloc, before, params, query, fragment)


def urlunsplit(components):
    scheme, netloc, url, query, fragment = components
    if netloc:
        url = "//" + netloc + ("" if not url or url.startswith("/") else "/") + url
    url = scheme + ":" + url if scheme else url
    url = url + "?" + query if query else url
    return url + "#" + fragment if fragment else url


def urlunparse(components):
    scheme, netloc, url, params, query, fragment = components
    return urlunsplit((scheme, netloc, f"{url};{params}" if params else url, query, fragment))


def quote(string, safe="/", encoding=None, errors=None):
    kept = [one if one in _PLAIN or one in safe else "".join(f"%{byte:02X}" for byte in one.encode()) for one in string]
    return "".join(kept)


def quote_plus(string, safe="", encoding=None, errors=None):
    return quote(string, safe + " ").replace(" ", "+")


def unquote(string, encoding="utf-8", errors="replace"):
    return string if "%" not in string else unknown("a text of quoted bytes")


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "))


def urlencode(query, doseq=False, safe="", **options):
    pairs = query.items() if hasattr(query, "items") else query
    return "&".join(quote_plus(str(k), safe) + "=" + quote_plus(str(v), safe) for k, v in pairs)


def urljoin(base, url, allow_fragments=True):
    return unknown("an address made of two")
