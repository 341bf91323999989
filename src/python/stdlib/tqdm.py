class _Bar(type):
    def __getattr__(cls, name):
        return unknown("a setting of progress bars")


class tqdm(metaclass=_Bar):
    """Goes over what it is given. Numbers with a progress bar are a training loop: nobody waits for all of them."""

    def __init__(self, iterable=None, *args, **kwargs):
        self.iterable = iterable

    def __iter__(self):
        return unknown("a training loop") if isinstance(self.iterable, range) else iter(self.iterable)

    def __len__(self):
        return len(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def __getattr__(self, name):
        return unknown("a progress bar")


def trange(*args, **kwargs):
    return tqdm(range(*args))
