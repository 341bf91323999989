/** Functions that make a tensor: `zeros`, `linspace`, `tensor`, `randn`, `zeros_like`, `new_full` … */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyComplex, PyList, PyTuple, Unknown, type Value } from "../../../python/values.js";
import { type DType, roundTo } from "../../tensors/dtypes.js";
import {
  elements,
  fillValue,
  MAX_KNOWN_ELEMENTS,
  makeTensor,
  reserve,
  type Size,
  type StepArgument,
  Tensor,
} from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import {
  dtypeArgument,
  nestedNumbers,
  numberArgument,
  shapeArgument,
  sizeArgument,
  variadicShape,
} from "./arguments.js";
import { isArray, tensorOfArray } from "./arrays.js";
import { inherited } from "./elementwise.js";
import { stack } from "./joining.js";

type Table = Record<string, NativeBody>;

const OPTIONS =
  "*, out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, memory_format=None, generator=None, names=None";

/** What kinds of memory a program asks for by shape: the number it is filled with, or what draws it. */
const BY_SHAPE: Readonly<Record<string, number | null>> = {
  zeros: 0,
  ones: 1,
  empty: null,
  rand: null,
  randn: null,
};

/** Makes a tensor of that shape; an unknown shape makes an unknown. */
export function fresh(
  machine: Machine,
  shape: readonly Size[] | Unknown,
  dtype: DType,
  op: string,
  content: number | null,
  args?: ReadonlyMap<string, StepArgument>,
): Value {
  if (shape instanceof Unknown) return machine.unknown(`the shape given to ${op} is not known`);
  for (const size of shape) {
    if (typeof size === "number" && size < 0) {
      machine.raise("RuntimeError", `Trying to create tensor with negative dimension ${size}`);
    }
  }
  const { Tensor: cls } = worldOf(machine);
  return makeTensor(machine, cls, shape, dtype, content, args === undefined ? { op } : { op, args });
}

function withGrad(value: Value, requiresGrad: Value | undefined): Value {
  if (value instanceof Tensor && requiresGrad === true) value.requiresGrad = true;
  return value;
}

/** Where `requires_grad` stands among `OPTIONS`, from their end. */
const REQUIRES_GRAD = -4;

/** The same functions, minding `requires_grad=True` where they take all the options. */
const trainable = (table: Table): Table =>
  Object.fromEntries(
    Object.entries(table).map(([signature, body]) => [
      signature,
      signature.endsWith(`${OPTIONS.slice(3)})`)
        ? (machine, ...args) => withGrad(body(machine, ...args), args.at(REQUIRES_GRAD))
        : body,
    ]),
  );

function byShape(): Table {
  const table: Table = {};
  for (const [op, content] of Object.entries(BY_SHAPE)) {
    table[`${op}(*args, size=None, ${OPTIONS.slice(3)})`] = (machine, args, size, ...options) => {
      const [, dtype] = options;
      const { defaultDtype } = worldOf(machine);
      const shape = size === null ? variadicShape(machine, args!) : shapeArgument(machine, size);
      return fresh(machine, shape, dtypeArgument(machine, dtype!, defaultDtype), op, content);
    };
    table[`${op}_like(input, ${OPTIONS})`] = (machine, input, _out, dtype) => {
      if (!(input instanceof Tensor)) return machine.unknown(`${op}_like of a value that is not known`);
      return fresh(machine, input.shape, dtypeArgument(machine, dtype, input.dtype), op, content);
    };
  }
  return table;
}

/** `torch.full((2, 3), 7)`: ints make int64, floats the default type. */
function full(machine: Machine, shape: readonly Size[] | Unknown, value: Value, dtype: DType | null): Value {
  const number = value instanceof Tensor ? fillValue(value) : numberArgument(machine, value, 0);
  const natural: DType =
    typeof value === "boolean" ? "bool" : typeof value === "number" ? "int64" : worldOf(machine).defaultDtype;
  const known = typeof number === "number" ? number : null;
  return fresh(machine, shape, dtype ?? natural, "full", known, new Map([["fill_value", number]]));
}

/** `torch.tensor(data)`: copies numbers, lists of numbers, tensors and lists of tensors. */
export function tensorFrom(machine: Machine, data: Value, dtype: DType | null): Value {
  const { Tensor: cls, defaultDtype } = worldOf(machine);
  if (data instanceof Tensor) {
    const wanted = dtype ?? data.dtype;
    const values = fillValue(data) ?? elements(machine, data)?.map((x) => roundTo(wanted, x)) ?? null;
    return makeTensor(machine, cls, data.shape, wanted, values, { op: "copy", previous: inherited(data) });
  }
  if (data instanceof Unknown) return machine.unknown("a tensor made of a value that is not known");
  if (data instanceof PyComplex) return makeTensor(machine, cls, [], "complex64", null, { op: "data" });
  if (isArray(machine, data)) return tensorOfArray(machine, data, dtype);
  const numbers = nestedNumbers(machine, data);
  if (numbers === null) return tensorOfTensors(machine, data, dtype);
  const natural: DType = numbers.kind === "float" ? defaultDtype : numbers.kind === "int" ? "int64" : "bool";
  const wanted = dtype ?? natural;
  const values =
    numbers.values === null ? null : Float64Array.from(numbers.values, (x) => roundTo(wanted, x));
  const same = values?.every((x) => x === values[0]) && values.length > 0 ? values[0]! : null;
  return makeTensor(machine, cls, numbers.shape, wanted, same ?? values, { op: "data" });
}

function tensorOfTensors(machine: Machine, data: Value, dtype: DType | null): Value {
  if (!(data instanceof PyList || data instanceof PyTuple)) {
    return machine.unknown("a tensor made of values that are not known");
  }
  const parts = data.items.map((item) => tensorFrom(machine, item, dtype));
  const tensors = parts.filter((part) => part instanceof Tensor);
  if (tensors.length < parts.length || tensors.length === 0) {
    return machine.unknown("a tensor made of values that are not known");
  }
  return stack(machine, tensors, 0);
}

/** `arange(start, end, step)`. */
function arange(machine: Machine, first: Value, second: Value, third: Value, dtype: Value): Value {
  const [start, end] = second === null ? [0, first] : [first, second];
  const numbers = [start, end, third ?? 1].map((value) => numberArgument(machine, value, 0));
  const isFloat = [start, end, third].some(
    (value) =>
      value !== null &&
      typeof value === "object" &&
      !(value instanceof Unknown) &&
      !(value instanceof Tensor),
  );
  const wanted = dtypeArgument(machine, dtype, isFloat ? worldOf(machine).defaultDtype : "int64");
  const [from, to, step] = numbers;
  if (typeof from !== "number" || typeof to !== "number" || typeof step !== "number") {
    const length =
      from === 0 && step === 1 && to instanceof Unknown ? to : machine.unknown("the length of a range");
    return fresh(machine, [length], wanted, "arange", null);
  }
  const length = Math.max(0, Math.ceil((to - from) / step));
  return sequence(machine, length, wanted, "arange", (i) => from + i * step);
}

/** `linspace(start, end, steps)`, counted from both ends as torch does. */
function linspace(machine: Machine, start: Value, end: Value, steps: Value, dtype: Value): Value {
  const wanted = dtypeArgument(machine, dtype, worldOf(machine).defaultDtype);
  const [from, to] = [numberArgument(machine, start, 0), numberArgument(machine, end, 0)];
  const length = sizeArgument(machine, steps);
  if (typeof length !== "number" || typeof from !== "number" || typeof to !== "number") {
    return fresh(machine, [length], wanted, "linspace", null);
  }
  const round = (x: number) => roundTo(wanted, x);
  const step = length > 1 ? round((round(to) - round(from)) / (length - 1)) : 0;
  const half = length / 2;
  return sequence(machine, length, wanted, "linspace", (i) =>
    i < half ? from + round(step * i) : to - round(step * (length - 1 - i)),
  );
}

function logspace(
  machine: Machine,
  start: Value,
  end: Value,
  steps: Value,
  base: Value,
  dtype: Value,
): Value {
  const exponents = linspace(machine, start, end, steps, worldOf(machine).dtypes.get("float64")!);
  const number = numberArgument(machine, base, 10);
  const wanted = dtypeArgument(machine, dtype, worldOf(machine).defaultDtype);
  if (!(exponents instanceof Tensor)) return exponents;
  const values = typeof number === "number" ? elements(machine, exponents) : null;
  const content = values?.map((x) => roundTo(wanted, (number as number) ** x)) ?? null;
  return makeTensor(machine, exponents.cls, exponents.shape, wanted, content, { op: "logspace" });
}

function sequence(
  machine: Machine,
  length: number,
  dtype: DType,
  op: string,
  at: (i: number) => number,
): Value {
  let content: Float64Array | null = null;
  if (length <= MAX_KNOWN_ELEMENTS) {
    reserve(machine, length);
    content = Float64Array.from({ length }, (_, i) => roundTo(dtype, at(i)));
  }
  return makeTensor(machine, worldOf(machine).Tensor, [length], dtype, content, { op });
}

function eye(machine: Machine, rows: Value, columns: Value, dtype: Value): Value {
  const shape = [rows, columns ?? rows].map((size) => sizeArgument(machine, size));
  const wanted = dtypeArgument(machine, dtype, worldOf(machine).defaultDtype);
  const made = fresh(machine, shape, wanted, "eye_", null);
  const [n, m] = shape;
  if (
    made instanceof Tensor &&
    typeof n === "number" &&
    typeof m === "number" &&
    n * m <= MAX_KNOWN_ELEMENTS
  ) {
    reserve(machine, n * m);
    const content = new Float64Array(n * m);
    for (let i = 0; i < Math.min(n, m); i++) content[i * m + i] = 1;
    made.storage.content = content;
  }
  return made;
}

/** Functions of the module `torch`. */
export const CREATION: Table = trainable({
  ...byShape(),
  "full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, names=None)":
    (machine, size, value, _out, dtype) =>
      full(
        machine,
        shapeArgument(machine, size!),
        value!,
        dtype === null ? null : dtypeArgument(machine, dtype, "float32"),
      ),
  [`full_like(input, fill_value, ${OPTIONS})`]: (machine, input, value, _out, dtype) =>
    input instanceof Tensor
      ? full(machine, input.shape, value!, dtypeArgument(machine, dtype, input.dtype))
      : machine.unknown("full_like of a value that is not known"),
  "tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False)": (
    machine,
    data,
    dtype,
    _device,
    requiresGrad,
  ) => withGrad(tensorFrom(machine, data!, knownType(machine, dtype)), requiresGrad),
  "as_tensor(data, dtype=None, device=None)": (machine, data, dtype) =>
    data instanceof Tensor && dtype === null ? data : tensorFrom(machine, data!, knownType(machine, dtype)),
  "asarray(data, *, dtype=None, device=None, copy=None, requires_grad=False)": (machine, data, dtype) =>
    data instanceof Tensor && dtype === null ? data : tensorFrom(machine, data!, knownType(machine, dtype)),
  "from_numpy(data, /)": (machine, data) =>
    data instanceof Tensor ? asTorch(machine, data) : tensorFrom(machine, data!, null),
  [`arange(start, end=None, step=1, ${OPTIONS})`]: (machine, start, end, step, _out, dtype) =>
    arange(machine, start!, end!, step!, dtype!),
  [`range(start, end=None, step=1, ${OPTIONS})`]: (machine) => machine.unknown("torch.range"),
  [`linspace(start, end, steps, ${OPTIONS})`]: (machine, start, end, steps, _out, dtype) =>
    linspace(machine, start!, end!, steps!, dtype!),
  [`logspace(start, end, steps, base=10.0, ${OPTIONS})`]: (machine, start, end, steps, base, _out, dtype) =>
    logspace(machine, start!, end!, steps!, base!, dtype!),
  [`eye(n, m=None, ${OPTIONS})`]: (machine, n, m, _out, dtype) => eye(machine, n!, m!, dtype!),
  [`normal(mean, std=1.0, size=None, ${OPTIONS})`]: (machine, mean, std, size, _out, dtype) => {
    const args = new Map<string, StepArgument>([
      ["mean", mean instanceof Tensor ? machine.unknown("means") : numberArgument(machine, mean, 0)],
      ["std", std instanceof Tensor ? machine.unknown("stds") : numberArgument(machine, std, 1)],
    ]);
    const like = [mean, std].find((value) => value instanceof Tensor);
    const shape = like instanceof Tensor ? like.shape : shapeArgument(machine, size);
    return fresh(
      machine,
      shape,
      dtypeArgument(machine, dtype, worldOf(machine).defaultDtype),
      "normal_",
      null,
      args,
    );
  },
  [`randint(low, high=None, size=None, ${OPTIONS})`]: (machine, _low, high, size, _out, dtype) => {
    const sizes = size ?? high;
    return fresh(
      machine,
      shapeArgument(machine, sizes),
      dtypeArgument(machine, dtype, "int64"),
      "randint",
      null,
    );
  },
  [`randperm(n, ${OPTIONS})`]: (machine, n) =>
    fresh(machine, [sizeArgument(machine, n!)], "int64", "randperm", null),
  "bernoulli(input, p=None, *, generator=None, out=None)": (machine, input) =>
    input instanceof Tensor
      ? fresh(machine, input.shape, input.dtype, "bernoulli", null)
      : machine.unknown("bernoulli"),
  "complex(real, imag, *, out=None)": (machine, real) =>
    real instanceof Tensor
      ? fresh(machine, real.shape, "complex64", "complex", null)
      : machine.unknown("complex"),
  "polar(abs, angle, *, out=None)": (machine, abs) =>
    abs instanceof Tensor ? fresh(machine, abs.shape, "complex64", "polar", null) : machine.unknown("polar"),
  ...windows(),
});

/** Windows of signal processing: only their length matters here. */
function windows(): Table {
  const names = ["hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window"];
  return Object.fromEntries(
    names.map((name) => [
      `${name}(window_length, periodic=True, alpha=None, beta=None, *, dtype=None, layout=None, device=None, requires_grad=False)`,
      ((machine, length) =>
        fresh(
          machine,
          [sizeArgument(machine, length!)],
          worldOf(machine).defaultDtype,
          name,
          null,
        )) as NativeBody,
    ]),
  );
}

function knownType(machine: Machine, dtype: Value | undefined): DType | null {
  return dtype === null || dtype === undefined
    ? null
    : dtypeArgument(machine, dtype, worldOf(machine).defaultDtype);
}

/** An array of another framework: the same elements under torch's class. */
function asTorch(machine: Machine, array: Tensor): Tensor {
  const { Tensor: cls } = worldOf(machine);
  const content = fillValue(array) ?? elements(machine, array);
  return makeTensor(machine, cls, array.shape, array.dtype, content, {
    op: "copy",
    previous: inherited(array),
  });
}

/** Methods of a tensor that make another of its type. */
export const CREATION_METHODS: Table = {
  ...Object.fromEntries(
    (["zeros", "ones", "empty"] as const).map((op) => [
      `new_${op}(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False)`,
      ((machine, self, args, size, dtype) =>
        fresh(
          machine,
          size === null || size === undefined ? variadicShape(machine, args!) : shapeArgument(machine, size),
          dtypeArgument(machine, dtype, (self as Tensor).dtype),
          op,
          BY_SHAPE[op]!,
        )) as NativeBody,
    ]),
  ),
  "new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False)": (
    machine,
    self,
    size,
    value,
    dtype,
  ) =>
    full(
      machine,
      shapeArgument(machine, size!),
      value!,
      dtypeArgument(machine, dtype, (self as Tensor).dtype),
    ),
  "new_tensor(self, data, *, dtype=None, device=None, requires_grad=False)": (machine, self, data, dtype) =>
    tensorFrom(machine, data!, dtypeArgument(machine, dtype, (self as Tensor).dtype)),
  "new(self, *args)": (machine, self, args) => legacyTensor(machine, args as PyTuple, (self as Tensor).dtype),
};

/** `torch.Tensor(2, 3)`, `torch.FloatTensor([1, 2])`: memory as it is, or the given numbers. */
export function legacyTensor(machine: Machine, args: PyTuple, dtype: DType): Value {
  const [first] = args.items;
  if (
    args.items.length === 1 &&
    (first instanceof PyList || (first instanceof PyTuple && first.cls.name !== "Size"))
  ) {
    return tensorFrom(machine, first, dtype);
  }
  if (args.items.length === 1 && first instanceof Tensor) return first;
  if (args.items.length === 1 && isArray(machine, first)) return tensorOfArray(machine, first, dtype);
  if (args.items.length === 0) return fresh(machine, [0], dtype, "empty", null);
  return fresh(machine, variadicShape(machine, args), dtype, "empty", null);
}
