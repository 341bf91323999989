import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelReader } from "../../../src/layers/reading/model.js";
import { modelCandidates } from "../../../src/source/modelCandidates.js";
import type { ModelReport } from "../../../src/types.js";
import {
  type ModuleNode,
  modelCsv,
  modelMarkdown,
  modelTree,
  totalText,
} from "../../../src/views/modelTree.js";

const NET = `from torch import nn

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(width, width) for _ in range(2)])
        self.scale = nn.Parameter(nn.Linear(1, 1).weight)
    def forward(self, x):
        return x

class Needs(nn.Module):
    def __init__(self, width):
        super().__init__()
    def forward(self, x):
        return x

class Plain:
    pass

def small():
    return Net(8)

def of(width):
    return Net(width)

def main():
    print(small())

net = Net(16)
other, another = Net(1), 2
`;

function read(call: string): ModelReport {
  const document = { file: "/net.py", cells: [{ index: null, text: NET }] };
  const options = { reader: { read: () => null }, roots: [], sitePackages: [], now: () => 0 };
  const outcome = new ModelReader(document, options).read(call);
  assert.ok(!("error" in outcome), JSON.stringify(outcome));
  return outcome;
}

/** `name(values)[children]` of each module. */
const drawn = ({ name, modules, parameters, total }: ModuleNode): string =>
  `${name}(${total.values})[${[...parameters.map((one) => one.name.split(".").at(-1)), ...modules.map(drawn)].join(" ")}]`;

test("what builds a model without arguments is found", () => {
  assert.deepEqual(modelCandidates(NET), ["Net()", "small()", "net"]);
});

test("parameters become a tree of modules with their totals", () => {
  assert.equal(
    drawn(modelTree(read("Net(4)"))),
    "Net(4)(41)[scale blocks(40)[0(20)[weight bias] 1(20)[weight bias]]]",
  );
});

test("a total is said to be a lower bound where a size is not known or something was skipped", () => {
  assert.equal(totalText({ values: 8970, isExact: true }), "8,970 values");
  assert.equal(totalText({ values: 11_173_962, isExact: false }), "at least 11.2 million values");
  assert.equal(modelTree({ ...read("Net(4)"), complete: false }).total.isExact, false);
});

test("tables quote what would break them", () => {
  const report = read("Net(4)");
  const [first] = report.parameters;
  const odd = { ...report, parameters: [{ ...first!, name: 'a,"b|c' }] };
  assert.match(modelCsv(odd), /\r\n"a,""b\|c",/);
  assert.match(modelMarkdown(odd), /\| a,"b\\\|c \|/);
  assert.match(modelMarkdown(report), /^# Net\(4\)\n\n5 parameters, 41 values\./);
});
