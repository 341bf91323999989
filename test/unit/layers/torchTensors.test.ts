import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { evaluated } from "./torchPrograms.js";

interface TensorRecord {
  readonly expr: string;
  readonly shape?: readonly number[];
  readonly dtype?: string;
  readonly values?: unknown;
  readonly value?: unknown;
}

const { records } = JSON.parse(readFileSync("test/facts/torch_tensors.json", "utf8")) as {
  records: TensorRecord[];
};

const PROGRAM = `
import torch
import torch.nn as nn
import torch.nn.functional as F

def described(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "dtype": str(value.dtype).split(".")[1], "values": value.tolist()}
    return {"value": list(value) if isinstance(value, tuple) else value}
`;

/** float32 functions differ in the last place between libraries. */
function close(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual === "number" && typeof expected === "number") {
    assert.ok(
      Math.abs(actual - expected) <= 3e-7 * Math.max(1, Math.abs(expected)),
      `${where}: ${actual} is not ${expected}`,
    );
  } else if (Array.isArray(actual) && Array.isArray(expected)) {
    assert.equal(actual.length, expected.length, where);
    actual.forEach((item, i) => {
      close(item, expected[i], where);
    });
  } else assert.deepEqual(actual, expected, where);
}

for (const { expr, ...golden } of records) {
  test(`${expr} is what torch gives`, () => {
    const ours = evaluated(PROGRAM, `described(${expr})`) as TensorRecord;
    for (const [key, expected] of Object.entries(golden))
      close(ours[key as keyof TensorRecord], expected, key);
  });
}
