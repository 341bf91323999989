"""Copies of files are there for the program itself; nothing else is done."""

import os


def copyfile(src, dst, *, follow_symlinks=True):
    return copy_file(os.fspath(src), os.fspath(dst))


def copy(src, dst, *, follow_symlinks=True):
    return copyfile(src, dst)


copy2 = copy


def _nothing(*args, **kwargs):
    pass


copytree = rmtree = move = chown = make_archive = unpack_archive = copymode = copystat = copyfileobj = _nothing


def which(cmd, mode=None, path=None):
    return unknown("which programs are installed")


def disk_usage(path):
    return unknown("how full a disk is")


def get_terminal_size(fallback=(80, 24)):
    return unknown("how wide a terminal is")
