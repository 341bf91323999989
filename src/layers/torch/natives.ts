/** Everything torch has that is not written in Python: one module of natives, which the stubs import from. */
import { LOADED } from "../../init/loaded.js";
import type { FunctionTable } from "../../python/host.js";
import type { Machine } from "../../python/machine.js";
import { symbol } from "../../python/symbols/polynomial.js";
import { type NativeBody, PyDict, PyTuple, Sym, Unknown, type Value } from "../../python/values.js";
import { DTYPES } from "../tensors/dtypes.js";
import { setSeed } from "../tensors/randomState.js";
import { Tensor, write } from "../tensors/tensor.js";
import { dtypeArgument, shapeArgument, truthOf } from "./functions/arguments.js";
import { CREATION, fresh } from "./functions/creation.js";
import { DIAGONALS } from "./functions/diagonals.js";
import { INIT_HELPERS, INITIALISERS } from "./functions/draws.js";
import { BINARY, UNARY, unary } from "./functions/elementwise.js";
import { FUNCTIONAL } from "./functions/functional.js";
import { LINALG, MATRICES } from "./functions/matrices.js";
import { withNumpyNames } from "./functions/numpyNames.js";
import { intoOut } from "./functions/outArgument.js";
import { EINSUM, PRODUCTS } from "./functions/products.js";
import { NORMS, REDUCING } from "./functions/reductions.js";
import { JOINING, SHAPING } from "./functions/shaping.js";
import { FFT, SPECTRA } from "./functions/spectra.js";
import { makeWorld, parameterOver } from "./functions/tensorClass.js";
import { scaledBinary } from "./functions/tensorOperators.js";
import { noteApply } from "./module/applied.js";
import { endOfDefault, makeModuleClass } from "./module/module.js";
import { noteRecomputed } from "./module/recomputed.js";
import { beginTraining } from "./module/training.js";
import { noteStep } from "./report/leftBehind.js";
import { prepareTrace, traced } from "./runs/traced.js";
import { isParameter, worldOf } from "./world.js";

function elementwise(): FunctionTable {
  const table: Record<string, NativeBody> = {};
  for (const name of Object.keys(UNARY)) {
    table[`${name}(input, *, out=None)`] = (machine, input) =>
      input instanceof Tensor
        ? unary(machine, name, input)
        : machine.unknown(`${name} of a value that is not known`);
  }
  for (const name of Object.keys(BINARY)) {
    table[`${name}(input, other, *, alpha=1, rounding_mode=None, out=None)`] = (
      machine,
      left,
      right,
      alpha,
      rounding,
    ) => {
      const factor = name === "add" || name === "sub" ? alpha! : 1;
      const second = factor === 1 ? right! : machine.binary("*", right!, factor);
      return scaledBinary(machine, name, left!, second, rounding!);
    };
  }
  return table;
}

/** What the stubs compute from tensors. */
const OF_STUBS: FunctionTable = {
  "distribution(*parameters)": (machine) => machine.unknown("a distribution"),
};

/** Functions only the stubs use. */
const FOR_STUBS: FunctionTable = {
  "unknown(reason)": (machine, reason) => machine.unknown(String(reason)),
  "note_apply(module, fn)": (machine, module, fn) => noteApply(machine, module!, fn!),
  "recomputed(tensor, owner, by)": (machine, tensor, owner, by) =>
    noteRecomputed(machine, tensor!, owner!, by!),
  "end_of_default(module)": (machine, module) => endOfDefault(machine, module!),
  "fresh_parameter(shape, dtype=None, requires_grad=True)": (machine, shape, dtype, requiresGrad) => {
    const { defaultDtype, Parameter } = worldOf(machine);
    const wanted = dtypeArgument(machine, dtype, defaultDtype);
    const data = fresh(machine, shapeArgument(machine, shape), wanted, "empty", null);
    return parameterOver(machine, Parameter, data, requiresGrad!);
  },
  "materialize(tensor, shape)": (machine, self, shape) => {
    const made = fresh(machine, shapeArgument(machine, shape), (self as Tensor).dtype, "empty", null);
    if (made instanceof Tensor && self instanceof Tensor) {
      machine.touch(self);
      self.shape = made.shape;
      self.storage = made.storage;
      self.layout = null;
      self.covers = true;
    }
    return null;
  },
  "shape_of(value, /)": (machine, value) => {
    const shape = shapeArgument(machine, value);
    return shape instanceof Unknown ? machine.unknown(`a shape: ${shape.reason}`) : new PyTuple(shape);
  },
  "is_tensor(value, /)": (machine, value) => {
    const unknown = truthOf(machine, machine.isInstance(value!, worldOf(machine).Tensor));
    return unknown;
  },
  "set_default_dtype(dtype, /)": (machine, dtype) => {
    const world = worldOf(machine);
    // The class stands for the world around it: it was there before.
    machine.touch(world.Tensor);
    world.defaultDtype = dtypeArgument(machine, dtype, world.defaultDtype);
    return null;
  },
  "get_default_dtype()": (machine) => {
    const { dtypes, defaultDtype } = worldOf(machine);
    return dtypes.get(defaultDtype)!;
  },
  "size_symbol(name)": (_machine, name) => new Sym(symbol(String(name), String(name))),
  // A count nobody knows: what is certain is built, and the answer is said to lack the rest.
  "at_least_one(count, what)": (machine, count, what) => {
    if (!(count instanceof Unknown)) return count!;
    machine.incomplete(`how many ${String(what)} there are is not known: ${count.reason}`);
    return 1;
  },
  // True where it did: of a state that is not known, not even its names are. One that was made of such a state
  // may lack some of them.
  "load_unknown(parameters, state)": (machine, parameters, state) => {
    const isPart = state instanceof PyDict && state.uncertain !== null;
    if (!isPart && !(state instanceof Unknown)) return false;
    const step = isPart ? { op: LOADED, args: new Map([["certain", false]]) } : { op: LOADED };
    const all = machine.iterate(parameters!);
    for (const one of all instanceof Unknown ? [] : all) {
      if (one instanceof Tensor) write(machine, one, null, step);
    }
    return true;
  },
  "begin_training(params)": (machine, params) => beginTraining(machine, params!),
  "optimizer_steps()": (machine) => noteStep(machine),
  "seed_generator(seed)": (machine, seed) => {
    setSeed(machine, seed);
    return null;
  },
  "nobody_knows(reason)": (machine, reason) => machine.unknown(String(reason)),
};

/** Element types under torch's names, aliases included. */
function dtypeNames(machine: Machine): Record<string, Value> {
  const { dtypes } = worldOf(machine);
  const names = Object.fromEntries(DTYPES.map((name) => [name, dtypes.get(name)!]));
  const alias = {
    float: "float32",
    double: "float64",
    half: "float16",
    long: "int64",
    int: "int32",
    short: "int16",
    cfloat: "complex64",
  } as const;
  for (const [name, target] of Object.entries(alias)) names[name] = dtypes.get(target)!;
  return names;
}

/** The tables are the same for every evaluator, and long: each is made once, when torch is first imported. */
const once = (make: () => FunctionTable): (() => FunctionTable) => {
  let table: FunctionTable | null = null;
  return () => {
    table ??= make();
    return table;
  };
};

/** Functions of `torch` itself. */
export const torchFunctions = once(() =>
  withNumpyNames(
    intoOut({
      ...traced({
        ...elementwise(),
        ...REDUCING,
        ...SHAPING,
        ...PRODUCTS,
        ...EINSUM,
        ...JOINING,
        ...DIAGONALS,
        ...MATRICES,
        ...SPECTRA,
      }),
      ...CREATION,
    }),
  ),
);

/** Functions of `torch._native`. */
export const stubFunctions = once(() => ({
  ...INITIALISERS,
  ...INIT_HELPERS,
  ...FOR_STUBS,
  ...traced(OF_STUBS),
}));

/** Functions of `torch.nn.functional`. */
export const functionalFunctions = once(() => traced(FUNCTIONAL));

/** Functions of `torch.linalg`. */
export const linalgFunctions = once(() => withNumpyNames(traced({ ...LINALG, ...NORMS }), []));

/** Functions of `torch.fft`. */
export const fftFunctions = once(() => traced(FFT));

/** Classes and element types of `torch`. */
export function torchNatives(machine: Machine): Record<string, Value> {
  const world = prepare(machine);
  return {
    ...dtypeNames(machine),
    Tensor: world.Tensor,
    Size: world.Size,
    dtype: world.dtypeClass,
  };
}

/** Classes of `torch._native`. */
export function stubNatives(machine: Machine): Record<string, Value> {
  const world = prepare(machine);
  return {
    ModuleBase: moduleBase(machine),
    Tensor: world.Tensor,
    Parameter: world.Parameter,
  };
}

/** For modules that have functions alone. */
export function noNatives(machine: Machine): Record<string, Value> {
  prepare(machine);
  return {};
}

const prepare = (machine: Machine) => {
  prepareTrace(machine, (value) => isParameter(machine, value));
  return worldOf(machine, makeWorld);
};

const bases = new WeakMap<Machine, Value>();
function moduleBase(machine: Machine): Value {
  let base = bases.get(machine);
  if (base === undefined) {
    base = makeModuleClass(machine);
    bases.set(machine, base);
  }
  return base;
}
