/** Products of tensors on shapes: matrices, einsum, outer products. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyList, type PyTuple, Unknown, type Value } from "../../../python/values.js";
import { promote } from "../../tensors/dtypes.js";
import { elements, makeTensor, reserve, type Size, Tensor } from "../../tensors/tensor.js";
import { misfit, shapeText } from "../runs/misfits.js";
import { worldOf } from "../world.js";
import { tensorsArgument } from "./arguments.js";
import { broadcast } from "./elementwise.js";
import { outcome, unknownInput } from "./outcome.js";

type Table = Record<string, NativeBody>;

// ── products ─────────────────────────────────────────────────────────────────

/** `x @ y` on shapes, batch axes broadcast. */
export function matmul(machine: Machine, left: Value, right: Value): Value {
  if (!(left instanceof Tensor && right instanceof Tensor)) return unknownInput(machine, "matmul");
  const [a, b] = [left.shape, right.shape];
  const inner = [a.at(-1), b.length > 1 ? b.at(-2) : b.at(-1)];
  if (typeof inner[0] === "number" && typeof inner[1] === "number" && inner[0] !== inner[1]) {
    misfit(
      machine,
      `${shapeText(a)} cannot be multiplied by ${shapeText(b)}: ${inner[0]} columns against ${inner[1]} rows`,
    );
  }
  const batch = broadcast(machine, a.slice(0, -2), b.slice(0, -2));
  const shape = [...batch, ...(a.length > 1 ? [a.at(-2)!] : []), ...(b.length > 1 ? [b.at(-1)!] : [])];
  const dtype = promote(left.dtype, right.dtype);
  return makeTensor(machine, worldOf(machine).Tensor, shape, dtype, product(machine, left, right), {
    op: "matmul",
  });
}

/** Known elements of a product of two small matrices. */
function product(machine: Machine, left: Tensor, right: Tensor): Float64Array | null {
  if (left.rank !== 2 || right.rank !== 2) return null;
  const [n, m] = left.shape as [Size, Size];
  const p = right.shape[1]!;
  if (typeof n !== "number" || typeof m !== "number" || typeof p !== "number" || n * m * p > 1e6) return null;
  const [x, y] = [elements(machine, left), elements(machine, right)];
  if (x === null || y === null) return null;
  const result = new Float64Array(n * p);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += x[i * m + k]! * y[k * p + j]!;
      result[i * p + j] = sum;
    }
  }
  return result;
}

/** `einsum("bij,bjk->bik", x, y)`: the sizes of the letters named after the arrow. */
function einsum(machine: Machine, equation: Value, operands: PyTuple): Value {
  const [only] = operands.items;
  const list = operands.items.length === 1 && only instanceof PyList ? only : operands;
  const tensors = tensorsArgument(machine, list);
  if (typeof equation !== "string" || tensors instanceof Unknown || tensors.length === 0) {
    return unknownInput(machine, "einsum");
  }
  const [inputs = "", output] = equation.replaceAll(" ", "").split("->");
  const sizes = new Map<string, Size>();
  let dots: readonly Size[] = [];
  inputs.split(",").forEach((term, i) => {
    const [head = "", tail] = term.split("...");
    const shape = tensors[i]?.shape ?? [];
    // An axis of length 1 is broadcast over the other operand's.
    const note = (letter: string, size: Size | undefined) => {
      if (size !== undefined && (size !== 1 || !sizes.has(letter))) sizes.set(letter, size);
    };
    for (const [axis, letter] of [...head].entries()) note(letter, shape[axis]);
    if (tail === undefined) return;
    dots = broadcast(machine, dots, shape.slice(head.length, shape.length - tail.length));
    for (const [axis, letter] of [...tail].entries()) note(letter, shape[shape.length - tail.length + axis]);
  });
  const result = output ?? implied(inputs);
  const shape = result
    .split("...")
    .flatMap((part, i) => [...(i > 0 ? dots : []), ...[...part].map((letter) => sizes.get(letter)!)]);
  if (shape.some((size) => size === undefined)) return unknownInput(machine, "einsum");
  return outcome(machine, shape, tensors[0]!, "einsum");
}

/** Without an arrow: the letters that occur once, in alphabetical order. */
function implied(inputs: string): string {
  const letters = [...inputs.replaceAll(/[^A-Za-z]/g, "")];
  return letters
    .filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter))
    .sort()
    .join("");
}

/** Products and the like, in `torch` and as methods. */
export const PRODUCTS: Table = {
  "matmul(input, other, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "mm(input, mat2, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "bmm(input, mat2, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "dot(input, other, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "mv(input, vec, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None)": (machine, _input, left, right) =>
    matmul(machine, left!, right!),
  "baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None)": (machine, _input, left, right) =>
    matmul(machine, left!, right!),
  "outer(input, vec2, *, out=None)": (machine, left, right) => outer(machine, left!, right!),
  "ger(input, vec2, *, out=None)": (machine, left, right) => outer(machine, left!, right!),
};

/** Known elements stay known: rotary tables are made so. */
function outer(machine: Machine, left: Value, right: Value): Value {
  if (!(left instanceof Tensor && right instanceof Tensor)) return unknownInput(machine, "outer");
  const [n] = left.shape;
  const [m] = right.shape;
  const [x, y] = [elements(machine, left), elements(machine, right)];
  const dtype = promote(left.dtype, right.dtype);
  let content: Float64Array | null = null;
  if (x !== null && y !== null) {
    reserve(machine, x.length * y.length);
    content = new Float64Array(x.length * y.length);
    for (let i = 0; i < x.length; i++)
      for (let j = 0; j < y.length; j++) content[i * y.length + j] = x[i]! * y[j]!;
  }
  return makeTensor(machine, worldOf(machine).Tensor, [n!, m!], dtype, content, { op: "outer" });
}

export const EINSUM: Table = {
  "einsum(equation, *operands)": (machine, equation, operands) =>
    einsum(machine, equation!, operands as PyTuple),
};
