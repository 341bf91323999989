import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { callChoices, writtenCalls } from "../../../src/views/callChoices.js";

const MODEL = `
import torch.nn as nn
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)
`;

function layerOf(text: string, options: Parameters<typeof analyse>[2] = {}) {
  const document = { file: "/project/model.py", cells: [{ index: null, text }] };
  const [layer] = analyse(document, { read: () => null }, options).layers;
  assert.ok(layer);
  return layer;
}

test("each call of the file is a choice, with its line, and the layer can be shown for one of them", () => {
  const text = `${MODEL}small = Block(16)\nlarge = Block(64)\n`;
  const choices = callChoices(layerOf(text));
  assert.deepEqual(
    choices.map(({ label, description, isShown }) => [label, description, isShown]),
    [
      ["Block(16)", "line 7", true],
      ["Block(64)", "line 8", true],
    ],
  );
  const large = layerOf(text, { chosen: [choices[1]!.key] });
  assert.deepEqual(large.parameters[0]?.shape, [256, 64]);
  assert.deepEqual(
    callChoices(large).map(({ label, isShown }) => [label, isShown]),
    [
      ["Block(64)", true],
      ["Block(16)", false],
    ],
  );
});

test("a call that no program makes says that its sizes are symbols", () => {
  const [only] = callChoices(layerOf(MODEL));
  assert.deepEqual(
    [only?.label, only?.description],
    ["Block(width)", "line 3, with symbols for what is not given"],
  );
});

test("a call that somebody writes stands nowhere", () => {
  const layer = layerOf(MODEL, { expressions: ["Block(8)"] });
  assert.deepEqual(layer.parameters[0]?.shape, [32, 8]);
  assert.deepEqual(
    callChoices(layer).map(({ label, description }) => [label, description]),
    [["Block(8)", ""]],
  );
});

test("written calls are those that stand in a program, once each", () => {
  const layer = layerOf(`${MODEL}small = Block(16)\nlarge = Block(64)\nagain = Block(16)\n`);
  assert.deepEqual(
    writtenCalls([layer, layer]).map(({ call, description }) => [call, description]),
    [
      ["Block(16)", "line 7"],
      ["Block(64)", "line 8"],
    ],
  );
  assert.deepEqual(writtenCalls([layerOf(MODEL)]), []);
  assert.deepEqual(writtenCalls([layerOf(MODEL, { expressions: ["Block(8)"] })]), []);
  const long = `Block(${"1 + ".repeat(30)}1)`;
  assert.deepEqual(writtenCalls([layerOf(`${MODEL}m = ${long}\n`)]), []);
});
