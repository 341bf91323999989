/** Factors, inverses and other functions of matrices: shapes alone. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyTuple, type Value } from "../../../python/values.js";
import { makeTensor, reserve, type Size, Tensor } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { knownInteger, tensorsArgument, truthOf } from "./arguments.js";
import { broadcast } from "./elementwise.js";
import { outcome, plus, times, unknownInput } from "./outcome.js";

type Table = Record<string, NativeBody>;

/** Sizes of a stack of matrices: what comes before the last two axes, rows, columns, and the fewer of these. */
interface Matrix {
  readonly lead: readonly Size[];
  readonly rows: Size;
  readonly columns: Size;
  readonly fewer: Size;
}

function matrixOf(machine: Machine, { shape }: Tensor): Matrix | null {
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) return null;
  const areNumbers = typeof rows === "number" && typeof columns === "number";
  const isSquare = machine.compare("==", rows, columns) === true;
  const fewer = areNumbers ? Math.min(rows, columns) : isSquare ? rows : null;
  return {
    lead: shape.slice(0, -2),
    rows,
    columns,
    fewer: fewer ?? machine.unknown("whether a matrix has more rows or columns"),
  };
}

type Parts = (matrix: Matrix, machine: Machine, options: readonly Value[]) => readonly (readonly Size[])[];

/** A function of matrices by the shapes of what it returns, those before the matrices' own axes left out. */
const parts =
  (name: string, shapes: Parts): NativeBody =>
  (machine, input, ...options) => {
    const matrix = input instanceof Tensor ? matrixOf(machine, input) : null;
    if (matrix === null) return unknownInput(machine, name);
    const made = shapes(matrix, machine, options as readonly Value[]).map((shape) =>
      outcome(machine, [...matrix.lead, ...shape], input as Tensor, name),
    );
    return made.length === 1 ? made[0]! : new PyTuple(made);
  };

/** Whether an option is what it is where nobody gives it. */
const isSet = (machine: Machine, option: Value | undefined): boolean => truthOf(machine, option) === true;

const same: Parts = ({ rows, columns }) => [[rows, columns]];
const singularValues: Parts = ({ fewer }) => [[fewer]];
const number: Parts = () => [[]];
const qr: Parts = ({ rows, columns, fewer }, machine, [mode]) => {
  const isComplete = mode === "complete" || (typeof mode === "boolean" && !isSet(machine, mode));
  const inner = isComplete ? rows : fewer;
  return [
    [rows, inner],
    [inner, columns],
  ];
};
const lu: Parts = ({ rows, columns, fewer }) => [
  [rows, rows],
  [rows, fewer],
  [fewer, columns],
];
const packed: Parts = ({ rows, columns, fewer }) => [[rows, columns], [fewer]];
const spectrum: Parts = ({ rows, columns }) => [[columns], [rows, columns]];

const SAME = parts("a function of a matrix", same);

/** Of `torch` itself. */
export const MATRICES: Table = {
  "svd(input, some=True, compute_uv=True, *, out=None)": parts(
    "svd",
    ({ rows, columns, fewer }, machine, [some]) => {
      const [left, right] = isSet(machine, some) ? [fewer, fewer] : [rows, columns];
      return [[rows, left], [fewer], [columns, right]];
    },
  ),
  "qr(input, some=True, *, out=None)": parts("qr", qr),
  "lu(A, pivot=True, get_infos=False, out=None)": parts("lu", packed),
  "lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True, *, out=None)": parts("lu", lu),
  "inverse(input, *, out=None)": SAME,
  "cholesky(input, upper=False, *, out=None)": SAME,
  "matrix_exp(input)": SAME,
  "matrix_power(input, n, *, out=None)": SAME,
  "pinverse(input, rcond=1e-15)": parts("pinverse", ({ rows, columns }) => [[columns, rows]]),
  "det(input)": parts("det", number),
  "logdet(input)": parts("logdet", number),
  "slogdet(input)": parts("slogdet", () => [[], []]),
  "tril_indices(row, col, offset=0, *, dtype=None, device=None, layout=None)": triangleIndices(
    (row, column, offset) => column - row <= offset,
  ),
  "triu_indices(row, col, offset=0, *, dtype=None, device=None, layout=None)": triangleIndices(
    (row, column, offset) => column - row >= offset,
  ),
  "block_diag(*tensors)": (machine, tensors) => blockDiagonal(machine, tensors!),
  "kron(input, other, *, out=None)": (machine, left, right) => {
    if (!(left instanceof Tensor && right instanceof Tensor)) return unknownInput(machine, "kron");
    const rank = Math.max(left.rank, right.rank);
    const padded = ({ shape }: Tensor) => [...new Array<Size>(rank - shape.length).fill(1), ...shape];
    const [a, b] = [padded(left), padded(right)];
    return outcome(
      machine,
      a.map((size, axis) => times(machine, size, b[axis]!)),
      left,
      "kron",
    );
  },
  "cdist(x1, x2, p=2.0, compute_mode=None)": (machine, first, second) => {
    if (!(first instanceof Tensor && second instanceof Tensor)) return unknownInput(machine, "cdist");
    const lead = broadcast(machine, first.shape.slice(0, -2), second.shape.slice(0, -2));
    return outcome(machine, [...lead, first.shape.at(-2)!, second.shape.at(-2)!], first, "cdist");
  },
};

/** Of `torch.linalg`. */
export const LINALG: Table = {
  "svd(A, full_matrices=True, *, driver=None, out=None)": parts(
    "svd",
    ({ rows, columns, fewer }, machine, [full]) => {
      const [left, right] = isSet(machine, full) ? [rows, columns] : [fewer, fewer];
      return [[rows, left], [fewer], [right, columns]];
    },
  ),
  "svdvals(A, *, driver=None, out=None)": parts("svdvals", singularValues),
  "qr(A, mode='reduced', *, out=None)": parts("qr", qr),
  "lu(A, *, pivot=True, out=None)": parts("lu", lu),
  "lu_factor(A, *, pivot=True, out=None)": parts("lu", packed),
  "inv(A, *, out=None)": SAME,
  "cholesky(A, *, upper=False, out=None)": SAME,
  "matrix_exp(A)": SAME,
  "matrix_power(A, n, *, out=None)": SAME,
  "pinv(A, rcond=None, hermitian=False, *, atol=None, rtol=None, out=None)":
    MATRICES["pinverse(input, rcond=1e-15)"]!,
  "eigh(A, UPLO='L', *, out=None)": parts("eigh", spectrum),
  "eig(A, *, out=None)": parts("eig", spectrum),
  "eigvalsh(A, UPLO='L', *, out=None)": parts("eigvalsh", singularValues),
  "eigvals(A, *, out=None)": parts("eigvals", singularValues),
  "det(A, *, out=None)": parts("det", number),
  "slogdet(A, *, out=None)": parts("slogdet", () => [[], []]),
  "solve(A, B, *, left=True, out=None)": (machine, _matrix, right) =>
    right instanceof Tensor ? outcome(machine, right.shape, right, "solve") : unknownInput(machine, "solve"),
};

/** Rows and columns of the entries on one side of a diagonal. */
function triangleIndices(isIn: (row: number, column: number, offset: number) => boolean): NativeBody {
  return (machine, row, col, offset) => {
    const [rows, columns, from] = [row, col, offset].map((one) => knownInteger(machine, one));
    if (typeof rows !== "number" || typeof columns !== "number" || typeof from !== "number")
      return machine.unknown("indices of a triangle whose size is not known");
    reserve(machine, 2 * rows * columns);
    const places: number[][] = [[], []];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        if (!isIn(i, j, from)) continue;
        places[0]!.push(i);
        places[1]!.push(j);
      }
    }
    const content = Float64Array.from(places.flat());
    const { Tensor: cls } = worldOf(machine);
    return makeTensor(machine, cls, [2, places[0]!.length], "int64", content, { op: "triangle_indices" });
  };
}

function blockDiagonal(machine: Machine, given: Value): Value {
  const tensors = tensorsArgument(machine, given);
  if (!Array.isArray(tensors) || tensors[0] === undefined) return unknownInput(machine, "block_diag");
  const shapes = tensors.map(({ shape }) => [...new Array<Size>(2 - shape.length).fill(1), ...shape]);
  const total = (axis: number) => shapes.map((shape) => shape[axis]!).reduce((a, b) => plus(machine, a, b));
  return outcome(machine, [total(0), total(1)], tensors[0], "block_diag");
}
