def is_available():
    return False


def device_count():
    return 0


def manual_seed(seed):
    pass


def manual_seed_all(seed):
    pass


def empty_cache():
    pass


def is_bf16_supported(*args):
    return False


def is_current_stream_capturing():
    return False
