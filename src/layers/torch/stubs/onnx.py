from torch._native import nobody_knows


def export(model, args=(), f=None, *, kwargs=None, **options):
    inputs = args if isinstance(args, tuple) else (args,)
    if len(inputs) > 0 and isinstance(inputs[-1], dict):
        model(*inputs[:-1], **inputs[-1])
    else:
        model(*inputs, **(kwargs or {}))
    return nobody_knows("an exported program")


def dynamo_export(model, *args, **kwargs):
    model(*args)
    return nobody_knows("an exported program")
