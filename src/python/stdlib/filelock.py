"""Locks that other processes see: nobody holds them."""
from threading import Lock as _Lock


class Timeout(TimeoutError):
    pass


class BaseFileLock(_Lock):
    def __init__(self, lock_file, timeout=-1, *args, **options):
        self.lock_file = lock_file
        self.timeout = timeout
        self.is_locked = False

    def acquire(self, *args, **options):
        return self

    def release(self, force=False):
        pass

    def __enter__(self):
        return self


class FileLock(BaseFileLock):
    pass


class SoftFileLock(BaseFileLock):
    pass


class UnixFileLock(BaseFileLock):
    pass


class WindowsFileLock(BaseFileLock):
    pass
