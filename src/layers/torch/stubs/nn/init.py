from torch._native import (
    _calculate_correct_fan, _calculate_fan_in_and_fan_out, calculate_gain, constant, constant_, dirac, dirac_, eye,
    eye_, kaiming_normal, kaiming_normal_, kaiming_uniform, kaiming_uniform_, normal, normal_, ones_, orthogonal,
    orthogonal_, sparse, sparse_, trunc_normal_, uniform, uniform_, xavier_normal, xavier_normal_, xavier_uniform,
    xavier_uniform_, zeros_,
)


def _no_grad_uniform_(tensor, a, b, generator=None):
    return uniform_(tensor, a, b)


def _no_grad_normal_(tensor, mean, std, generator=None):
    return normal_(tensor, mean, std)


def _no_grad_trunc_normal_(tensor, mean, std, a, b, generator=None):
    return trunc_normal_(tensor, mean, std, a, b)


def _no_grad_fill_(tensor, val):
    return constant_(tensor, val)


def _no_grad_zero_(tensor):
    return zeros_(tensor)
