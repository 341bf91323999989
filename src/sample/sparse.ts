import { finishTally } from "./finish.js";
import { constantResult } from "./fixed.js";
import { type CheckedRequest, SampleError, type SampleResult, type Sparse } from "./request.js";
import { standardize } from "./standard.js";
import { drawTally } from "./tally.js";
import { WordStream } from "./words.js";

/**
 * Draws a matrix whose columns each have the same number of zeros at random places, the first whole number
 * from sparsity · rows, and N(0, std²) elsewhere: `torch.nn.init.sparse_` (Martens, 2010).
 */
export function* sparseSteps(
  request: CheckedRequest,
  { sparsity, std }: Sparse,
): Generator<number, SampleResult> {
  const [rows, columns, ...others] = request.shape;
  if (rows === undefined || columns === undefined || others.length > 0) {
    throw new SampleError(`a sparse matrix has two dimensions, not ${request.shape.length}`);
  }
  const zeros = Math.ceil(sparsity * rows);
  const standard = standardize({ kind: "normal", mean: 0, std });
  if (zeros === rows || typeof standard === "number") return constantResult(request, 0);
  const count = (rows - zeros) * columns;
  const share = count / request.count;
  // Where values are asked for, all that are not 0 are needed to put them into their columns.
  const part = { ...request, count, values: request.values > 0 ? count : 0 };
  const drawn = finishTally(part, standard, yield* drawTally(part, standard));
  const { values, ...figures } = withZeros(drawn, request.count, share);
  if (!values) return figures;
  return { ...figures, values: scatter(values, rows, zeros, request.seed).slice(0, request.values) };
}

/** The figures of all values from those that are not 0. */
function withZeros(drawn: SampleResult, count: number, share: number): SampleResult {
  if (share === 1) return drawn;
  const { histogram, kolmogorovSmirnov: distance } = drawn;
  const { low, high, counts } = histogram;
  const bar = Math.min(counts.length - 1, Math.floor((-low / (high - low)) * counts.length));
  const mean = share * drawn.mean;
  return {
    ...drawn,
    count,
    mean,
    std: Math.sqrt(Math.max(0, share * (drawn.std ** 2 + drawn.mean ** 2) - mean * mean)),
    min: Math.min(0, drawn.min),
    max: Math.max(0, drawn.max),
    histogram: { ...histogram, counts: counts.map((n, i) => (i === bar ? n + count - drawn.count : n)) },
    // How many zeros there are is not random: only the others differ from the exact distribution.
    kolmogorovSmirnov: distance && { statistic: share * distance.statistic, pValue: distance.pValue },
  };
}

/** Puts values into a matrix in row-major order, `zeros` places of each column left 0. */
function scatter(values: Float64Array, rows: number, zeros: number, seed: string): Float64Array {
  const stream = new WordStream(`${seed}, places of zeros`);
  const columns = values.length / (rows - zeros);
  const matrix = new Float64Array(rows * columns);
  let next = 0;
  for (let column = 0; column < columns; column++) {
    // Of the places left, each is a zero with the share of zeros among them (Fan, Muller and Rezucha, 1962).
    let left = zeros;
    for (let row = 0; row < rows; row++) {
      if (stream.uniform() * (rows - row) < left) left--;
      else matrix[row * columns + column] = values[next++]!;
    }
  }
  return matrix;
}
