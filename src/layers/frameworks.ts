/** All frameworks Init Lens reads: one row each. */
import type { HostHooks, HostModule } from "../python/host.js";
import type { Machine } from "../python/machine.js";
import type { Value } from "../python/values.js";
import { EINOPS_MODULES } from "./einops/modules.js";
import { EQUINOX } from "./equinox/equinox.js";
import { FLAX } from "./flax/flax.js";
import type { FoundLayer, FoundParameters, Framework, Places, Unfinished } from "./framework.js";
import { GYM_MODULES } from "./gym/modules.js";
import { HAIKU } from "./haiku/haiku.js";
import { KERAS } from "./keras/keras.js";
import { LIGHTNING_MODULES } from "./lightning/modules.js";
import { NUMPY } from "./numpy/numpy.js";
import { type Noticed, noticed } from "./observations.js";
import { TENSORFLOW } from "./tensorflow/tensorflow.js";
import { TORCH, TORCH_LEAVES } from "./torch/torch.js";

export const FRAMEWORKS: readonly Framework[] = [
  TORCH,
  TORCH_LEAVES,
  KERAS,
  FLAX,
  EQUINOX,
  HAIKU,
  TENSORFLOW,
  NUMPY,
];

/** Packages whose Python files say nothing of layers. All of them is unknown, which costs nothing. */
const OPAQUE: readonly HostModule[] = [
  ..."numpy scipy PIL cv2 numba sklearn skimage h5py rich joblib psutil".split(" "),
  ..."requests httpx httpx2 aiohttp urllib3 boto3 sentencepiece tiktoken filelock".split(" "),
  ..."sympy mpmath networkx pyarrow polars librosa soundfile onnx onnxruntime".split(" "),
].map((name) => ({ name, isPackage: true }));

/** Modules of a package whose other files say something of models: these load and save. */
const LOADING: readonly HostModule[] = ["file_download", "hf_api", "_snapshot_download"].map((name) => ({
  name: `huggingface_hub.${name}`,
  isPackage: true,
  isWithin: true,
}));

/** The same of those that draw, log or save, and neither change what they are given nor hand it back. */
const INERT: readonly HostModule[] = [
  ..."matplotlib seaborn plotly bokeh visdom torchviz pandas pickle".split(" "),
  ..."distrax tensorflow_probability".split(" "),
  ..."wandb tensorboard tensorboardX torch.utils.tensorboard mlflow neptune comet_ml".split(" "),
].map((name) => ({ name, isPackage: true, isInert: true }));

export const FRAMEWORK_MODULES: readonly HostModule[] = [
  ...OPAQUE,
  ...LOADING,
  ...INERT,
  ...FRAMEWORKS.flatMap(({ modules }) => modules),
  ...EINOPS_MODULES,
  ...GYM_MODULES,
  ...LIGHTNING_MODULES,
];

/** What escapes and what is bound is shown to every framework. */
export const FRAMEWORK_HOOKS: HostHooks = {
  onEscape(machine, value) {
    for (const { hooks } of FRAMEWORKS) hooks.onEscape?.(machine, value);
  },
  onUnfinished(machine, object) {
    for (const { hooks } of FRAMEWORKS) hooks.onUnfinished?.(machine, object);
  },
  onUnknownAttribute(machine, object, name) {
    for (const { hooks } of FRAMEWORKS) {
      const found = hooks.onUnknownAttribute?.(machine, object, name);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  lackedAttribute(machine, object, name) {
    for (const { hooks } of FRAMEWORKS) {
      const found = hooks.lackedAttribute?.(machine, object, name);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  onUnknownResult(machine, by, operands, result) {
    for (const { hooks } of FRAMEWORKS) hooks.onUnknownResult?.(machine, by, operands, result);
  },
  onBind(machine, value, name, span) {
    for (const { hooks } of FRAMEWORKS) hooks.onBind?.(machine, value, name, span);
  },
};

/** The parameters of a model of any framework; null where the value is none. */
export function parametersOf(machine: Machine, value: Value): FoundParameters | null {
  for (const framework of FRAMEWORKS) {
    const found = framework.parametersOf(machine, value);
    if (found !== null) return found;
  }
  return null;
}

/** The loaded stub modules that give names which a program can look its layers up by. */
export const namingModules = (machine: Machine): readonly string[] =>
  FRAMEWORKS.flatMap(({ namesGivenBy }) => namesGivenBy ?? []).filter((name) => machine.isImported(name));

/** How many objects each framework has made, in the order of `FRAMEWORKS`. */
export type Count = readonly number[];

/** What natives noticed while the code ran, and what the objects show that were made after so many. */
export function allNoticed(machine: Machine, from: Count): Noticed[] {
  return [
    ...noticed(machine),
    ...FRAMEWORKS.flatMap((framework, i) => framework.noticed?.(machine, from[i]!) ?? []),
  ];
}

export const NOTHING_MADE: Count = FRAMEWORKS.map(() => 0);

/** How many objects the code of each framework made so far. */
export const countMade = (machine: Machine): Count =>
  FRAMEWORKS.map((framework) => framework.countMade?.(machine) ?? 0);

/** Where the objects were made that came after so many. */
export const placesMade = (machine: Machine, from: Count): Places =>
  FRAMEWORKS.flatMap((framework, i) => framework.placesMade?.(machine, from[i]!) ?? []);

/** What each framework has to finish among the objects that came after so many. */
export const unfinished = (machine: Machine, from: Count): Unfinished[] =>
  FRAMEWORKS.flatMap((framework, i) => framework.unfinished?.(machine, from[i]!) ?? []);

/** Every layer and bare weight that any framework's code made after so many objects. */
export const layersMade = (machine: Machine, from: Count): FoundLayer[] =>
  FRAMEWORKS.flatMap((framework, i) => framework.layersMade?.(machine, from[i]!) ?? []);
