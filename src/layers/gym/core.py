"""Environments: of each only its spaces are known, nothing that happens in it."""

from _gym_known import spaces_of
from _gym_nobody import nobody_knows
from _gym_spaces import Box, Discrete


class Env:
    def __class_getitem__(cls, kinds):
        return cls

    @property
    def unwrapped(self):
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return nobody_knows(f"{name} of an environment")

    def reset(self, *args, **options):
        return nobody_knows("what an environment begins with")

    def step(self, action):
        return nobody_knows("what an environment does")

    def render(self, *args, **options):
        return nobody_knows("a picture of an environment")

    def close(self):
        return None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False


class Wrapper(Env):
    def __init__(self, env, *args, **options):
        self.env = env

    @property
    def unwrapped(self):
        return self.env.unwrapped

    def __getattr__(self, name):
        if name.startswith("__") or name == "env":
            raise AttributeError(name)
        return getattr(self.env, name)


class ObservationWrapper(Wrapper):
    pass


class ActionWrapper(Wrapper):
    pass


class RewardWrapper(Wrapper):
    pass


def _space(observation):
    if isinstance(observation, int):
        return Discrete(observation)
    return Box(nobody_knows("bounds"), nobody_knows("bounds"), observation)


def make(id, *args, **options):
    found = None if args or not isinstance(id, str) else spaces_of(id, options)
    if found is None:
        return nobody_knows(f"the environment {id}")
    observation, kind, count = found
    made = Env()
    made.observation_space = _space(observation)
    made.action_space = Discrete(count) if kind == "choices" else _space((count,))
    return made
