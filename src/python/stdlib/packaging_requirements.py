import re

from packaging.specifiers import SpecifierSet

_PATTERN = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*(?:@\s*([^\s;]+))?\s*([^;]*?)\s*(?:;\s*(.*))?")


class InvalidRequirement(ValueError):
    pass


class Requirement:
    def __init__(self, requirement_string):
        found = _PATTERN.fullmatch(requirement_string)
        if found is None:
            raise InvalidRequirement(f"Expected package name at the start of dependency specifier: {requirement_string}")
        self.name, extras, self.url, versions, self.marker = found.groups()
        self.extras = {one.strip() for one in (extras or "").split(",") if one.strip()}
        self.specifier = SpecifierSet(versions.removeprefix("(").removesuffix(")"))

    def __str__(self):
        extras = f"[{','.join(sorted(self.extras))}]" if self.extras else ""
        where = f"@ {self.url}" if self.url else ""
        when = f"; {self.marker}" if self.marker else ""
        return f"{self.name}{extras}{where}{self.specifier}{when}"

    def __repr__(self):
        return f"<Requirement('{self}')>"
