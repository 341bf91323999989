/** Methods that read a tensor: its elements, its sizes, the same in another type or memory. */
import type { Machine } from "../../../python/machine.js";
import {
  type NativeBody,
  PyDict,
  PyFloat,
  PyInstance,
  PyIterator,
  PyList,
  PyTuple,
  Unknown,
  type Value,
} from "../../../python/values.js";
import { refuse } from "../../observations.js";
import { type DType, isFloating, itemSize } from "../../tensors/dtypes.js";
import {
  concrete,
  count,
  elements,
  layoutOf,
  makeTensor,
  Tensor,
  takeOver,
  viewOf,
} from "../../tensors/tensor.js";
import { noteTraining } from "../../tensors/trainingState.js";
import { tracedBody } from "../runs/traced.js";
import { sizeValue, worldOf } from "../world.js";
import { axisArgument, dtypeArgument, knownInteger, truthOf } from "./arguments.js";
import { inherited, mapped } from "./elementwise.js";
import { getIndex, setIndex } from "./indexing.js";
import { IN_PLACE_SHAPES } from "./inPlaceShapes.js";
import { outcome } from "./outcome.js";
import { spoiled } from "./tensorOperators.js";
import { copy, detached, isContiguous, select } from "./views.js";

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
  const total = count(machine, tensor.shape);
  if (typeof total === "number" && total > 1) {
    const message = "Boolean value of Tensor with more than one value is ambiguous";
    // `if m.bias:` asks whether there is one.
    return tensor.cls.isSubclassOf(worldOf(machine).Parameter)
      ? refuse(machine, "RuntimeError", message)
      : machine.raise("RuntimeError", message);
  }
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

/** What tells of a tensor, and what makes another of the same elements. */
export const READING: Record<string, NativeBody> = {
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
  ...IN_PLACE_SHAPES,
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
      .concat(["addcmul_", "addcdiv_", "renorm_", "index_put_", "index_reduce_", "masked_scatter_"])
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
