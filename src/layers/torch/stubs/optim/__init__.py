class Optimizer:
    """Training is not run here: an optimizer keeps what it was given."""

    def __init__(self, params=None, *args, **kwargs):
        self.param_groups = []
        self.defaults = kwargs
        self.state = {}

    def step(self, closure=None):
        pass

    def zero_grad(self, set_to_none=True):
        pass

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass

    def add_param_group(self, group):
        self.param_groups.append(group)


class SGD(Optimizer):
    pass


class Adam(Optimizer):
    pass


class AdamW(Optimizer):
    pass


class RMSprop(Optimizer):
    pass


class Adagrad(Optimizer):
    pass


class Adadelta(Optimizer):
    pass


class Adamax(Optimizer):
    pass


class LBFGS(Optimizer):
    pass


class NAdam(Optimizer):
    pass


class RAdam(Optimizer):
    pass
