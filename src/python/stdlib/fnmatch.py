import re


def translate(pattern):
    found = ""
    at = 0
    while at < len(pattern):
        one = pattern[at]
        at += 1
        end = pattern.find("]", at + 1) if one == "[" else -1
        if one == "*":
            found += ".*"
        elif one == "?":
            found += "."
        elif end > 0:
            inside = pattern[at:end]
            found += "[" + ("^" + inside[1:] if inside.startswith("!") else inside) + "]"
            at = end + 1
        else:
            found += re.escape(one)
    return found


def fnmatchcase(name, pattern):
    return re.fullmatch(translate(pattern), name) is not None


fnmatch = fnmatchcase


def filter(names, pattern):
    return [one for one in names if fnmatchcase(one, pattern)]
