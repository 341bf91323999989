/** Functions that pick elements, say where they are, or put others in their places: only the shapes are told. */
import type { Machine } from "../../../python/machine.js";
import { Unknown } from "../../../python/values.js";
import { count, makeTensor, type Size, Tensor } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { sizeArgument } from "./arguments.js";
import { axisOr, on, type Table } from "./bodies.js";
import { broadcast } from "./elementwise.js";
import { outcome } from "./outcome.js";

const indices = (machine: Machine, shape: readonly Size[]): Tensor =>
  makeTensor(machine, worldOf(machine).Tensor, shape, "int64", null, { op: "indices" });

/** Copies in which some elements are others. */
const REPLACING: Table = Object.fromEntries(
  `index_add index_copy index_fill index_put index_reduce scatter scatter_add scatter_reduce masked_scatter
   select_scatter slice_scatter diagonal_scatter renorm`
    .split(/\s+/)
    .map((name) => [
      `${name}(input, *args, **options)`,
      on(name, (machine, tensor) => outcome(machine, tensor.shape, tensor, name)),
    ]),
);

/** What combines tensors element by element, beyond the arithmetic of two. */
const COMBINING: Table = Object.fromEntries(
  ["lerp(input, end, weight)", "cross(input, other, dim=None)"].map((signature) => [
    signature,
    on(signature, (machine, tensor, ...others) => {
      const tensors = others.filter((one) => one instanceof Tensor);
      const shape = tensors.reduce<readonly Size[]>(
        (all, one) => broadcast(machine, all, one.shape),
        tensor.shape,
      );
      return others.some((one) => one instanceof Unknown)
        ? machine.unknown("tensors that are not known")
        : outcome(machine, shape, tensor, "combined");
    }),
  ]),
);

/** Exist as functions of `torch` and as methods. */
export const PICKING: Table = {
  ...REPLACING,
  ...COMBINING,
  "take_along_dim(input, indices, dim=None)": on("take_along_dim", (machine, tensor, indices, dim) => {
    if (!(indices instanceof Tensor)) return machine.unknown("take_along_dim");
    if (dim === null) return outcome(machine, [count(machine, indices.shape)], tensor, "gather");
    const axis = axisOr(machine, dim, tensor.rank);
    if (axis instanceof Unknown) return axis;
    const own = tensor.shape.map((size, at) => (at === axis ? indices.shape[at]! : size));
    return outcome(machine, broadcast(machine, own, indices.shape), tensor, "gather");
  }),
  "trace(input)": on("trace", (machine, tensor) => outcome(machine, [], tensor, "trace")),
  "multinomial(input, num_samples, replacement=False, *, generator=None)": on(
    "multinomial",
    (machine, tensor, samples) =>
      indices(machine, [...tensor.shape.slice(0, -1), sizeArgument(machine, samples!)]),
  ),
};

/** Only functions of `torch`. */
export const SEARCHING: Table = {
  "searchsorted(sorted_sequence, input, **options)": (machine, _sorted, values) =>
    values instanceof Tensor ? indices(machine, values.shape) : machine.unknown("searchsorted"),
  "bucketize(input, boundaries, **options)": on("bucketize", (machine, tensor) =>
    indices(machine, tensor.shape),
  ),
  "isin(elements, test_elements, **options)": on("isin", (machine, tensor) =>
    makeTensor(machine, worldOf(machine).Tensor, tensor.shape, "bool", null, { op: "isin" }),
  ),
};
