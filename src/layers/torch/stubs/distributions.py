"""Distributions: what a model gives them is its output. Nothing else is known of them."""

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
    pass


class OneHotCategorical(Distribution):
    pass


class Poisson(Distribution):
    pass
