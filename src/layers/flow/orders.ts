/** Which axis of a weight without a layer was summed over, where a product with its inputs was seen. */
import { commonOrder, type NamedArray, type Order, orderOfAxes } from "../../init/orientation.js";
import type { Machine } from "../../python/machine.js";
import { type Operation, traceOf } from "./trace.js";
import { layerOf, transposes, type WeightKey } from "./uses.js";

/** Products of rows and columns: of others an option says which axes are summed over. */
const PRODUCTS: ReadonlySet<string> = new Set(["matmul", "mm", "dot", "mv"]);

/** A program's array, and what the trace knows its memory by. */
export interface TracedArray extends NamedArray {
  readonly key: WeightKey;
}

/**
 * The order of each array's axes: what its own product says, else the biases beside all of them, else the other
 * products where they agree; null where nothing says it.
 */
export function ordersOf(
  machine: Machine,
  arrays: readonly TracedArray[],
): (array: TracedArray) => Order | null {
  const seen = ordersInProducts(machine);
  const common = orderOfAxes(arrays) ?? commonOrder(arrays.flatMap(({ key }) => seen.get(key) ?? []));
  return ({ key }) => seen.get(key) ?? common;
}

/** Of each weight what its first product says: later ones may be gradients, which go back through it. */
function ordersInProducts(machine: Machine): ReadonlyMap<WeightKey, Order> {
  const orders = new Map<WeightKey, Order>();
  for (const operation of traceOf(machine).operations) {
    const [one, ...others] = PRODUCTS.has(operation.name) ? (layerOf(operation)?.weights ?? []) : [];
    if (one === undefined || others.length > 0 || orders.has(one.weight)) continue;
    const order = orderIn(operation);
    if (order !== null) orders.set(one.weight, order);
  }
  return orders;
}

/** `x @ W` or `W @ x`, with or without transposes of W. */
function orderIn({ operands }: Operation): Order | null {
  if (operands.length !== 2) return null;
  const place = operands.findIndex(
    (one) => "moments" in one && one.moments.some(({ origin }) => origin === "parameter"),
  );
  const operand = operands[place];
  if (operand === undefined || !("moments" in operand) || operand.moments.length !== 1) return null;
  const isTurned = transposes(operand.moments[0]!) % 2 === 1;
  return (place === 1) === isTurned ? "outputs first" : "inputs first";
}
