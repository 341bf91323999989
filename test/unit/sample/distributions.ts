import type { Distribution } from "../../../src/types.js";

const { POSITIVE_INFINITY: infinity } = Number;

/** Independent values of every kind, with each way of drawing a truncated normal. */
export const RANDOM: readonly (readonly [name: string, distribution: Distribution])[] = [
  ["uniform", { kind: "uniform", low: -0.05, high: 0.05 }],
  ["normal", { kind: "normal", mean: 0, std: 0.05 }],
  ["normal off centre", { kind: "normal", mean: 3, std: 0.1 }],
  ["truncated at two std", { kind: "truncated_normal", mean: 0, scale: 0.02, low: -0.04, high: 0.04 }],
  ["truncated far out", { kind: "truncated_normal", mean: 0, scale: 0.02, low: -2, high: 2 }],
  ["half", { kind: "truncated_normal", mean: 0, scale: 1, low: 0, high: infinity }],
  ["a slice of the middle", { kind: "truncated_normal", mean: 0, scale: 1, low: -0.1, high: 0.2 }],
  ["a slice of a side", { kind: "truncated_normal", mean: 0, scale: 1, low: 1, high: 1.5 }],
  ["a tail", { kind: "truncated_normal", mean: 0, scale: 1, low: 3, high: infinity }],
  ["a far tail", { kind: "truncated_normal", mean: 1, scale: 1, low: -infinity, high: -19 }],
];
