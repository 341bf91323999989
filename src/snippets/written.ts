import type { SchemeCall } from "../init/initializerCalls.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import type { Distribution, Shape } from "../types.js";

/** What every dialect's writer gets. */
export interface WriteInput {
  readonly scheme: string;
  readonly call: SchemeCall;
  readonly options: SchemeOptions;
  readonly shape: Shape;
  readonly distribution: Distribution;
  readonly target: string | undefined;
  readonly argument: string | undefined;
}

/** What it gives. */
export interface Written {
  /** Statements before, such as a function that an argument names. */
  readonly setup: readonly string[];
  /** A statement for NumPy, torch, JAX and TensorFlow, an argument for Keras and Flax, a filler for Caffe. */
  readonly code: string;
}
