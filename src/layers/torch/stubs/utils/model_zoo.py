from torch._native import nobody_knows


def load_url(url, *args, **kwargs):
    return nobody_knows("a file from the network")
