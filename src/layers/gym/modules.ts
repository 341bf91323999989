/** The modules that stand for Gym and Gymnasium, under both names: spaces of well-known environments. */
import type { HostModule } from "../../python/host.js";
import coreSource from "./core.py";
import knownSource from "./known.py";
import spacesSource from "./spaces.py";
import vectorSource from "./vector.py";
import wrappersSource from "./wrappers.py";

const WRAPPER_FILES = [
  ..."atari_preprocessing frame_stack transform_observation gray_scale_observation".split(" "),
  ..."resize_observation record_video record_episode_statistics time_limit".split(" "),
];

const publicOf = (name: string): HostModule[] => [
  {
    name,
    isPackage: true,
    source: `
from _gym_core import ActionWrapper, Env, make, ObservationWrapper, RewardWrapper, Wrapper
from _gym_spaces import Space
from ${name} import spaces, vector, wrappers
from ${name}.vector import make as make_vec
`,
  },
  { name: `${name}.core`, source: "from _gym_core import *\nfrom _gym_spaces import *" },
  { name: `${name}.spaces`, isPackage: true, source: "from _gym_spaces import *" },
  { name: `${name}.spaces.utils`, source: "from _gym_spaces import flatdim" },
  { name: `${name}.vector`, isPackage: true, source: vectorSource },
  { name: `${name}.wrappers`, isPackage: true, source: wrappersSource },
  ...WRAPPER_FILES.map((file) => ({
    name: `${name}.wrappers.${file}`,
    source: `from ${name}.wrappers import *`,
  })),
];

export const GYM_MODULES: readonly HostModule[] = [
  { name: "_gym_nobody", source: "from torch._native import nobody_knows" },
  { name: "_gym_known", source: knownSource },
  { name: "_gym_spaces", source: spacesSource },
  { name: "_gym_core", source: coreSource },
  ...["gym", "gymnasium"].flatMap(publicOf),
];
