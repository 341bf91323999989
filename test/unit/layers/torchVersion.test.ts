/** `torch.__version__` is compared by its numbers, as `torch.torch_version.TorchVersion` of torch 2.13 does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";

const TRUE = [
  "v >= (2, 1)",
  "v >= '1.8'",
  "v >= '1.8.0a'",
  "v == '2.13'",
  "v == (2, 13, 0)",
  "v.startswith('2.1')",
  "'2.13.0' in {v: 1}",
  "v.split('.')[1] == '13'",
  "isinstance(v, str)",
  "f'{v}' == '2.13.0'",
  "v[:3] == '2.1'",
];
const FALSE = ["v < '2.2'", "v != '2.13.0'", "v >= 'foo'", "v > 'git'"];

test("torch's version against texts and tuples", () => {
  const all = [...TRUE, ...FALSE];
  const text = `import torch\nv = torch.__version__\n${all.map((one) => `torch.nn.Linear(3, 8 + int(${one}))\n`).join("")}`;
  const { layers } = analyse({ file: "/m.py", cells: [{ index: null, text }] }, { read: () => null });
  const found = layers.map(({ parameters }) => parameters[0]!.shape[0]);
  assert.deepEqual(
    found,
    all.map((one) => (TRUE.includes(one) ? 9 : 8)),
  );
});
