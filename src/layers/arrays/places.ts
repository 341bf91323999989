/** Where the numbers of a small table lie, row after row: what indices, sums along axes and products are made of. */
import type { Machine } from "../../python/machine.js";
import { PyList, Unknown, type Value } from "../../python/values.js";

/** More are not worked out. */
const MOST_PLACES = 100_000;

const integers = (machine: Machine, value: Value): number[] | null => {
  const items = machine.iterate(value);
  if (items instanceof Unknown) return null;
  const numbers = items.map((one) => machine.asInteger(one));
  return numbers.every((one) => typeof one === "number") ? (numbers as number[]) : null;
};

/**
 * The places of the entries at every combination of these positions, one list of them an axis, the last axis
 * fastest; None where a position is not known, or there are too many. Raises IndexError for one outside.
 */
export function offsets(machine: Machine, shape: Value, axes: Value): Value {
  const sizes = integers(machine, shape);
  const lists = machine.iterate(axes);
  if (sizes === null || lists instanceof Unknown) return null;
  let places = [0];
  for (const [axis, list] of lists.entries()) {
    const positions = integers(machine, list);
    const size = sizes[axis];
    if (positions === null || size === undefined || places.length * positions.length > MOST_PLACES)
      return null;
    const steps = positions.map((one) => {
      if (one < -size || one >= size) {
        machine.raise("IndexError", `index ${one} is out of bounds for axis ${axis} with size ${size}`);
      }
      return one < 0 ? one + size : one;
    });
    places = places.flatMap((place) => steps.map((step) => place * size + step));
  }
  machine.spend(places.length);
  return new PyList(places);
}

/** The entries of a product of two matrices of numbers, `n × m` and `m × p`; None where it would be large. */
export function matrixProduct(
  machine: Machine,
  [left, right]: readonly [Value, Value],
  [n, m, p]: readonly [number, number, number],
): Value {
  if (n * m * p > MOST_PLACES) return null;
  const [x, y] = [machine.iterate(left), machine.iterate(right)];
  if (x instanceof Unknown || y instanceof Unknown) return null;
  const result: Value[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) {
      let sum: Value = 0;
      for (let k = 0; k < m; k++) {
        sum = machine.binary("+", sum, machine.binary("*", x[i * m + k]!, y[k * p + j]!));
      }
      result.push(sum);
    }
  }
  return new PyList(result);
}
