/** What the axes of a real tensor are: samples, places or units; several in one where it was flattened. */
export type Role = "sample" | "place" | "unit";

export interface Factor {
  readonly role: Role;
  readonly size: number;
}

/** The factors of each axis, outermost first. */
export type Axes = readonly (readonly Factor[])[];

export const sizeOf = (axis: readonly Factor[]): number =>
  axis.reduce((product, { size }) => product * size, 1);

/** How many values there are of one role. */
export const countOf = (axes: Axes, role: Role): number =>
  sizeOf(axes.flat().filter((factor) => factor.role === role));

/** One factor an axis. */
export const plainAxes = (shape: readonly number[], roles: readonly Role[]): Axes =>
  shape.map((size, axis) => [{ role: roles[axis] ?? "place", size }]);

/** What a model is given: samples, then features (`[N, F]`), places with features, or channels with places. */
export function inputAxes(shape: readonly number[], isIndices: boolean): Axes {
  const units = isIndices ? -1 : shape.length < 4 ? shape.length - 1 : 1;
  return shape.map((size, axis) => [
    { role: axis === 0 ? "sample" : axis === units ? "unit" : "place", size },
  ]);
}

/** The same values in the same order with another shape; null where an axis is cut where no factor ends. */
export function reshaped(axes: Axes, shape: readonly number[]): Axes | null {
  const waiting = axes.flat().filter(({ size }) => size !== 1);
  const made: Factor[][] = [];
  for (const wanted of shape) {
    const axis: Factor[] = [];
    for (let left = wanted; left > 1; ) {
      const factor = waiting.shift();
      if (factor === undefined) return null;
      const { role, size } = factor;
      if (left % size === 0) {
        axis.push(factor);
        left /= size;
      } else if (size % left === 0) {
        axis.push({ role, size: left });
        waiting.unshift({ role, size: size / left });
        left = 1;
      } else return null;
    }
    made.push(axis);
  }
  return waiting.length === 0 ? made : null;
}

/** The axes of an elementwise result: those of the operand that is not spread out, axis by axis from the last. */
export function broadcastAxes(operands: readonly Axes[], shape: readonly number[]): Axes | null {
  const made = shape.map((size, axis) => {
    if (size === 1) return [];
    for (const axes of operands) {
      const own = axes[axes.length - shape.length + axis];
      if (own !== undefined && sizeOf(own) === size) return own;
    }
    return null;
  });
  return made.includes(null) ? null : (made as Axes);
}

/** Axes of a result that lost some: sizes that stay are matched from the first on; null where that is not clear. */
export function keptAxes(axes: Axes, shape: readonly number[]): Axes | null {
  const made: (readonly Factor[])[] = [];
  let at = 0;
  for (const [i, size] of shape.entries()) {
    const isSameCount = axes.length - at === shape.length - i;
    while (!isSameCount && at < axes.length && sizeOf(axes[at]!) !== size) at++;
    const axis = axes[at++];
    if (axis === undefined) return null;
    made.push(resized(axis, size));
  }
  return made;
}

/** An axis of which a part was taken. */
export function resized(axis: readonly Factor[], size: number): readonly Factor[] {
  if (sizeOf(axis) === size) return axis;
  const roles = new Set(axis.map(({ role }) => role));
  const [role] = roles;
  return [{ role: roles.size === 1 ? role! : "place", size }];
}
