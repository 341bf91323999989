"""Several environments at once."""

from _gym_core import Env, Wrapper
from _gym_core import make as _make
from _gym_spaces import batched

VectorEnv, VectorWrapper = Env, Wrapper


class SyncVectorEnv(Env):
    def __init__(self, env_fns, *args, **options):
        first = env_fns[0]()
        self.num_envs = len(env_fns)
        self.single_observation_space = first.observation_space
        self.single_action_space = first.action_space
        self.observation_space = batched(first.observation_space, self.num_envs)
        self.action_space = batched(first.action_space, self.num_envs)


AsyncVectorEnv = SyncVectorEnv


def make(id, num_envs=1, vectorization_mode=None, **options):
    return SyncVectorEnv([lambda: _make(id, **options)] * num_envs)
