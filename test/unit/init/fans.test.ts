import assert from "node:assert/strict";
import { test } from "node:test";
import { product, quotient, sum } from "../../../src/init/dims.js";
import {
  type Connection,
  effectiveFans,
  flattenedShape,
  jaxFans,
  kerasFans,
  torchFans,
} from "../../../src/init/fans.js";
import type { Dim, Shape } from "../../../src/types.js";
import { readFacts } from "./facts.js";

interface Row {
  readonly name: string;
  readonly shape: readonly number[];
  readonly fan: readonly number[] | null;
  readonly true_fan?: readonly number[];
}

interface LayerFacts {
  readonly layers: readonly {
    readonly expr: string;
    readonly parameters?: readonly Row[];
    readonly weights?: readonly (Row & { readonly path: string })[];
  }[];
}

const torch = (operation: Connection["operation"], more: Partial<Connection> = {}): Connection => ({
  operation,
  layout: "outputs_first",
  ...more,
});
const keras = (operation: Connection["operation"], more: Partial<Connection> = {}): Connection => ({
  operation,
  layout: "outputs_last",
  ...more,
});
const pair = (fans: { fanIn: Dim; fanOut: Dim } | null) => fans && [fans.fanIn, fans.fanOut];

const groupsIn = (expr: string) => Number(/groups=(\d+)/.exec(expr)?.[1] ?? 1);

test("torch: every recorded fan and every true fan of a convolution, at stride 1", () => {
  for (const { expr, parameters } of readFacts<LayerFacts>("torch").layers) {
    for (const { name, shape, fan, true_fan } of parameters!) {
      assert.deepEqual(pair(torchFans(shape)), fan, `${expr} ${name}`);
      if (!true_fan) continue;
      const operation = expr.includes("ConvTranspose") ? "transposed_convolution" : "convolution";
      const effective = effectiveFans(shape, torch(operation, { groups: groupsFor(expr, shape, true_fan) }));
      assert.deepEqual(pair(effective), true_fan, `${expr} ${name}`);
    }
  }
});

/** The facts name groups by keyword, by position or in a nested layer; the channels tell them in any case. */
function groupsFor(expr: string, shape: readonly number[], [, fanOut]: readonly number[]): number {
  if (groupsIn(expr) > 1) return groupsIn(expr);
  const taps = shape.slice(2).reduce((total, size) => total * size, 1);
  return expr.includes("ConvTranspose") ? 1 : (shape[0]! * taps) / fanOut!;
}

test("Keras: every true fan, depthwise and transposed kernels included", () => {
  for (const { expr, weights } of readFacts<LayerFacts>("keras").layers) {
    for (const { path, shape, true_fan } of weights!) {
      if (!true_fan) continue;
      const groups = groupsIn(expr);
      const connection =
        path.includes("depthwise") || expr.startsWith("layers.Depthwise")
          ? keras("depthwise")
          : expr.includes("Transpose")
            ? keras("transposed_convolution")
            : keras("convolution", { groups });
      assert.deepEqual(pair(effectiveFans(shape, connection)), true_fan, `${expr} ${path}`);
    }
  }
});

test("a transposed convolution's stride thins what feeds an output", () => {
  const stride = [2, 2];
  const fans = effectiveFans([64, 32, 2, 2], torch("transposed_convolution", { stride }));
  assert.deepEqual(pair(fans), [64, 128]);
  assert.match(fans!.note, /1 in 4 taps/);
  const uneven = effectiveFans([16, 8, 3, 3], torch("transposed_convolution", { stride }));
  assert.equal(uneven!.fanIn, 36);
  const flax = effectiveFans([2, 2, 64, 32], keras("transposed_convolution", { stride, swapped: false }));
  assert.deepEqual(pair(flax), [64, 128]);
  assert.doesNotMatch(flax!.note, /exchanges/);
});

test("packed, multi-head, looked-up and bilinear weights", () => {
  const packed = effectiveFans([192, 64], torch("packed", { parts: 3 }));
  assert.deepEqual(pair(packed), [64, 64]);
  assert.match(packed!.note, /3 matrices/);
  const heads = keras("general", { inputAxes: [0], outputAxes: [1, 2] });
  assert.deepEqual(pair(effectiveFans([64, 4, 16], heads)), [64, 64]);
  assert.deepEqual(pair(effectiveFans([1000, 64], torch("embedding"))), [1, 64]);
  assert.deepEqual(pair(effectiveFans([40, 20, 30], torch("bilinear"))), [600, 1200]);
});

test("a sentence wherever the framework's fans are not the true ones", () => {
  const note = (shape: Shape, connection: Connection) => effectiveFans(shape, connection)!.note;
  assert.match(note([32, 1, 3, 3], torch("convolution", { groups: 32 })), /1 of 32/);
  assert.match(note([3, 3, 16, 1], keras("depthwise")), /9 kernel taps/);
  assert.match(note([8, 16, 3, 3], torch("transposed_convolution")), /exchanges/);
  assert.equal(note([32, 64], torch("linear")), "");
});

test("symbols multiply and add up, unknown stays unknown", () => {
  assert.deepEqual(pair(torchFans(["n_out", "n_in", 3, 3])), ["9*n_in", "9*n_out"]);
  assert.deepEqual(pair(torchFans([64, null, 3])), [null, 192]);
  assert.deepEqual(pair(kerasFans([3, 3, "c", 32])), ["9*c", 288]);
  assert.deepEqual(pair(jaxFans(["n", 4, 16], { inAxis: 0, outAxis: [1, 2] })), ["n", 64]);
  assert.deepEqual(flattenedShape(["n"], [4, "d"]), ["n", "4*d"]);
  assert.equal(product(["3*n", 3, 3]), "27*n");
  assert.equal(product(["n + 1", 2]), "2*(n + 1)");
  assert.equal(product(["n", "m"]), "n*m");
  assert.equal(product([0, "n"]), 0);
  assert.equal(sum("3*n", "n"), "4*n");
  assert.equal(sum("n", 4), "n + 4");
  assert.equal(quotient("4*n", 4), "n");
  assert.equal(quotient("4*(n//4)", 4), "n//4");
  assert.equal(product(["2*(n + 1)", 3]), "6*(n + 1)");
  assert.equal(quotient("n", "h"), "n/h");
  assert.equal(quotient(7, 2), null);
  assert.equal(effectiveFans([64, "n", 3, 3], torch("convolution", { groups: "g" }))!.fanOut, "9*(64/g)");
});
