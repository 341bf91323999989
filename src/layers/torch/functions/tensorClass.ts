/** The classes `torch.Tensor` and `torch.nn.Parameter`: their attributes, and all their methods together. */
import { type MethodTable, native, nativeClass, type PropertyTable } from "../../../python/host.js";
import type { Machine } from "../../../python/machine.js";
import {
  type NativeBody,
  NativeFunction,
  PyClass,
  type PyInstance,
  PyProperty,
  type PyTuple,
  type Value,
} from "../../../python/values.js";
import { type DType, isFloating, itemSize, realType } from "../../tensors/dtypes.js";
import { count, isTraining, makeTensor, spoil, Tensor, viewOf } from "../../tensors/tensor.js";
import { traced, tracedBody } from "../runs/traced.js";
import {
  dtypeValue,
  makeDtypes,
  makeRankedClass,
  makeSizeClass,
  sizeValue,
  type World,
  worldOf,
} from "../world.js";
import { CREATION_METHODS, fresh, legacyTensor } from "./creation.js";
import { DIAGONALS } from "./diagonals.js";
import { FILLING } from "./draws.js";
import { MATRICES } from "./matrices.js";
import { withNumpyNames } from "./numpyNames.js";
import { PRODUCTS } from "./products.js";
import { REDUCING } from "./reductions.js";
import { SHAPING, SHAPING_METHODS } from "./shaping.js";
import { TENSOR_NAMES } from "./tensorNames.js";
import { arithmetic, operators } from "./tensorOperators.js";
import { READING } from "./tensorReading.js";
import { detached, permute, turned } from "./views.js";

/** Numbers of the same places, without what makes them complex. */
const realPart = (machine: Machine, self: Tensor): Tensor =>
  self.dtype.startsWith("complex")
    ? makeTensor(machine, worldOf(machine).Tensor, self.shape, realType(self.dtype), null, { op: "real" })
    : self;

const adjointOf = tracedBody("mT", (machine, self) => turned(machine, self as Tensor));

const PROPERTIES: PropertyTable<Tensor> = {
  shape: (machine, self) => sizeValue(machine, self.shape),
  dtype: (machine, self) => dtypeValue(machine, self.dtype),
  ndim: (_machine, self) => self.rank,
  T: tracedBody("T", (machine, self) => {
    const { rank, shape } = self as Tensor;
    return permute(
      machine,
      self as Tensor,
      shape.map((_, axis) => rank - 1 - axis),
    );
  }),
  mT: adjointOf,
  H: adjointOf,
  mH: adjointOf,
  real: realPart,
  imag: realPart,
  is_leaf: () => true,
  is_cuda: () => false,
  is_meta: () => false,
  is_sparse: () => false,
  is_quantized: () => false,
  is_nested: () => false,
  is_mps: () => false,
  grad_fn: () => null,
  itemsize: (_machine, self) => itemSize(self.dtype),
  nbytes: (machine, self) => machine.binary("*", count(machine, self.shape), itemSize(self.dtype)),
  device: (machine) => machine.call(machine.getAttribute(machine.importModule("torch"), "device"), ["cpu"]),
};

/** Properties that a program may set. */
const SETTABLE: Readonly<
  Record<
    string,
    {
      get: (machine: Machine, self: Tensor) => Value;
      set: (machine: Machine, self: Tensor, value: Value) => void;
    }
  >
> = {
  data: { get: tracedBody("data", (machine, self) => detached(machine, self as Tensor)), set: setData },
  requires_grad: {
    get: (_machine, self) => self.requiresGrad,
    set: (machine, self, value) => {
      machine.touch(self);
      self.requiresGrad = machine.truth(value) === true;
    },
  },
};

/** `x.data = y`: x now has y's memory. */
function setData(machine: Machine, self: Tensor, value: Value): void {
  if (!(value instanceof Tensor)) {
    spoil(machine, self, "memory that is not known was put here");
    return;
  }
  if (isTraining(machine, self.storage, "data")) {
    machine.touch(self.storage);
    self.storage.content = null;
    return;
  }
  machine.touch(self);
  machine.touch(value.storage);
  if (value.storage.defaultEnd === null) value.storage.defaultEnd = self.storage.defaultEnd;
  self.shape = value.shape;
  self.dtype = value.dtype;
  self.storage = value.storage;
  self.layout = value.layout;
  self.covers = value.covers;
}

const ATTRIBUTE_METHODS: Record<string, NativeBody> = {
  "__getattr__(self, name)": (machine, self, name) => {
    if (name === "grad") return null;
    if (typeof name === "string" && !TENSOR_NAMES.has(name)) {
      return machine.raise("AttributeError", `'Tensor' object has no attribute '${name}'`);
    }
    return unmodelled(machine, self as Tensor, String(name));
  },
};

/** A method nobody modelled: in place (`foo_`) it may write anything, else its result is unknown. */
function unmodelled(machine: Machine, tensor: Tensor, name: string): Value {
  if (name.endsWith("_")) spoil(machine, tensor, `${name} was applied`);
  return machine.unknown(`torch.Tensor.${name}`);
}

/** A method nobody modelled, read of the class: `torch.Tensor.kthvalue`. */
export function ofTensorClass(_machine: Machine, object: Value, name: string): Value | undefined {
  if (!(object instanceof PyClass && tensorBase !== null && object.isSubclassOf(tensorBase)))
    return undefined;
  if (!TENSOR_NAMES.has(name)) return undefined;
  return native(`${name}(self, *args, **options)`, (machine, self) =>
    self instanceof Tensor ? unmodelled(machine, self, name) : machine.unknown(`torch.Tensor.${name}`),
  );
}

/** `__new__` of Tensor and its subclasses written in Python. */
function newTensor(machine: Machine, cls: PyClass, args: PyTuple): Value {
  const made = legacyTensor(machine, args, worldOf(machine).defaultDtype);
  return made instanceof Tensor ? underClass(machine, made, cls) : made;
}

function underClass(machine: Machine, tensor: Tensor, cls: PyClass): Tensor {
  const view = viewOf(tensor, tensor.shape, tensor.layout, tensor.covers, cls);
  view.made = machine.callStack();
  return view;
}

/** A parameter over a tensor's memory: what is drawn so far is its default. */
export function parameterOver(machine: Machine, cls: PyClass, data: Value, requiresGrad: Value): Value {
  const source = data === null ? fresh(machine, [0], worldOf(machine).defaultDtype, "empty", null) : data;
  if (!(source instanceof Tensor)) return machine.unknown("a parameter made of a value that is not known");
  const parameter = underClass(machine, source, cls);
  parameter.requiresGrad = machine.truth(requiresGrad) !== false;
  if (source.storage.defaultEnd === null) {
    machine.touch(source.storage);
    source.storage.defaultEnd = source.storage.history;
  }
  return parameter;
}

/** What tells of a tensor and shares no memory with it. */
const READERS =
  "device dim dtype element_size is_contiguous is_floating_point item layout ndim ndimension nelement numel requires_grad shape size stride tolist".split(
    " ",
  );

/** What all evaluators' tensors can do. */
function makeTensorBase(): PyClass {
  const cls = nativeClass<Tensor>({
    name: "Tensor",
    isHidden: true,
    isShared: true,
    module: "torch",
    methods: withNumpyNames(
      traced({
        ...SHAPING,
        ...PRODUCTS,
        ...DIAGONALS,
        ...MATRICES,
        ...REDUCING,
        ...arithmetic(),
        ...operators(),
        ...CREATION_METHODS,
        ...FILLING,
        ...SHAPING_METHODS,
        ...READING,
        ...ATTRIBUTE_METHODS,
      }),
    ) as MethodTable<Tensor>,
    properties: PROPERTIES,
    readers: READERS,
    allocate: (made) => new Tensor(made),
  });
  for (const [name, { get, set }] of Object.entries(SETTABLE)) {
    const getter = new NativeFunction(name, "(self, /)", get as NativeBody, cls);
    const setter: NativeBody = (machine, self, value) => {
      set(machine, self as Tensor, value!);
      return null;
    };
    cls.attributes.set(
      name,
      new PyProperty(getter, new NativeFunction(name, "(self, value, /)", setter, cls)),
    );
  }
  return cls;
}

let tensorBase: PyClass | null = null;

function tensorClass(): PyClass {
  tensorBase ??= makeTensorBase();
  return nativeClass<Tensor>({
    name: "Tensor",
    module: "torch",
    bases: [tensorBase],
    staticMethods: {
      "__new__(cls, *args, **options)": (machine, cls, args) =>
        newTensor(machine, cls as PyClass, args as PyTuple),
      "_make_subclass(cls, data, requires_grad=False)": (machine, cls, data, requiresGrad) =>
        parameterOver(machine, cls as PyClass, data!, requiresGrad!),
    },
  });
}

function parameterClass(base: PyClass): PyClass {
  return nativeClass<Tensor>({
    name: "Parameter",
    module: "torch.nn.parameter",
    bases: [base],
    methods: { "__init__(self, *args, **options)": () => null },
    staticMethods: {
      "__new__(cls, data=None, requires_grad=True)": (machine, cls, data, requiresGrad) =>
        parameterOver(machine, cls as PyClass, data!, requiresGrad!),
    },
  });
}

/** Makes torch's classes for one evaluator. */
export function makeWorld(): World {
  const cls = tensorClass();
  const dtypeClass = nativeClass<PyInstance>({
    name: "dtype",
    module: "torch",
    methods: { "__repr__(self)": (_machine, self) => `torch.${String(self.host)}` },
    properties: {
      is_floating_point: (_machine, self) => isFloating(self.host as DType),
      is_complex: (_machine, self) => String(self.host).startsWith("complex"),
      itemsize: (_machine, self) => itemSize(self.host as DType),
    },
  });
  return {
    Tensor: cls,
    Parameter: parameterClass(cls),
    Size: makeSizeClass(),
    Ranked: makeRankedClass(),
    dtypeClass,
    dtypes: makeDtypes(dtypeClass),
    defaultDtype: "float32",
  };
}
