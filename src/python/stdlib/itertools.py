class chain:
    def __init__(self, *iterables):
        self._it = _chained(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        self = cls()
        self._it = _chained(iterables)
        return self

    def __iter__(self):
        return self._it  # not `self`: the generator itself knows where nobody knows whether it goes on

    def __next__(self):
        return next(self._it)


def _chained(iterables):
    for iterable in iterables:
        yield from iterable


def count(start=0, step=1):
    n = start
    while True:
        yield n
        n += step


def cycle(iterable):
    saved = []
    for one in iterable:
        yield one
        saved.append(one)
    while saved:
        yield from saved


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(it)
        except StopIteration:
            return
    yield total
    for one in it:
        total = total + one if func is None else func(total, one)
        yield total


def batched(iterable, n):
    it = iter(iterable)
    while batch := tuple(islice(it, n)):
        yield batch


def compress(data, selectors):
    for one, keep in zip(data, selectors):
        if keep:
            yield one


def dropwhile(predicate, iterable):
    it = iter(iterable)
    for one in it:
        if not predicate(one):
            yield one
            break
    yield from it


def takewhile(predicate, iterable):
    for one in iterable:
        if not predicate(one):
            break
        yield one


def filterfalse(predicate, iterable):
    for one in iterable:
        if not (one if predicate is None else predicate(one)):
            yield one


def groupby(iterable, key=None):
    groups = []
    for one in iterable:
        name = one if key is None else key(one)
        if groups and groups[-1][0] == name:
            groups[-1][1].append(one)
        else:
            groups.append((name, [one]))
    for name, members in groups:
        yield name, iter(members)


def islice(iterable, *args):
    bounds = slice(*args)
    start = bounds.start or 0
    step = bounds.step or 1
    stop = bounds.stop
    wanted = start
    if stop is not None and wanted >= stop:
        return
    for index, one in enumerate(iterable):
        if index == wanted:
            yield one
            wanted += step
        if stop is not None and index + 1 >= stop:
            return


def pairwise(iterable):
    it = iter(iterable)
    previous = next(it, None)
    for one in it:
        yield previous, one
        previous = one


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def tee(iterable, n=2):
    items = list(iterable)
    return tuple(iter(items) for _ in range(n))


def zip_longest(*iterables, fillvalue=None):
    lists = [list(iterable) for iterable in iterables]
    for index in range(max((len(one) for one in lists), default=0)):
        yield tuple(one[index] if index < len(one) else fillvalue for one in lists)


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    result = [[]]
    for pool in pools:
        result = [x + [y] for x in result for y in pool]
    for one in result:
        yield tuple(one)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    for indices in product(range(len(pool)), repeat=r):
        if len(set(indices)) == r:
            yield tuple(pool[i] for i in indices)


def combinations(iterable, r):
    pool = tuple(iterable)

    def choose(start, chosen):
        if len(chosen) == r:
            yield tuple(chosen)
            return
        for index in range(start, len(pool)):
            yield from choose(index + 1, chosen + [pool[index]])

    yield from choose(0, [])


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    for indices in product(range(len(pool)), repeat=r):
        if sorted(indices) == list(indices):
            yield tuple(pool[i] for i in indices)
