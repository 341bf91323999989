import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { activationSlope } from "../init/gains.js";
import { normalQuantile } from "../init/normal.js";
import { type CheckedRequest, checkRequest, type SampleRequest } from "./request.js";
import { sampleSteps } from "./sample.js";

/** Where the weight stands, for what its values do there. */
export interface StatisticsRequest {
  readonly request: SampleRequest;
  /** Connections that feed a unit; `null` where unknown. */
  readonly fanIn: number | null;
  /** The activation that follows, as `activationName` says; `null` where unknown. */
  readonly activation: string | null;
}

/** What a drawn weight shows besides its histogram. */
export interface WeightStatistics {
  /** Largest first; `null` for other than two dimensions, and sides above SINGULAR_LIMIT. */
  readonly singularValues: Float64Array | null;
  /**
   * Where the singular values of a large matrix with independent entries of this std end (Marchenko and
   * Pastur, 1967): std · (√rows ± √columns). `null` where entries are not independent and random.
   */
  readonly marchenkoPastur: { readonly low: number; readonly high: number } | null;
  /** Whether all columns are the same: units that compute and learn the same, for ever; `null` as above. */
  readonly equalColumns: boolean | null;
  readonly activations: FlatActivations | null;
}

/** Shares of pre-activations, where inputs have mean 0 and second moment 1. */
export interface FlatActivations {
  /** No gradient passes: the slope is 0. */
  readonly dead: number;
  /** Hardly any passes: the slope is below a twentieth of the steepest; includes the dead. */
  readonly saturated: number;
}

/** Singular values of 1024² take some 4 seconds. */
const SINGULAR_LIMIT = 1024;
const FLAT_SLOPE = 1 / 20;
/** Equally probable pre-activations looked at: shares come in steps of this many. */
const POINTS = 4096;

/** Draws the weight and looks at it, in steps; the singular values are a step of their own. */
export function* statisticsSteps({
  request,
  fanIn,
  activation,
}: StatisticsRequest): Generator<number, WeightStatistics> {
  const checked = checkRequest(request);
  const matrix = yield* drawMatrix(request, checked);
  const { std, mean } = matrix ?? (yield* sampleSteps(request));
  const size = Math.hypot(std, mean);
  return {
    singularValues: matrix && singularValues(matrix),
    marchenkoPastur: marchenkoPastur(checked, std),
    equalColumns: matrix && columnsEqual(matrix),
    activations:
      activation === null || fanIn === null ? null : flatActivations(activation, size * Math.sqrt(fanIn)),
  };
}

interface Drawn {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  readonly mean: number;
  readonly std: number;
}

function* drawMatrix(request: SampleRequest, { shape }: CheckedRequest): Generator<number, Drawn | null> {
  const [rows, columns, ...others] = shape;
  if (rows === undefined || columns === undefined || others.length > 0) return null;
  if (Math.max(rows, columns) > SINGULAR_LIMIT) return null;
  const { values, mean, std } = yield* sampleSteps({ ...request, method: "draws", values: "all" });
  return { rows, columns, values: values!, mean, std };
}

function singularValues({ rows, columns, values }: Drawn): Float64Array {
  const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(rows, columns, [...values]), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(diagonal).sort().reverse().slice(0, Math.min(rows, columns));
}

function marchenkoPastur(
  { distribution, shape }: CheckedRequest,
  std: number,
): WeightStatistics["marchenkoPastur"] {
  const independent = ["uniform", "normal", "truncated_normal"].includes(distribution.kind);
  if (!independent || shape.length !== 2 || std === 0) return null;
  const [rows, columns] = shape.map(Math.sqrt) as [number, number];
  return { low: std * Math.abs(rows - columns), high: std * (rows + columns) };
}

/** One column is not equal to others. */
function columnsEqual({ columns, values }: Drawn): boolean {
  return columns > 1 && values.every((value, at) => value === values[at - (at % columns)]);
}

/** Shares for pre-activations N(0, spread²); `null` for an activation not known. */
export function flatActivations(activation: string, spread: number): FlatActivations | null {
  const slope = activationSlope(activation);
  if (!slope) return null;
  const slopes = Array.from({ length: POINTS }, (_, i) =>
    Math.abs(slope(spread * normalQuantile((i + 0.5) / POINTS))),
  );
  // The steepest place need not be among the points: it is within a few units of 0.
  const steepest = Array.from({ length: 161 }, (_, i) => Math.abs(slope((i - 80) / 20))).reduce((a, b) =>
    Math.max(a, b),
  );
  const share = (flat: (slope: number) => boolean) => slopes.filter(flat).length / POINTS;
  return { dead: share((s) => s === 0), saturated: share((s) => s < FLAT_SLOPE * steepest) };
}
