// What the worker sends after an edit, put on top of what it sent before, is the whole analysis.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changed } from "../../src/analysisChange.js";
import { METHODS } from "../../src/sample/methods.js";
import type { Analysed, AnalyseRequest } from "../../src/sample/protocol.js";
import type { Analysis } from "../../src/types.js";

const TEXT = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(16, 32)
        self.second = nn.Linear(32, 4)

    def forward(self, x):
        return self.second(self.first(x).relu())


model = Net()
model(torch.randn(2, 16))
other = nn.Conv2d(3, 8, 3)
nn.init.xavier_uniform_(other.bias)
`;

async function analysed(file: string, text: string, held?: number): Promise<Analysed> {
  const request: AnalyseRequest = {
    scope: "",
    document: { file, cells: [{ index: null, text }] },
    roots: ["/project"],
    sitePackages: [],
    changed: [],
    files: [],
    ...(held === undefined ? {} : { held }),
  };
  return structuredClone(await METHODS.analyse(request)) as Analysed;
}

const whole = async (text: string): Promise<Analysis | null> =>
  (await analysed("/project/b.py", text)).analysis;
const renamed = (analysis: Analysis | null): unknown =>
  JSON.parse(JSON.stringify(analysis).replaceAll("/project/b.py", "/project/a.py"));

test("changes after edits add up to the whole analysis", async () => {
  let { number, analysis } = await analysed("/project/a.py", TEXT);
  const edits: readonly (readonly [string, string])[] = [
    ["nn.Linear(32, 4)", "nn.Linear(32, 5)"],
    ["self.first = nn.Linear(16, 32)", "self.first = nn.Linear(\n            16, 32)"],
    ["nn.init.xavier_uniform_(other.bias)\n", ""],
    ["model(torch.randn(2, 16))\n", ""],
    ["other = nn.Conv2d(3, 8, 3)", "model(torch.randn(2, 17))"],
  ];
  let text = TEXT;
  for (const [from, to] of edits) {
    text = text.replace(from, to);
    const answer = await analysed("/project/a.py", text, number);
    assert.equal(answer.analysis, null);
    analysis = changed(analysis!, answer.change!);
    number = answer.number;
    assert.deepEqual(analysis, renamed(await whole(text)));
  }
});

test("layers that an edit leaves alone are not sent again", async () => {
  const { number } = await analysed("/project/c.py", TEXT);
  const text = TEXT.replace("nn.Conv2d(3, 8, 3)", "nn.Conv2d(3, 9, 3)");
  const { change } = await analysed("/project/c.py", text, number);
  assert.deepEqual(
    change?.layers.items.map(({ class: name }) => name),
    ["torch.nn.Conv2d"],
  );
});

test("whoever holds another answer gets the whole one", async () => {
  const { number } = await analysed("/project/d.py", TEXT);
  await analysed("/project/d.py", `${TEXT}\n`);
  const { analysis, change } = await analysed("/project/d.py", TEXT, number);
  assert.equal(change, null);
  assert.equal(analysis?.layers.length, 3);
});
