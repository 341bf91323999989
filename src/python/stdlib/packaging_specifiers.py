import re

from packaging.version import Version, parse

_PATTERN = re.compile(r"\s*(~=|===|==|!=|<=|>=|<|>)\s*([^\s,]+)\s*")


class InvalidSpecifier(ValueError):
    pass


def _holds(operator, wanted, version):
    if operator in ("==", "!=") and wanted.endswith(".*"):
        prefix = Version(wanted[:-2]).release
        return (version.release[: len(prefix)] == prefix) is (operator == "==")
    limit = Version(wanted)
    if operator == "===":
        return str(version) == wanted
    # A build's own label counts only where the specifier has one.
    shown = version if limit.local else Version(version.public)
    if operator == "~=":
        prefix = limit.release[:-1]
        return shown >= limit and version.release[: len(prefix)] == prefix
    if operator == "<" and version.is_prerelease and not limit.is_prerelease:
        return Version(version.base_version) < limit
    if operator == ">" and version.is_postrelease and not limit.is_postrelease:
        return Version(version.base_version) > limit
    return {
        "==": shown == limit,
        "!=": shown != limit,
        "<=": shown <= limit,
        ">=": shown >= limit,
        "<": shown < limit,
        ">": shown > limit,
    }[operator]


class SpecifierSet:
    """Conditions on a version, all of which must hold."""

    def __init__(self, specifiers="", prereleases=None):
        self._text = str(specifiers)
        self._conditions = []
        for part in self._text.split(","):
            if part.strip():
                found = _PATTERN.fullmatch(part)
                if found is None:
                    raise InvalidSpecifier(f"Invalid specifier: {part!r}")
                self._conditions.append(found.groups())
        self._takes_prereleases = prereleases

    @property
    def prereleases(self):
        if self._takes_prereleases is not None:
            return self._takes_prereleases
        return any(Version(wanted.removesuffix(".*")).is_prerelease for _, wanted in self._conditions)

    def contains(self, item, prereleases=None):
        if is_unknown(item):
            return item
        version = item if isinstance(item, Version) else parse(item)
        allowed = self._takes_prereleases if prereleases is None else prereleases
        if version.is_prerelease and allowed is False:
            return False
        return all(_holds(operator, wanted, version) for operator, wanted in self._conditions)

    def __contains__(self, item):
        return self.contains(item)

    def __len__(self):
        return len(self._conditions)

    def __str__(self):
        return self._text


Specifier = SpecifierSet
