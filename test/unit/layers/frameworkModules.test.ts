import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAMEWORK_MODULES } from "../../../src/layers/frameworks.js";
import { modelOf } from "./torchPrograms.js";

const FILES =
  "data dataset datasets layers losses model models modules networks tokenizer tokenizers train utils";

test("no framework takes a name that people give to files of their own", () => {
  const tops = new Set(FRAMEWORK_MODULES.map(({ name }) => name.split(".")[0]));
  for (const name of FILES.split(" ")) assert.ok(!tops.has(name), name);
});

test("a package of which one module is modelled is otherwise read from its files", () => {
  const source = `
import torch
from torch import nn
from fvcore.nn import FlopCountAnalysis
from fvcore.nn.squeeze import Squeeze
FlopCountAnalysis(nn.Linear(3, 4), torch.zeros(2, 3))
`;
  const { parameters } = modelOf(source, "Squeeze(8)", {
    "fvcore/__init__.py": "",
    "fvcore/nn/__init__.py": "",
    "fvcore/nn/squeeze.py": "from torch import nn\ndef Squeeze(width): return nn.Linear(width, 2)",
  });
  assert.deepEqual(parameters[0]?.shape, [2, 8]);
});
