"""Distributions: what a model gives them is its output. Of one of plain numbers is known what it draws."""

import torch
from torch._native import distribution, nobody_knows


class Distribution(nobody_knows("what a distribution does")):
    def __init__(self, *parameters, **options):
        distribution(*parameters, *options.values())


class Bernoulli(Distribution):
    pass


class Beta(Distribution):
    pass


class Categorical(Distribution):
    pass


class Dirichlet(Distribution):
    pass


class Gamma(Distribution):
    pass


class Independent(Distribution):
    pass


class MultivariateNormal(Distribution):
    pass


class _OfTwoNumbers(Distribution):
    """One that is given by two parameters; `_draw` fills a tensor where both are plain numbers."""

    def __init__(self, first, second, **options):
        super().__init__(first, second, **options)
        self._parameters = (first, second)

    def sample(self, sample_shape=()):
        if all([isinstance(one, (int, float)) for one in self._parameters]):
            return self._draw(torch.empty(sample_shape), *self._parameters)
        return super().sample(sample_shape)

    rsample = sample


class Normal(_OfTwoNumbers):
    def __init__(self, loc, scale, **options):
        super().__init__(loc, scale, **options)
        self.loc, self.scale = loc, scale

    _draw = staticmethod(torch.Tensor.normal_)


class OneHotCategorical(Distribution):
    pass


class Poisson(Distribution):
    pass


class Uniform(_OfTwoNumbers):
    def __init__(self, low, high, **options):
        super().__init__(low, high, **options)
        self.low, self.high = low, high

    _draw = staticmethod(torch.Tensor.uniform_)
