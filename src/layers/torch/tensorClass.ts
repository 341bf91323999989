/** The classes `torch.Tensor` and `torch.nn.Parameter`: methods, operators, attributes. */
import { type MethodTable, nativeClass, type PropertyTable } from "../../python/host.js";
import type { Machine } from "../../python/machine.js";
import {
  type NativeBody,
  NativeFunction,
  NOT_IMPLEMENTED,
  type PyClass,
  PyDict,
  PyFloat,
  PyInstance,
  PyIterator,
  PyList,
  PyProperty,
  PyTuple,
  Unknown,
  type Value,
} from "../../python/values.js";
import { type DType, isFloating, itemSize, realType } from "../dtypes.js";
import {
  concrete,
  count,
  elements,
  isTraining,
  layoutOf,
  makeTensor,
  spoil,
  Tensor,
  takeOver,
  viewOf,
} from "../tensor.js";
import { noteTraining } from "../trainingState.js";
import { axisArgument, dtypeArgument, knownInteger, truthOf } from "./arguments.js";
import { CREATION_METHODS, fresh, legacyTensor } from "./creation.js";
import { DIAGONALS } from "./diagonals.js";
import { FILLING } from "./draws.js";
import {
  BINARY,
  binary,
  binaryInPlace,
  COMPARISONS,
  inherited,
  mapped,
  OPERATORS,
  UNARY,
  unary,
  unaryInPlace,
} from "./elementwise.js";
import { getIndex, setIndex } from "./indexing.js";
import { MATRICES } from "./matrices.js";
import { outcome } from "./outcome.js";
import { matmul, PRODUCTS } from "./products.js";
import { REDUCING } from "./reductions.js";
import { SHAPING, SHAPING_METHODS } from "./shaping.js";
import { TENSOR_NAMES } from "./tensorNames.js";
import { traced, tracedBody } from "./traced.js";
import { copy, detached, isContiguous, permute, select, transpose } from "./views.js";
import {
  dtypeValue,
  makeDtypes,
  makeRankedClass,
  makeSizeClass,
  sizeValue,
  type World,
  worldOf,
} from "./world.js";

type Methods = Record<string, NativeBody>;

// ── operators ────────────────────────────────────────────────────────────────

function operators(): Methods {
  const table: Methods = {
    "__neg__(self)": (machine, self) => unary(machine, "neg", self as Tensor),
    "__pos__(self)": (_machine, self) => self!,
    "__abs__(self)": (machine, self) => unary(machine, "abs", self as Tensor),
    "__invert__(self)": (machine, self) =>
      (self as Tensor).dtype === "bool"
        ? unary(machine, "logical_not", self as Tensor)
        : machine.unknown("~ of a tensor"),
    "__matmul__(self, other)": (machine, self, other) => matmul(machine, self!, other!),
    "__rmatmul__(self, other)": (machine, self, other) => matmul(machine, other!, self!),
  };
  for (const [operator, name] of OPERATORS) {
    table[`__${operator}__(self, other)`] = (machine, self, other) => binary(machine, name, self!, other!);
    table[`__r${operator}__(self, other)`] = (machine, self, other) => binary(machine, name, other!, self!);
    table[`__i${operator}__(self, other)`] = (machine, self, other) =>
      binaryInPlace(machine, name, self as Tensor, other!);
  }
  for (const name of COMPARISONS) {
    table[`__${name}__(self, other)`] = (machine, self, other) =>
      other === null ? NOT_IMPLEMENTED : binary(machine, name, self!, other!);
  }
  return table;
}

function arithmetic(): Methods {
  const table: Methods = {};
  for (const name of Object.keys(UNARY)) {
    table[`${name}(self)`] = (machine, self) => unary(machine, name, self as Tensor);
    table[`${name}_(self)`] = (machine, self) => unaryInPlace(machine, name, self as Tensor);
  }
  for (const name of Object.keys(BINARY)) {
    const scaled = name === "add" || name === "sub";
    table[`${name}(self, other, *, alpha=1, rounding_mode=None, out=None)`] = (
      machine,
      self,
      other,
      alpha,
      rounding,
    ) => scaledBinary(machine, name, self!, times(machine, other!, scaled ? alpha! : 1), rounding!);
    table[`${name}_(self, other, *, alpha=1, rounding_mode=None)`] = (
      machine,
      self,
      other,
      alpha,
      rounding,
    ) =>
      rounding === null
        ? binaryInPlace(machine, name, self as Tensor, times(machine, other!, scaled ? alpha! : 1))
        : spoiled(machine, self as Tensor, `${name}_ with a rounding mode`);
  }
  return table;
}

const times = (machine: Machine, value: Value, alpha: Value): Value =>
  alpha === 1 ? value : machine.binary("*", value, alpha);

/** `div(x, y, rounding_mode="floor")` and the rest of the table. */
export function scaledBinary(
  machine: Machine,
  name: string,
  left: Value,
  right: Value,
  rounding: Value,
): Value {
  const result = binary(machine, name, left, right);
  if (!(result instanceof Tensor) || rounding === null) return result;
  const rounded = unary(machine, rounding === "floor" ? "floor" : "trunc", result);
  const operands = [left, right].every((one) => !(one instanceof Tensor) || !isFloating(one.dtype));
  if (operands && !(left instanceof PyFloat || right instanceof PyFloat)) rounded.dtype = "int64";
  return rounded;
}

function spoiled(machine: Machine, tensor: Tensor, reason: string): Tensor {
  spoil(machine, tensor, reason);
  return tensor;
}

// ── what reads elements ──────────────────────────────────────────────────────

function scalar(tensor: Tensor, x: number): Value {
  if (tensor.dtype === "bool") return x !== 0;
  return isFloating(tensor.dtype) ? new PyFloat(x) : x;
}

/** The only element of a tensor that has one; unknown where it is not known. */
function item(machine: Machine, tensor: Tensor): Value {
  const total = count(machine, tensor.shape);
  if (typeof total === "number" && total !== 1) {
    machine.raise("RuntimeError", `a Tensor with ${total} elements cannot be converted to Scalar`);
  }
  const values = elements(machine, tensor);
  return values === null ? machine.unknown("an element of a tensor") : scalar(tensor, values[0]!);
}

/** Nested lists of the elements. */
function toList(machine: Machine, tensor: Tensor): Value {
  if (tensor.rank === 0) return item(machine, tensor);
  const shape = concrete(tensor.shape);
  if (shape === null) return machine.unknown("the elements of a tensor");
  const values = elements(machine, tensor);
  let at = 0;
  const build = (axis: number): Value => {
    if (axis === shape.length) {
      return values === null ? machine.unknown("an element of a tensor") : scalar(tensor, values[at++]!);
    }
    machine.allocate(shape[axis]!);
    return new PyList(Array.from({ length: shape[axis]! }, () => build(axis + 1)));
  };
  return build(0);
}

function truth(machine: Machine, tensor: Tensor): Value {
  const value = item(machine, tensor);
  return value instanceof Unknown ? value : machine.truth(value);
}

function casted(machine: Machine, tensor: Tensor, dtype: DType): Tensor {
  if (dtype === tensor.dtype) return tensor;
  const keepsLaw = isFloating(dtype) && isFloating(tensor.dtype);
  return makeTensor(
    machine,
    worldOf(machine).Tensor,
    tensor.shape,
    dtype,
    mapped(machine, tensor, (x) => x, dtype),
    {
      op: keepsLaw ? "cast" : "converted",
      previous: inherited(tensor),
    },
  );
}

const CASTS: Readonly<Record<string, DType>> = {
  float: "float32",
  double: "float64",
  half: "float16",
  bfloat16: "bfloat16",
  long: "int64",
  int: "int32",
  short: "int16",
  char: "int8",
  byte: "uint8",
  bool: "bool",
};

/** `x.to(dtype)`, `x.to(device, dtype)`, `x.to(other)`: only the type matters here. */
function to(machine: Machine, tensor: Tensor, args: PyTuple, options: PyDict): Value {
  const given = [...args.items, options.get("dtype") ?? null, options.get("other") ?? null];
  for (const value of given) {
    if (value instanceof Tensor) return casted(machine, tensor, value.dtype);
    if (value instanceof PyInstance && value.cls === worldOf(machine).dtypeClass) {
      return casted(machine, tensor, value.host as DType);
    }
  }
  return tensor;
}

/** Methods that keep the shape and whose values are not computed. */
const SAME_SHAPE = ["softmax", "log_softmax", "prelu", "hardshrink"];

const READING: Methods = {
  "item(self)": (machine, self) => item(machine, self as Tensor),
  "tolist(self)": (machine, self) => toList(machine, self as Tensor),
  "numpy(self, *, force=False)": (machine, self) => detached(machine, self as Tensor),
  "__bool__(self)": (machine, self) => truth(machine, self as Tensor),
  "__int__(self)": (machine, self) => integer(machine, item(machine, self as Tensor)),
  "__index__(self)": (machine, self) => integer(machine, item(machine, self as Tensor)),
  "__float__(self)": (machine, self) => {
    const value = item(machine, self as Tensor);
    return value instanceof Unknown ? value : new PyFloat(machine.asNumber(value) as number);
  },
  "__len__(self)": (machine, self) => {
    const [size] = (self as Tensor).shape;
    return size === undefined ? machine.raise("TypeError", "len() of a 0-d tensor") : size;
  },
  "__iter__(self)": (machine, self) => {
    const tensor = self as Tensor;
    const [size] = tensor.shape;
    if (typeof size !== "number") return machine.unknown("the parts of a tensor");
    let next = 0;
    const part = tracedBody("select", (_, self, at) => select(machine, self as Tensor, 0, at as number));
    return new PyIterator(() => (next < size ? part(machine, tensor, next++) : undefined));
  },
  "__getitem__(self, index)": (machine, self, index) => getIndex(machine, self as Tensor, index!),
  "__setitem__(self, index, value)": (machine, self, index, value) => {
    setIndex(machine, self as Tensor, index!, value!);
    return null;
  },
  "__contains__(self, value)": (machine) => machine.unknown("whether a tensor contains something"),
  "__hash__(self)": (_machine, self) => (self as Tensor).id,
  "__repr__(self)": (_machine, self) => `tensor(shape=[${(self as Tensor).shape.map(String).join(", ")}])`,
  // A tensor without axes is formatted as its number.
  "__format__(self, spec, /)": (machine, self, spec) => {
    const isNumber = (self as Tensor).shape.length === 0;
    if (spec === "" && !isNumber) return machine.str(self);
    if (!isNumber) return machine.raise("TypeError", "unsupported format string passed to Tensor.__format__");
    const value = item(machine, self as Tensor);
    return value instanceof Unknown ? value : machine.callMethod(value, "__format__", [spec!]);
  },
  "size(self, dim=None)": (machine, self, dim) => {
    const tensor = self as Tensor;
    if (dim === null) return sizeValue(machine, tensor.shape);
    const axis = axisArgument(machine, dim, tensor.rank);
    return axis === null
      ? machine.unknown("a size")
      : (tensor.shape[axis] ?? machine.raise("IndexError", "size of a scalar"));
  },
  "dim(self)": (_machine, self) => (self as Tensor).rank,
  "ndimension(self)": (_machine, self) => (self as Tensor).rank,
  "nelement(self)": (machine, self) => count(machine, (self as Tensor).shape),
  "element_size(self)": (_machine, self) => itemSize((self as Tensor).dtype),
  "stride(self, dim=None)": (machine, self, dim) => {
    const layout = layoutOf(self as Tensor);
    const axis = knownInteger(machine, dim);
    if (layout === null) return machine.unknown("strides");
    return axis === null ? new PyTuple(layout.strides) : layout.strides.at(axis)!;
  },
  "storage_offset(self)": (machine, self) => layoutOf(self as Tensor)?.offset ?? machine.unknown("an offset"),
  "data_ptr(self)": (machine, self) =>
    (self as Tensor).storage === null ? 0 : machine.unknown("an address"),
  "is_contiguous(self, memory_format=None)": (_machine, self) => isContiguous(self as Tensor),
  "get_device(self)": () => -1,
  "type(self, dtype=None, *args)": (machine, self, dtype) =>
    dtype === null
      ? "torch.FloatTensor"
      : casted(machine, self as Tensor, dtypeArgument(machine, dtype, (self as Tensor).dtype)),
  "type_as(self, other)": (machine, self, other) =>
    other instanceof Tensor ? casted(machine, self as Tensor, other.dtype) : self!,
  "to(self, *args, **options)": (machine, self, args, options) =>
    to(machine, self as Tensor, args as PyTuple, options as PyDict),
  ...Object.fromEntries(
    Object.entries(CASTS).map(([name, dtype]): [string, NativeBody] => [
      `${name}(self)`,
      (machine, self) => casted(machine, self as Tensor, dtype),
    ]),
  ),
  ...Object.fromEntries(
    ["cpu", "cuda", "pin_memory", "share_memory_", "coalesce", "to_dense"].map(
      (name): [string, NativeBody] => [`${name}(self, *args, **options)`, (_machine, self) => self!],
    ),
  ),
  ...Object.fromEntries(
    SAME_SHAPE.map((name): [string, NativeBody] => [
      `${name}(self, *args, **options)`,
      (machine, self) => outcome(machine, (self as Tensor).shape, self as Tensor, name),
    ]),
  ),
  "requires_grad_(self, requires_grad=True)": (machine, self, flag) => {
    machine.touch(self as Tensor);
    (self as Tensor).requiresGrad = truthOf(machine, flag) !== false;
    return self!;
  },
  "detach_(self)": (_machine, self) => self!,
  "backward(self, *args, **options)": (machine) => {
    noteTraining(machine);
    return null;
  },
  "retain_grad(self)": () => null,
  "register_hook(self, hook)": (machine) => machine.unknown("a hook's handle"),
  "__deepcopy__(self, memo)": (machine, self, memo) => deepCopy(machine, self as Tensor, memo!),
  "__copy__(self)": (_machine, self) => sameView(self as Tensor),
  "__reduce_ex__(self, protocol)": (machine) => machine.unknown("a pickled tensor"),
  "clamp_(self, min=None, max=None)": clampInPlace,
  "clip_(self, min=None, max=None)": clampInPlace,
  "masked_fill_(self, mask, value)": (machine, self, mask, value) => {
    setIndex(machine, self as Tensor, mask!, value!);
    return self!;
  },
  ...Object.fromEntries(
    [
      "scatter_",
      "index_fill_",
      "index_copy_",
      "index_add_",
      "scatter_add_",
      "fill_diagonal_",
      "lerp_",
      "tril_",
      "triu_",
    ]
      .concat(["addcmul_", "addcdiv_", "renorm_", "squeeze_", "unsqueeze_", "t_", "transpose_", "resize_"])
      .map((name): [string, NativeBody] => [
        `${name}(self, *args, **options)`,
        (machine, self) => spoiled(machine, self as Tensor, `${name} was applied`),
      ]),
  ),
};

function clampInPlace(machine: Machine, self: Value, low: Value, high: Value): Value {
  const tensor = self as Tensor;
  const result = machine.callMethod(tensor, "clamp", [low, high]);
  if (!(result instanceof Tensor)) return spoiled(machine, tensor, "clamp_ with bounds that are not known");
  if (!tensor.covers) return spoiled(machine, tensor, "clamp_ of a part");
  takeOver(machine, tensor, result.storage.content, result.storage.history!);
  return tensor;
}

function integer(machine: Machine, value: Value): Value {
  if (value instanceof Unknown) return value;
  return Math.trunc(machine.asNumber(value) as number);
}

function sameView(tensor: Tensor): Tensor {
  const view = viewOf(tensor, tensor.shape, tensor.layout, tensor.covers);
  view.made = tensor.made;
  return view;
}

/** New memory with the same law, default included; the memo keeps shared tensors shared. */
function deepCopy(machine: Machine, tensor: Tensor, memo: Value): Value {
  const known = memo instanceof PyDict ? memo.get(tensor.id) : undefined;
  if (known !== undefined) return known;
  const twin = copy(machine, tensor);
  twin.cls = tensor.cls;
  twin.requiresGrad = tensor.requiresGrad;
  twin.made = tensor.made;
  twin.storage.history = tensor.covers ? tensor.storage.history : twin.storage.history;
  twin.storage.defaultEnd = tensor.covers ? tensor.storage.defaultEnd : twin.storage.history;
  twin.attributes = tensor.attributes === null ? null : new Map(tensor.attributes);
  if (memo instanceof PyDict) {
    machine.touch(memo);
    memo.set(tensor.id, tensor.id, twin);
  }
  return twin;
}

/** Numbers of the same places, without what makes them complex. */
const realPart = (machine: Machine, self: Tensor): Tensor =>
  self.dtype.startsWith("complex")
    ? makeTensor(machine, worldOf(machine).Tensor, self.shape, realType(self.dtype), null, { op: "real" })
    : self;

// ── attributes ───────────────────────────────────────────────────────────────

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
  mT: tracedBody("mT", (machine, self) => {
    const { rank } = self as Tensor;
    return transpose(machine, self as Tensor, rank - 2, rank - 1);
  }),
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

const ATTRIBUTE_METHODS: Methods = {
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

// ── the classes ──────────────────────────────────────────────────────────────

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
    methods: traced({
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
    }) as MethodTable<Tensor>,
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
