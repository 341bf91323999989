import type { Dim, Framework, Shape } from "../types.js";

/** What a scheme is asked for. Fans given explicitly go before those counted from the shape. */
export interface SchemeOptions {
  readonly fanIn?: Dim;
  readonly fanOut?: Dim;
  /** In the framework's own layout; without a framework inputs come before outputs. */
  readonly shape?: Shape;
  readonly framework?: Framework;
  readonly mode?: string;
  readonly gain?: number;
  /** Activation that follows; torch looks it up in `calculate_gain`, else its exact gain is used. */
  readonly nonlinearity?: string;
  /** Negative slope of leaky_relu. */
  readonly a?: number;
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly mean?: number;
  readonly std?: number;
  readonly sparsity?: number;
}
