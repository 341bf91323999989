"""Wrappers that change what is observed, and those that leave it."""

from _gym_core import Wrapper
from _gym_nobody import nobody_knows
from _gym_spaces import Box, flatdim


class _Same(Wrapper):
    pass


RecordEpisodeStatistics = RecordVideo = Monitor = TimeLimit = OrderEnforcing = PassiveEnvChecker = _Same
ClipAction = RescaleAction = NormalizeObservation = NormalizeReward = TransformReward = ClipReward = _Same
AutoResetWrapper = Autoreset = _Same


def _observing(wrapper, shape):
    wrapper.observation_space = Box(nobody_knows("bounds"), nobody_knows("bounds"), shape)


class FlattenObservation(Wrapper):
    def __init__(self, env):
        super().__init__(env)
        _observing(self, (flatdim(env.observation_space),))


class ResizeObservation(Wrapper):
    def __init__(self, env, shape):
        super().__init__(env)
        size = (shape, shape) if isinstance(shape, int) else tuple(shape)
        _observing(self, size + tuple(env.observation_space.shape[2:]))


class GrayScaleObservation(Wrapper):
    def __init__(self, env, keep_dim=False):
        super().__init__(env)
        _observing(self, tuple(env.observation_space.shape[:2]) + ((1,) if keep_dim else ()))


GrayscaleObservation = GrayScaleObservation


class FrameStack(Wrapper):
    def __init__(self, env, num_stack, *args, **options):
        super().__init__(env)
        _observing(self, (num_stack,) + tuple(env.observation_space.shape))


def FrameStackObservation(env, stack_size, **options):
    return FrameStack(env, stack_size)


class AtariPreprocessing(Wrapper):
    def __init__(self, env, noop_max=30, frame_skip=4, screen_size=84, terminal_on_life_loss=False,
                 grayscale_obs=True, grayscale_newaxis=False, scale_obs=False):
        super().__init__(env)
        size = (screen_size, screen_size) if isinstance(screen_size, int) else tuple(screen_size)
        _observing(self, size + (() if grayscale_obs and not grayscale_newaxis else (1,) if grayscale_obs else (3,)))


class TransformObservation(Wrapper):
    def __init__(self, env, f=None, observation_space=None, **options):
        super().__init__(env)
        if observation_space is not None:
            self.observation_space = observation_space
