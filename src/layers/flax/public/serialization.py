"""flax.serialization."""

import _lens


def to_state_dict(target):
    return target


def from_bytes(target, data):
    return _lens.unknown("values read from a file")


from_state_dict = msgpack_restore = from_bytes


def to_bytes(target):
    return _lens.unknown("bytes")
