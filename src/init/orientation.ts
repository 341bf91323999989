/** Which axis of a program's matrices is summed over: what the biases beside them tell. */
import type { Dim, Shape } from "../types.js";

/** An array as its program calls it. */
export interface NamedArray {
  readonly name: string;
  readonly shape: Shape;
}

/** Which axis is summed over: the first in `x @ W`, the last in `W @ x`. */
export type Order = "inputs first" | "outputs first";

const BIAS = /^(b|bias(es)?|beta)([._]|\d|[a-z]?$)/i;
const FACTOR = /^(w|u|v|weights?|kernels?|theta|coef)([._]|\d|[a-z]{0,2}$)/i;

/** Names of lists and dictionaries that hold weights. */
export const CONTAINER =
  /^(w|b|weights?|bias(es)?|params?|parameters|thetas?|layers?|model|net(work)?|syn(apses)?)(_|\d|$)/i;

/**
 * A vector that is not called a factor; under the name of a bias also a matrix of one row or one column. `B` alone is
 * what a state space takes its input by.
 */
export const isBias = ({ name, shape }: NamedArray): boolean => {
  if (shape.length === 1) return !FACTOR.test(name);
  return shape.length === 2 && shape.includes(1) && BIAS.test(name) && name !== "B";
};

/** `1` of `W1` and of `b1`, `hh` of `W_hh`. */
const suffixOf = (name: string): string => name.replace(/^(weights?|kernels?|bias(es)?|w|b)[._]?/i, "");

/** `b1` goes with `W1`, `bh` with `Wxh`. */
function belong(bias: string, matrix: string): boolean {
  const [one, other] = [suffixOf(bias), suffixOf(matrix)];
  return one === other || (/^[a-z]{2}$/i.test(other) && /^[a-z]$/i.test(one) && other.endsWith(one));
}

/**
 * The bias that goes with each matrix: by their names, or because one container holds both. Of several under
 * one name the first goes with the first, where there are as many; the only bias of all goes with each.
 */
export function biasesOf<One extends NamedArray>(arrays: readonly One[]): ReadonlyMap<One, One> {
  const vectors = byName(arrays.filter(isBias));
  const pairs = new Map<One, One>();
  for (const [name, matrices] of byName(arrays.filter((one) => one.shape.length > 1 && !isBias(one)))) {
    const biases = [...vectors].find(([other]) =>
      BIAS.test(other) && FACTOR.test(name)
        ? belong(other, name) || (vectors.size === 1 && suffixOf(other) === "")
        : other === name && CONTAINER.test(name),
    )?.[1];
    if (biases === undefined || (biases.length > 1 && biases.length !== matrices.length)) continue;
    for (const [place, matrix] of matrices.entries()) pairs.set(matrix, biases[place] ?? biases[0]!);
  }
  return pairs;
}

function byName<One extends NamedArray>(arrays: readonly One[]): ReadonlyMap<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of arrays) groups.set(one.name, [...(groups.get(one.name) ?? []), one]);
  return groups;
}

/** What a matrix's bias says of it; null where it says nothing, or does not fit. */
export function orderBy(bias: NamedArray, { shape }: NamedArray): Order | null {
  const [first, last] = shape;
  const size = lengthOf(bias);
  if (shape.length !== 2 || size === null || first === last) return null;
  return size === first ? "outputs first" : size === last ? "inputs first" : null;
}

/** How many entries a bias has; null where that is not known. */
export const lengthOf = ({ shape }: NamedArray): Dim =>
  shape.every((dim) => dim === 1) ? 1 : (shape.find((dim) => dim !== 1) ?? null);

/** What all the biases of a program say; null where they say nothing, or not the same. */
export function orderOfAxes(arrays: readonly NamedArray[]): Order | null {
  return commonOrder([...biasesOf(arrays)].flatMap(([matrix, bias]) => orderBy(bias, matrix) ?? []));
}

/** The one order of all; null where there is none, or more than one. */
export const commonOrder = (orders: readonly Order[]): Order | null =>
  new Set(orders).size === 1 ? orders[0]! : null;
