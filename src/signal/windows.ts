/** How windows lie over an axis that is padded with zeros. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

/** What one place of one side is joined with on the other, on average over an axis. */
export interface Reach {
  /** Taps that reach a place. */
  readonly taps: number;
  /** Taps that reach both of two places: fewer at borders, and where a stride gives places taps of their own. */
  readonly shared: number;
}

/** Reach of the outputs (forward) and of the inputs (backward) of a convolution along one axis. */
export function reaches(inputs: number, outputs: number, window: Window): readonly [Reach, Reach] {
  const counts = pairsOfTaps(inputs, outputs, window);
  return [reach(counts, outputs), reach(counts, inputs)];
}

/** Pairs of an output and an input for each tap; a tap beside the axis meets a zero. */
function pairsOfTaps(
  inputs: number,
  outputs: number,
  { kernel, stride, padding, dilation }: Window,
): readonly number[] {
  return Array.from({ length: kernel }, (_, tap) => {
    // Outputs o with 0 ≤ o·stride − padding + tap·dilation < inputs.
    const shift = tap * dilation - padding;
    const first = Math.max(0, Math.ceil(-shift / stride));
    const last = Math.min(outputs - 1, Math.floor((inputs - 1 - shift) / stride));
    return Math.max(0, last - first + 1);
  });
}

const reach = (counts: readonly number[], places: number): Reach => ({
  taps: counts.reduce((sum, count) => sum + count / places, 0),
  shared: counts.reduce((sum, count) => sum + (count / places) ** 2, 0),
});

/** Along several axes at once. */
export const together = (all: readonly Reach[]): Reach => ({
  taps: all.reduce((product, { taps }) => product * taps, 1),
  shared: all.reduce((product, { shared }) => product * shared, 1),
});
