from torch._native import begin_training, optimizer_steps


class Optimizer:
    """Training is not run here: an optimizer keeps what it was given."""

    def __init__(self, params, defaults):
        self.defaults = defaults
        self.state = {}
        self.param_groups = []
        groups = list(params)
        if groups and not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def step(self, closure=None):
        optimizer_steps()

    def zero_grad(self, set_to_none=True):
        pass

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass

    def add_param_group(self, param_group):
        params = begin_training(param_group["params"])
        self.param_groups.append({**self.defaults, **param_group, "params": params})


class _Named(Optimizer):
    """Arguments in the order of its table, and their defaults in torch 2.15."""

    _arguments = {}

    def __init__(self, params, *args, **kwargs):
        super().__init__(params, {**self._arguments, **dict(zip(self._arguments, args)), **kwargs})


class ASGD(_Named):
    _arguments = {"lr": 0.01, "lambd": 0.0001, "alpha": 0.75, "t0": 1000000.0, "weight_decay": 0}


class Adadelta(_Named):
    _arguments = {"lr": 1.0, "rho": 0.9, "eps": 1e-06, "weight_decay": 0}


class Adafactor(_Named):
    _arguments = {"lr": 0.01, "beta2_decay": -0.8, "eps": (None, 0.001), "d": 1.0, "weight_decay": 0.0}


class Adagrad(_Named):
    _arguments = {"lr": 0.01, "lr_decay": 0, "weight_decay": 0, "initial_accumulator_value": 0, "eps": 1e-10}


class Adam(_Named):
    _arguments = {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-08, "weight_decay": 0, "amsgrad": False}


class AdamW(_Named):
    _arguments = {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-08, "weight_decay": 0.01, "amsgrad": False}


class Adamax(_Named):
    _arguments = {"lr": 0.002, "betas": (0.9, 0.999), "eps": 1e-08, "weight_decay": 0}


class LBFGS(_Named):
    _arguments = {
        "lr": 1,
        "max_iter": 20,
        "max_eval": None,
        "tolerance_grad": 1e-07,
        "tolerance_change": 1e-09,
        "history_size": 100,
        "line_search_fn": None,
    }


class Muon(_Named):
    _arguments = {"lr": 0.001, "weight_decay": 0.1, "momentum": 0.95, "nesterov": True}


class NAdam(_Named):
    _arguments = {
        "lr": 0.002,
        "betas": (0.9, 0.999),
        "eps": 1e-08,
        "weight_decay": 0,
        "momentum_decay": 0.004,
        "decoupled_weight_decay": False,
    }


class RAdam(_Named):
    _arguments = {
        "lr": 0.001,
        "betas": (0.9, 0.999),
        "eps": 1e-08,
        "weight_decay": 0,
        "decoupled_weight_decay": False,
    }


class RMSprop(_Named):
    _arguments = {
        "lr": 0.01,
        "alpha": 0.99,
        "eps": 1e-08,
        "weight_decay": 0,
        "momentum": 0,
        "centered": False,
    }


class Rprop(_Named):
    _arguments = {"lr": 0.01, "etas": (0.5, 1.2), "step_sizes": (1e-06, 50)}


class SGD(_Named):
    _arguments = {"lr": 0.001, "momentum": 0, "dampening": 0, "weight_decay": 0, "nesterov": False}


class SparseAdam(_Named):
    _arguments = {"lr": 0.001, "betas": (0.9, 0.999), "eps": 1e-08}
