import assert from "node:assert/strict";
import { test } from "node:test";
import { mayBuildModels, modelCandidates } from "../../../src/source/modelCandidates.js";

const MODEL = (name: string, parameters: string, body = "") => `
class ${name}(nn.Module):
    def __init__(self${parameters}):
        ${body || "pass"}
    def forward(self, x):
        return x
`;

test("models that need nothing, factories, and names bound to calls", () => {
  const text = `${MODEL("Net", "")}\ndef small():\n    return Net()\n\nmodel = small()\n`;
  assert.deepEqual(modelCandidates(text), ["Net()", "small()", "model"]);
});

test("a model of one argument is given each configuration of the file, unless it is a part of another", () => {
  const text = [
    "class NetConfig:\n    width = 3\n",
    MODEL("Block", ", config"),
    MODEL("Net", ", config", "self.block = Block(config)"),
  ].join("\n");
  assert.deepEqual(modelCandidates(text), ["Net(NetConfig())"]);
});

test("a model that must be told something is built as functions of its file call it with constants", () => {
  const text = [
    MODEL("Part", ", width, depth"),
    MODEL("Net", ", name, block", "self.part = Part(3, 4)"),
    "def make(depth):\n    return Net('made', Part)\n",
    "def test():",
    "    net = Net(",
    "        'VGG11', Part)",
    "    local = 3",
    "    other = Net(local, Part)",
    "    if net:\n        make(depth=[2, 2])",
  ].join("\n");
  assert.deepEqual(modelCandidates(text), ["Net('made', Part)", "Net( 'VGG11', Part)", "make(depth=[2, 2])"]);
});

test("a file that imports no framework builds no models, whatever it defines", () => {
  const text = MODEL("Net", "");
  assert.equal(mayBuildModels(text), false);
  assert.equal(mayBuildModels(`import torch.nn as nn\n${text}`), true);
  assert.equal(
    mayBuildModels(`from torchvision.models import resnet18\n${MODEL("Net", ", a, b, c")}`),
    false,
  );
});
