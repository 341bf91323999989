class chain:
    def __init__(self, *iterables):
        self._values = (value for iterable in iterables for value in iterable)

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._values = (value for iterable in iterables for value in iterable)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._values)


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    saved = []
    for value in iterable:
        yield value
        saved.append(value)
    while saved:
        for value in saved:
            yield value


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
    total = initial
    started = initial is not None
    if started:
        yield total
    for value in iterable:
        if not started:
            total = value
            started = True
        else:
            total = total + value if func is None else func(total, value)
        yield total


def batched(iterable, n, *, strict=False):
    batch = []
    for value in iterable:
        batch.append(value)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        if strict:
            raise ValueError("batched(): incomplete batch")
        yield tuple(batch)


def compress(data, selectors):
    return (value for value, selected in zip(data, selectors) if selected)


def dropwhile(predicate, iterable):
    dropping = True
    for value in iterable:
        dropping = dropping and predicate(value)
        if not dropping:
            yield value


def takewhile(predicate, iterable):
    for value in iterable:
        if not predicate(value):
            return
        yield value


def filterfalse(predicate, iterable):
    for value in iterable:
        if not (value if predicate is None else predicate(value)):
            yield value


def groupby(iterable, key=None):
    group = []
    current = None
    for value in iterable:
        k = value if key is None else key(value)
        if group and k != current:
            yield current, iter(group)
            group = []
        current = k
        group.append(value)
    if group:
        yield current, iter(group)


def islice(iterable, *args):
    bounds = slice(*args)
    start = 0 if bounds.start is None else bounds.start
    step = 1 if bounds.step is None else bounds.step
    position = 0
    wanted = start
    if bounds.stop is not None and bounds.stop <= start:
        return
    for value in iterable:
        if position == wanted:
            yield value
            wanted += step
        position += 1
        if bounds.stop is not None and (position >= bounds.stop or wanted >= bounds.stop):
            return


def pairwise(iterable):
    previous = None
    first = True
    for value in iterable:
        if not first:
            yield previous, value
        previous = value
        first = False


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def tee(iterable, n=2):
    values = list(iterable)
    return tuple(iter(values) for _ in range(n))


def zip_longest(*iterables, fillvalue=None):
    columns = [list(iterable) for iterable in iterables]
    length = max([len(column) for column in columns], default=0)
    for row in range(length):
        yield tuple([column[row] if row < len(column) else fillvalue for column in columns])


def product(*iterables, repeat=1):
    pools = [tuple(iterable) for iterable in iterables] * repeat
    rows = [()]
    for pool in pools:
        rows = [row + (value,) for row in rows for value in pool]
    return iter(rows)


def _choices(indices, r, following):
    if r == 0:
        return [()]
    return [(i,) + rest for i in indices for rest in _choices(following(indices, i), r - 1, following)]


def _pick(iterable, r, following):
    pool = tuple(iterable)
    size = len(pool) if r is None else r
    rows = _choices(list(range(len(pool))), size, following)
    return iter([tuple([pool[i] for i in row]) for row in rows])


def combinations(iterable, r):
    return _pick(iterable, r, lambda indices, i: [j for j in indices if j > i])


def combinations_with_replacement(iterable, r):
    return _pick(iterable, r, lambda indices, i: [j for j in indices if j >= i])


def permutations(iterable, r=None):
    return _pick(iterable, r, lambda indices, i: [j for j in indices if j != i])
