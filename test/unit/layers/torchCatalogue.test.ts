import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Distribution } from "../../../src/types.js";
import { modelOf } from "./torchPrograms.js";

interface GoldenParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly fan: readonly [number, number] | null;
  readonly init: Readonly<Record<string, number | string>>;
}
interface GoldenLayer {
  readonly expr: string;
  readonly class: string;
  readonly parameters: readonly GoldenParameter[];
}

const { layers } = JSON.parse(readFileSync("test/facts/torch.json", "utf8")) as { layers: GoldenLayer[] };
const IMPORTS = "import torch\nimport torch.nn as nn\nfrom collections import OrderedDict\n";

/** The figures of a recorded distribution that ours must have too. */
const FIGURES = ["low", "high", "mean", "value", "std"] as const;

function agrees(actual: Distribution, golden: GoldenParameter["init"], name: string): void {
  assert.equal(actual.kind, golden.distribution, `${name}: kind`);
  for (const figure of FIGURES) {
    const [ours, theirs] = [new Map<string, unknown>(Object.entries(actual)).get(figure), golden[figure]];
    if (typeof ours !== "number" || typeof theirs !== "number") continue;
    const tolerance = 1e-12 * Math.max(1, Math.abs(theirs));
    assert.ok(Math.abs(ours - theirs) <= tolerance, `${name}: ${figure} is ${ours}, not ${theirs}`);
  }
}

for (const golden of layers) {
  test(`${golden.expr} as torch makes it`, () => {
    const { parameters, complete } = modelOf(IMPORTS, golden.expr);
    assert.ok(complete);
    assert.deepEqual(
      parameters.map(({ name, shape, fanIn, fanOut }) => ({
        name,
        shape,
        fan: fanIn === null ? null : [fanIn, fanOut],
      })),
      golden.parameters.map(({ name, shape, fan }) => ({ name, shape, fan })),
    );
    golden.parameters.forEach(({ name, init }, i) => {
      agrees(parameters[i]!.default, init, `${name} default`);
      agrees(parameters[i]!.current, init, `${name} current`);
    });
  });
}
