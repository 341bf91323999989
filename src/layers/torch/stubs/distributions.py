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


class Normal(Distribution):
    def __init__(self, loc, scale, **options):
        super().__init__(loc, scale, **options)
        self.loc = loc
        self.scale = scale

    def sample(self, sample_shape=()):
        if isinstance(self.loc, (int, float)) and isinstance(self.scale, (int, float)):
            return torch.empty(sample_shape).normal_(self.loc, self.scale)
        return super().sample(sample_shape)

    rsample = sample


class OneHotCategorical(Distribution):
    pass


class Poisson(Distribution):
    pass


class Uniform(Distribution):
    def __init__(self, low, high, **options):
        super().__init__(low, high, **options)
        self.low = low
        self.high = high

    def sample(self, sample_shape=()):
        if isinstance(self.low, (int, float)) and isinstance(self.high, (int, float)):
            return torch.empty(sample_shape).uniform_(self.low, self.high)
        return super().sample(sample_shape)

    rsample = sample
