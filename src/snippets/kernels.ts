import { bilinearRow } from "../init/frameworks/caffe.js";
import type { Dim, Shape } from "../types.js";
import { number } from "./python.js";

/** Small texts that the dialects share for kernels that are mostly zeros. `taps` tells where the taps stand. */

/** `1, 1` in front or `:, :, 1, 1` behind: the centre tap, size // 2 ("upper") or (size - 1) // 2 ("lower"). */
export function centreIndex(shape: Shape, taps: "first" | "last", centre: "upper" | "lower"): string {
  const sizes = taps === "first" ? shape.slice(0, -2) : shape.slice(2);
  const index = sizes.map((size) =>
    typeof size === "number" ? Math.floor((centre === "upper" ? size : size - 1) / 2) : 0,
  );
  return (taps === "first" ? index : [":", ":", ...index]).join(", ");
}

/** Taps along the first axis of the kernel. */
export function kernelSize(shape: Shape, taps: "first" | "last"): number {
  const size = taps === "first" ? shape[0] : shape[2];
  return typeof size === "number" ? size : 1;
}

/** One row of a bilinear kernel as a Python list. */
export function bilinearText(size: number): string {
  return `[${bilinearRow(size).map(number).join(", ")}]`;
}

/** How many values of a column stay, as Python: torch's rule, ⌈sparsity × rows⌉ zeros. */
export function kept(rows: Dim, sparsity: number): string {
  return typeof rows === "number"
    ? String(rows - Math.ceil(sparsity * rows))
    : `${rows} - math.ceil(${number(sparsity)} * ${rows})`;
}
