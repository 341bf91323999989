def wrap(function):
    return function


class Proxy:
    pass


class GraphModule:
    pass


class Tracer:
    pass


class Node:
    pass
