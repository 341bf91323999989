import assert from "node:assert/strict";
import { test } from "node:test";
import { importedNames } from "../../../src/source/importedNames.js";

test("imports are found by what they stand for", () => {
  const text = [
    "import numpy as np, torch",
    "import os.path",
    "from torch import nn, optim as opt",
    "from .own import layer",
    "from jax import *",
    "x = (",
  ].join("\n");
  assert.deepEqual(
    [...importedNames(text)],
    [
      ["numpy", "np"],
      ["torch", "torch"],
      ["os.path", "os.path"],
      ["torch.nn", "nn"],
      ["torch.optim", "opt"],
    ],
  );
});
