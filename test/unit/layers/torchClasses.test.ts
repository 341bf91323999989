import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { evaluated } from "./torchPrograms.js";

interface ClassRecord {
  readonly expr: string;
  readonly class: string;
  readonly bases: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly parameters: readonly (readonly [string, readonly number[] | null])[];
  readonly buffers: readonly (readonly [string, readonly number[] | null])[];
  readonly modules: readonly (readonly [string, string])[];
}

const { records } = JSON.parse(readFileSync("test/facts/torch_nn.json", "utf8")) as {
  records: ClassRecord[];
};

/** What the recording script asked the real module, asked of ours. */
const PROGRAM = `
import torch
import torch.nn as nn
from torch.nn.parameter import is_lazy

def sizes(tensors):
    return [[name, None if is_lazy(t) else list(t.shape)] for name, t in tensors]

def record(module, names):
    return {
        "class": type(module).__name__,
        "bases": [c.__name__ for c in type(module).__mro__],
        "attributes": {name: getattr(module, name) for name in names},
        "parameters": sizes(module.named_parameters()),
        "buffers": sizes(module.named_buffers()),
        "modules": [[name, type(m).__name__] for name, m in module.named_modules()][1:],
    }
`;

for (const { expr, ...golden } of records) {
  test(`${expr} has the attributes, parameters and submodules torch gives it`, () => {
    const names = JSON.stringify(Object.keys(golden.attributes));
    const ours = evaluated(PROGRAM, `record(${expr}, ${names})`) as ClassRecord;
    assert.deepEqual({ ...ours, bases: golden.bases.filter((base) => ours.bases.includes(base)) }, golden);
  });
}
