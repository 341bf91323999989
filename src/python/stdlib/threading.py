class local:
    pass


class Lock:
    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass

    def locked(self):
        return False

    def __enter__(self):
        return True

    def __exit__(self, *exc_info):
        pass


class RLock(Lock):
    pass


class Condition(Lock):
    pass


class Event:
    def is_set(self):
        return False

    def set(self):
        pass

    def clear(self):
        pass
