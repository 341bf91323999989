/** Functions and methods that give a tensor another shape, by name. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyList, PyTuple, Unknown, type Value } from "../../../python/values.js";
import {
  type Content,
  concrete,
  count,
  elementCount,
  elements,
  fillValue,
  following,
  knownShape,
  makeTensor,
  reserve,
  rowMajor,
  type Size,
  Tensor,
} from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import {
  axesArgument,
  knownInteger,
  numberArgument,
  shapeArgument,
  sizeArgument,
  tensorsArgument,
  variadicShape,
} from "./arguments.js";
import { axisOr, on, onMany, type Table } from "./bodies.js";
import { broadcast, inherited, mapped } from "./elementwise.js";
import { getIndex } from "./indexing.js";
import { outcome } from "./outcome.js";
import { PICKING } from "./picking.js";
import {
  contiguous,
  copy,
  detached,
  expand,
  flatten,
  inferred,
  narrow,
  permute,
  reshape,
  select,
  split,
  squeeze,
  transpose,
  turned,
  unsqueeze,
} from "./views.js";

const reshaping = onMany("reshape", (machine, tensor, shape) =>
  reshape(machine, tensor, variadicShape(machine, shape)),
);

const permuting = onMany("permute", (machine, tensor, dims) => {
  const items = dims.items.length === 1 && !isInteger(machine, dims.items[0]!) ? dims.items[0]! : dims;
  const axes = axesArgument(machine, items, tensor.rank);
  return axes instanceof Unknown || axes === null
    ? machine.unknown("axes that are not known")
    : permute(machine, tensor, axes);
});

const isInteger = (machine: Machine, value: Value): boolean => machine.asInteger(value) !== null;

const transposing = on("transpose", (machine, tensor, first, second) => {
  const [a, b] = [axisOr(machine, first, tensor.rank), axisOr(machine, second, tensor.rank)];
  return a instanceof Unknown ? a : b instanceof Unknown ? b : transpose(machine, tensor, a, b);
});

const splitting = on("split", (machine, tensor, sizes, dim) => {
  const axis = axisOr(machine, dim ?? 0, tensor.rank);
  if (axis instanceof Unknown) return axis;
  if (sizes instanceof PyList || sizes instanceof PyTuple) {
    return split(
      machine,
      tensor,
      sizes.items.map((size) => sizeArgument(machine, size)),
      axis,
    );
  }
  return split(machine, tensor, sizeArgument(machine, sizes!), axis);
});

/** `chunk(n)`: n parts, the last ones shorter or missing. */
const chunking = on("chunk", (machine, tensor, chunks, dim) => {
  const axis = axisOr(machine, dim ?? 0, tensor.rank);
  const parts = knownInteger(machine, chunks);
  if (axis instanceof Unknown || parts === null) return machine.unknown("how many chunks there are");
  const size = tensor.shape[axis]!;
  if (typeof size === "number") return split(machine, tensor, Math.max(1, Math.ceil(size / parts)), axis);
  const each = machine.binary("//", size, parts) as Size;
  return split(machine, tensor, new Array<Size>(parts).fill(each), axis);
});

const unbinding = on("unbind", (machine, tensor, dim) => {
  const axis = axisOr(machine, dim ?? 0, tensor.rank);
  if (axis instanceof Unknown) return axis;
  const size = tensor.shape[axis];
  if (typeof size !== "number") return machine.unknown("how many parts there are");
  return new PyTuple(Array.from({ length: size }, (_, i) => select(machine, tensor, axis, i)));
});

/** `repeat(2, 1)`: copies along each axis. */
function repeated(machine: Machine, tensor: Tensor, times: readonly Size[]): Value {
  const lead = times.length - tensor.rank;
  const shape = times.map((by, axis) => machine.binary("*", by, tensor.shape[axis - lead] ?? 1) as Size);
  return makeTensor(machine, worldOf(machine).Tensor, shape, tensor.dtype, fillValue(tensor), {
    op: "copy",
    previous: inherited(tensor),
  });
}

/** Elements put in another order of the same or another shape, where they are known. */
export function reordered(
  machine: Machine,
  tensor: Tensor,
  shape: readonly Size[],
  from: (index: number[], sizes: readonly number[]) => number[] | null,
): Tensor {
  const sizes = concrete(shape);
  const own = knownShape(tensor);
  let content: Content = null;
  if (sizes !== null && own !== null) {
    const strides = rowMajor(own);
    const steps = rowMajor(sizes);
    const total = elementCount(sizes);
    reserve(machine, total);
    content = following(machine, [tensor], total, (values) =>
      Float64Array.from({ length: total }, (_, i) => {
        const index = steps.map((step, axis) => Math.floor(i / step) % sizes[axis]!);
        const source = from(index, own);
        return source === null ? 0 : values[source.reduce((sum, at, axis) => sum + at * strides[axis]!, 0)]!;
      }),
    );
  }
  return makeTensor(machine, worldOf(machine).Tensor, shape, tensor.dtype, content, {
    op: "index",
    previous: inherited(tensor),
  });
}

const flipping = onMany("flip", (machine, tensor, dims) => {
  const given = dims.items.length === 1 ? dims.items[0]! : dims;
  const axes = axesArgument(machine, given, tensor.rank);
  if (axes instanceof Unknown || axes === null)
    return machine.unknown("flip along an axis that is not known");
  return reordered(machine, tensor, tensor.shape, (index, sizes) =>
    index.map((at, axis) => (axes.includes(axis) ? sizes[axis]! - 1 - at : at)),
  );
});

/** Keeps one triangle of the last two axes. */
const triangle = (keep: (row: number, column: number, diagonal: number) => boolean) =>
  on("a triangle", (machine, tensor, diagonal) => {
    const from = knownInteger(machine, diagonal);
    if (from === null) return outcome(machine, tensor.shape, tensor, "triangle");
    if (tensor.rank < 2) return machine.raise("RuntimeError", "input tensor must have at least 2 dimensions");
    const [rows = 0, columns = 0] = concrete(tensor.shape)?.slice(-2) ?? [];
    const shape = knownShape(tensor);
    const kept = (value: number, i: number): number =>
      keep(Math.floor(i / columns) % rows, i % columns, from) ? value : 0;
    const content = shape && following(machine, [tensor], elementCount(shape), (values) => values.map(kept));
    return makeTensor(machine, worldOf(machine).Tensor, tensor.shape, tensor.dtype, content, {
      op: "index",
      previous: inherited(tensor),
    });
  });

function indexSelect(machine: Machine, tensor: Tensor, dim: Value, index: Value): Value {
  const axis = axisOr(machine, dim, tensor.rank);
  if (axis instanceof Unknown || !(index instanceof Tensor))
    return machine.unknown("an index that is not known");
  const picks = elements(machine, index);
  const shape = tensor.shape.map((size, at) => (at === axis ? count(machine, index.shape) : size));
  if (picks === null) return outcome(machine, shape, tensor, "index_select");
  return reordered(machine, tensor, shape, (at) => at.map((i, one) => (one === axis ? picks[i]! : i)));
}

const clamping = on("clamp", (machine, tensor, low, high) => {
  const [min, max] = [numberArgument(machine, low, -Infinity), numberArgument(machine, high, Infinity)];
  const known = typeof min === "number" && typeof max === "number";
  const content = known
    ? mapped(machine, tensor, (x) => Math.min(max, Math.max(min, x)), tensor.dtype)
    : null;
  return makeTensor(machine, worldOf(machine).Tensor, tensor.shape, tensor.dtype, content, {
    op: "clamp",
    args: new Map([
      ["min", min],
      ["max", max],
    ]),
    previous: inherited(tensor),
  });
});

/** `tensor_split`: cut before each index, or into so many parts, the first ones longer. */
function tensorSplit(machine: Machine, tensor: Tensor, given: Value, dim: Value | undefined): Value {
  const axis = axisOr(machine, dim, tensor.rank);
  if (axis instanceof Unknown) return axis;
  const size = tensor.shape[axis]!;
  if (typeof size !== "number") return machine.unknown("tensor_split");
  const parts = knownInteger(machine, given instanceof PyTuple || given instanceof PyList ? null : given);
  if (parts !== null) {
    const longer = size % parts;
    const sizes = Array.from({ length: parts }, (_, i) => Math.floor(size / parts) + (i < longer ? 1 : 0));
    return split(machine, tensor, sizes, axis);
  }
  const cuts = given instanceof PyTuple || given instanceof PyList ? given.items : [];
  if (cuts.length === 0 || !cuts.every((cut) => typeof cut === "number" && cut >= 0)) {
    return machine.unknown("tensor_split");
  }
  const ends = [...(cuts as readonly number[]).map((cut) => Math.min(cut, size)), size];
  const sizes = ends.map((end, i) => Math.max(0, end - (ends[i - 1] ?? 0)));
  return split(machine, tensor, sizes, axis);
}

const moving = on("movedim", (machine, tensor, source, destination) => {
  const from = axesArgument(machine, source!, tensor.rank);
  const to = axesArgument(machine, destination!, tensor.rank);
  if (from instanceof Unknown || to instanceof Unknown || from?.length !== to?.length || from === null)
    return machine.unknown("movedim of axes that are not known");
  const rest = tensor.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const axes = tensor.shape.map((_, axis) => {
    const moved = to!.indexOf(axis);
    return moved === -1 ? rest.shift()! : from[moved]!;
  });
  return permute(machine, tensor, axes);
});

/** Exist as functions of `torch` and as methods. */
export const SHAPING: Table = {
  "reshape(input, *args, shape=None)": reshaping,
  "permute(input, *args, dims=None)": permuting,
  "transpose(input, dim0, dim1)": transposing,
  "swapaxes(input, axis0, axis1)": transposing,
  "swapdims(input, dim0, dim1)": transposing,
  "t(input)": on("t", (machine, tensor) => (tensor.rank < 2 ? tensor : transpose(machine, tensor, 0, 1))),
  "movedim(input, source, destination)": moving,
  "moveaxis(input, source, destination)": moving,
  "adjoint(input)": on("adjoint", turned),
  "flatten(input, start_dim=0, end_dim=-1)": on("flatten", (machine, tensor, start, end) => {
    const [from, to] = [axisOr(machine, start, tensor.rank), axisOr(machine, end, tensor.rank)];
    return from instanceof Unknown ? from : to instanceof Unknown ? to : flatten(machine, tensor, from, to);
  }),
  "ravel(input)": on("ravel", (machine, tensor) => reshape(machine, tensor, [-1])),
  "unflatten(input, dim, sizes)": on("unflatten", (machine, tensor, dim, sizes) => {
    const axis = axisOr(machine, dim, tensor.rank);
    const parts = shapeArgument(machine, sizes!);
    if (axis instanceof Unknown || parts instanceof Unknown)
      return machine.unknown("unflatten to a shape that is not known");
    const piece = copy(machine, narrow(machine, tensor, axis, 0, tensor.shape[axis]!));
    piece.shape = [tensor.shape[axis]!];
    const inner = inferred(machine, piece, parts);
    return reshape(machine, tensor, [
      ...tensor.shape.slice(0, axis),
      ...inner,
      ...tensor.shape.slice(axis + 1),
    ]);
  }),
  "squeeze(input, dim=None)": on("squeeze", (machine, tensor, dim) => {
    const axes = axesArgument(machine, dim, tensor.rank);
    return axes instanceof Unknown ? axes : squeeze(machine, tensor, axes);
  }),
  "unsqueeze(input, dim)": on("unsqueeze", (machine, tensor, dim) => {
    const axis = axisOr(machine, dim, tensor.rank + 1);
    return axis instanceof Unknown ? axis : unsqueeze(machine, tensor, axis);
  }),
  // A last axis of two numbers is one complex number, and back.
  "view_as_complex(input)": on("view_as_complex", (machine, tensor) => {
    const { shape, dtype } = tensor;
    if (typeof shape.at(-1) === "number" && shape.at(-1) !== 2)
      machine.raise("RuntimeError", "Tensor must have a last dimension of size 2");
    const wide = dtype === "float64" ? "complex128" : "complex64";
    return makeTensor(machine, worldOf(machine).Tensor, shape.slice(0, -1), wide, null, {
      op: "view_as_complex",
    });
  }),
  "view_as_real(input)": on("view_as_real", (machine, { shape, dtype }) =>
    makeTensor(
      machine,
      worldOf(machine).Tensor,
      [...shape, 2],
      dtype === "complex128" ? "float64" : "float32",
      null,
      { op: "view_as_real" },
    ),
  ),
  "broadcast_to(input, *args, size=None)": onMany("broadcast_to", (machine, tensor, sizes) => {
    const shape = variadicShape(machine, sizes);
    return shape instanceof Unknown ? shape : expand(machine, tensor, shape);
  }),
  "tile(input, *args, dims=None)": onMany("tile", (machine, tensor, dims) => {
    const times = variadicShape(machine, dims);
    if (times instanceof Unknown) return times;
    const padded = [...new Array<Size>(Math.max(0, tensor.rank - times.length)).fill(1), ...times];
    return repeated(machine, tensor, padded);
  }),
  "repeat_interleave(input, repeats, dim=None, *, output_size=None)": on(
    "repeat_interleave",
    (machine, tensor, repeats, dim) => {
      const flat = dim === null ? reshape(machine, tensor, [-1]) : tensor;
      const axis = axisOr(machine, dim ?? 0, tensor.rank);
      const by = knownInteger(machine, repeats);
      if (!(flat instanceof Tensor) || axis instanceof Unknown || by === null || repeats instanceof Tensor) {
        return machine.unknown("repeat_interleave by what is not known");
      }
      const shape = flat.shape.map((size, at) =>
        at === axis ? (machine.binary("*", size, by) as Size) : size,
      );
      return reordered(machine, flat, shape, (index) =>
        index.map((at, one) => (one === axis ? Math.floor(at / by) : at)),
      );
    },
  ),
  "split(input, split_size_or_sections, dim=0)": splitting,
  "split_with_sizes(input, split_sizes, dim=0)": splitting,
  "chunk(input, chunks, dim=0)": chunking,
  "tensor_split(input, indices_or_sections=None, dim=0, indices=None, sections=None)": on(
    "tensor_split",
    (machine, tensor, given, dim, indices, sections) =>
      tensorSplit(machine, tensor, given ?? indices ?? sections ?? null, dim),
  ),
  "unbind(input, dim=0)": unbinding,
  "narrow(input, dim, start, length)": on("narrow", (machine, tensor, dim, start, length) => {
    const axis = axisOr(machine, dim, tensor.rank);
    const from = knownInteger(machine, start);
    if (axis instanceof Unknown || from === null) return machine.unknown("narrow");
    return narrow(machine, tensor, axis, from, sizeArgument(machine, length!));
  }),
  "select(input, dim, index)": on("select", (machine, tensor, dim, index) => {
    const axis = axisOr(machine, dim, tensor.rank);
    const at = knownInteger(machine, index);
    return axis instanceof Unknown || at === null
      ? machine.unknown("select")
      : select(machine, tensor, axis, at);
  }),
  "index_select(input, dim, index)": on("index_select", (machine, tensor, dim, index) =>
    indexSelect(machine, tensor, dim!, index!),
  ),
  "gather(input, dim, index, **options)": on("gather", (machine, tensor, _dim, index) =>
    index instanceof Tensor ? outcome(machine, index.shape, tensor, "gather") : machine.unknown("gather"),
  ),
  "flip(input, *args, dims=None)": flipping,
  "roll(input, shifts, dims=None)": on("roll", (machine, tensor) =>
    outcome(machine, tensor.shape, tensor, "roll"),
  ),
  "fliplr(input)": on("fliplr", (machine, tensor) => outcome(machine, tensor.shape, tensor, "flip")),
  "flipud(input)": on("flipud", (machine, tensor) => outcome(machine, tensor.shape, tensor, "flip")),
  ...PICKING,
  "as_strided(input, size, stride, storage_offset=None)": on("as_strided", (machine, tensor, size) => {
    const shape = shapeArgument(machine, size!);
    return shape instanceof Unknown ? shape : outcome(machine, shape, tensor, "as_strided");
  }),
  "is_complex(input)": on("is_complex", (_machine, tensor) => tensor.dtype.startsWith("complex")),
  "tril(input, diagonal=0)": triangle((row, column, diagonal) => column - row <= diagonal),
  "triu(input, diagonal=0)": triangle((row, column, diagonal) => column - row >= diagonal),
  "clamp(input, min=None, max=None)": clamping,
  "clip(input, min=None, max=None)": clamping,
  "clamp_min(input, min)": (machine, tensor, low) => clamping(machine, tensor!, low!, null),
  "clamp_max(input, max)": (machine, tensor, high) => clamping(machine, tensor!, null, high!),
  "where(condition, input=None, other=None)": (machine, condition, input, other) => {
    const tensors = [condition, input, other].filter((one) => one instanceof Tensor);
    if (!(condition instanceof Tensor) || (input === null && other === null)) return machine.unknown("where");
    const shape = tensors
      .map((one) => one.shape)
      .reduce<Size[]>((all, one) => broadcast(machine, all, one), []);
    const like = [input, other].find((one) => one instanceof Tensor);
    return outcome(machine, shape, like instanceof Tensor ? like : condition, "where");
  },
  "masked_select(input, mask, *, out=None)": on("masked_select", (machine, tensor, mask) => {
    if (!(mask instanceof Tensor) || mask.dtype !== "bool") return machine.unknown("masked_select");
    const shape = broadcast(machine, tensor.shape, mask.shape);
    return getIndex(machine, expand(machine, tensor, shape), expand(machine, mask, shape));
  }),
  "masked_fill(input, mask, value)": on("masked_fill", (machine, tensor, mask) =>
    mask instanceof Tensor
      ? outcome(machine, broadcast(machine, tensor.shape, mask.shape), tensor, "masked_fill")
      : machine.unknown("masked_fill"),
  ),
  ...Object.fromEntries(
    ["addcmul", "addcdiv"].map((name): [string, NativeBody] => [
      `${name}(input, tensor1, tensor2, *, value=1, out=None)`,
      on(name, (machine, tensor, first, second) => {
        const tensors = tensorsArgument(machine, new PyTuple([first!, second!]));
        if (tensors instanceof Unknown) return machine.unknown(name);
        const shape = tensors.reduce<readonly Size[]>(
          (all, one) => broadcast(machine, all, one.shape),
          tensor.shape,
        );
        return outcome(machine, shape, tensor, name);
      }),
    ]),
  ),
  "numel(input)": on("numel", (machine, tensor) => count(machine, tensor.shape)),
  "clone(input, *, memory_format=None)": on("clone", (machine, tensor) => copy(machine, tensor)),
  "detach(input)": on("detach", (machine, tensor) => detached(machine, tensor)),
  "is_floating_point(input)": on("is_floating_point", (_machine, tensor) => /float/.test(tensor.dtype)),
};

/** Only methods. */
export const SHAPING_METHODS: Table = {
  "view(self, *args, size=None)": onMany("view", (machine, tensor, shape) => {
    const [only] = shape.items;
    // `view(dtype)` keeps the memory and reads it as another type.
    if (shape.items.length === 1 && only instanceof Object && only.cls === worldOf(machine).dtypeClass) {
      return machine.unknown("memory seen as another type");
    }
    return reshape(machine, tensor, variadicShape(machine, shape));
  }),
  "view_as(self, other)": on("view_as", (machine, tensor, other) =>
    other instanceof Tensor ? reshape(machine, tensor, other.shape) : machine.unknown("view_as"),
  ),
  "reshape_as(self, other)": on("reshape_as", (machine, tensor, other) =>
    other instanceof Tensor ? reshape(machine, tensor, other.shape) : machine.unknown("reshape_as"),
  ),
  "expand(self, *args, size=None)": onMany("expand", (machine, tensor, sizes) => {
    const shape = variadicShape(machine, sizes);
    return shape instanceof Unknown ? shape : expand(machine, tensor, shape);
  }),
  "expand_as(self, other)": on("expand_as", (machine, tensor, other) =>
    other instanceof Tensor ? expand(machine, tensor, other.shape) : machine.unknown("expand_as"),
  ),
  "repeat(self, *args, repeats=None)": onMany("repeat", (machine, tensor, sizes) => {
    const times = variadicShape(machine, sizes);
    return times instanceof Unknown ? times : repeated(machine, tensor, times);
  }),
  "contiguous(self, memory_format=None)": on("contiguous", (machine, tensor) => contiguous(machine, tensor)),
  "unfold(self, dimension, size, step)": on("unfold", (machine, tensor, dimension, size, step) => {
    const axis = axisOr(machine, dimension, tensor.rank);
    if (axis instanceof Unknown) return axis;
    const window = sizeArgument(machine, size!);
    const room = machine.binary("-", tensor.shape[axis]!, window);
    const count = machine.binary("+", machine.binary("//", room, step!), 1) as Size;
    const shape = tensor.shape.map((old, at) => (at === axis ? count : old));
    return outcome(machine, [...shape, window], tensor, "unfold");
  }),
};
