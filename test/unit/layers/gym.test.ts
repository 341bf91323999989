/** Sizes that programs read from the spaces of Gym's environments. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf, resultOf } from "./torchPrograms.js";

const shapes = (program: string, expression: string) => resultOf(program, expression);

for (const name of ["gym", "gymnasium"]) {
  test(`well-known environments of ${name}`, () => {
    const program = `
import ${name} as gym
def sizes(id, **options):
    env = gym.make(id, **options)
    actions = env.action_space
    discrete = isinstance(actions, gym.spaces.Discrete)
    return [list(env.observation_space.shape), actions.n if discrete else actions.shape[0]]
`;
    assert.deepEqual(shapes(program, 'sizes("CartPole-v1", render_mode="human")'), [[4], 2]);
    assert.deepEqual(shapes(program, 'sizes("Ant-v4")'), [[27], 8]);
    assert.deepEqual(shapes(program, 'sizes("Ant-v5")'), [[105], 8]);
    assert.deepEqual(shapes(program, 'sizes("FrozenLake-v1")'), [[], 4]);
    assert.deepEqual(shapes(program, 'sizes("BreakoutNoFrameskip-v4")'), [[210, 160, 3], 4]);
    assert.deepEqual(shapes(program, 'sizes("ALE/Pong-v5")'), [[210, 160, 3], 6]);
  });

  test(`wrappers and vectors of ${name}`, () => {
    const program = `
import ${name} as gym
import numpy as np
def frames():
    env = gym.make("PongNoFrameskip-v4")
    env = gym.wrappers.ResizeObservation(env, (84, 84))
    env = gym.wrappers.GrayScaleObservation(env)
    return list(gym.wrappers.FrameStack(env, 4).observation_space.shape)
def thunk():
    return gym.wrappers.FlattenObservation(gym.wrappers.RecordEpisodeStatistics(gym.make("CarRacing-v2")))
envs = gym.vector.SyncVectorEnv([thunk for _ in range(3)])
class Channels(gym.ObservationWrapper):
    def __init__(self, env):
        super().__init__(env)
        h, w, c = self.observation_space.shape
        self.observation_space = gym.spaces.Box(low=0, high=255, shape=(c, h, w), dtype=np.uint8)
`;
    assert.deepEqual(shapes(program, "frames()"), [4, 84, 84]);
    assert.deepEqual(
      shapes(
        program,
        "[list(envs.single_observation_space.shape), list(envs.observation_space.shape), envs.num_envs]",
      ),
      [[27648], [3, 27648], 3],
    );
    assert.deepEqual(
      shapes(program, 'list(Channels(gym.make("CarRacing-v2")).observation_space.shape)'),
      [3, 96, 96],
    );
  });
}

test("an environment that nobody knows, and options that change one", () => {
  const program = `
import gym
from torch import nn
def net(id, **options):
    env = gym.make(id, **options)
    return nn.Linear(env.observation_space.shape[0], 2, bias=False)
class Own(gym.Env):
    def __init__(self):
        self.observation_space = gym.spaces.Box(-1, 1, (5,))
`;
  const first = (call: string) => modelOf(program, call).parameters[0]?.shape[1];
  assert.equal(typeof first('net("Mine-v0")'), "string");
  assert.equal(typeof first('net("LunarLander-v2", continuous=True)'), "string");
  assert.equal(first('net("LunarLander-v2")'), 8);
  assert.equal(first("nn.Linear(Own().observation_space.shape[0], 2)"), 5);
});
