import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { AnalysisSession } from "../../../src/analysisSession.js";
import { describe } from "../../../src/init/describe.js";
import { ModelReader } from "../../../src/layers/reading/model.js";
import { ProgramCache } from "../../../src/python/evaluator.js";
import { callersAmong } from "../../../src/source/callers.js";
import { MentionedFiles } from "../../../src/source/mentionedFiles.js";
import { definedNames, mentionsIn } from "../../../src/source/namesInText.js";
import type { Layer, SourceDocument } from "../../../src/types.js";
import { callsText } from "../../../src/views/callsText.js";
import { lensText } from "../../../src/views/lensText.js";

const MODEL = `
from dataclasses import dataclass
import torch.nn as nn

@dataclass
class Config:
    width: int = 64
    depth: int = 2

class Block(nn.Module):
    def __init__(self, width, factor):
        super().__init__()
        self.up = nn.Linear(width, factor * width)

class Net(nn.Module):
    def __init__(self, config, classes=10):
        super().__init__()
        self.blocks = nn.ModuleList([Block(config.width, 4) for _ in range(config.depth)])
        self.head = nn.Linear(config.width, classes)
`;

const TRAIN = `
import argparse
from data import load
from model import Net, Config

parser = argparse.ArgumentParser()
parser.add_argument("--width", type=int, default=96)

def main():
    args = parser.parse_args()
    net = Net(Config(width=args.width, depth=3), classes=load())

if __name__ == "__main__":
    main()
`;

const WIDE = `
import model

def build(options):
    return model.Net(model.Config(width=512), classes=options.classes)
`;

/** A project in memory, analysed as the command line does. */
function layersOf(
  files: Readonly<Record<string, string>>,
  options: { file?: string; chosen?: readonly string[]; expressions?: readonly string[] } = {},
): readonly Layer[] {
  return analysisOf(files, options).layers;
}

function analysisOf(
  files: Readonly<Record<string, string>>,
  { file = "/project/model.py", ...options }: Parameters<typeof layersOf>[1] & object = {},
) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/project/${name}`, text]));
  const text = texts.get(file)!;
  const mentions = new MentionedFiles(
    [...texts].map(([path, one]) => [path, mentionsIn(path, one)] as const),
  );
  const callers = callersAmong(mentions, file, definedNames(text));
  const reader = { read: (path: string) => texts.get(path) ?? null };
  const roots = ["/project", file.slice(0, file.lastIndexOf("/"))];
  return analyse(document(text, file), reader, { roots, callers, ...options });
}

const document = (text: string, file = "/project/model.py"): SourceDocument => ({
  file,
  cells: [{ index: null, text }],
});

const sizes = (layers: readonly Layer[]) =>
  layers.map(({ name, shapes, parameters }) => [name, parameters[0]!.shape, shapes]);

test("a model handed on in a table, built by a subclass, its arguments from the script that starts it", () => {
  const layers = layersOf({
    "model.py": `from torch import nn
class Model(nn.Module):
    def __init__(self, configs):
        super().__init__()
        self.up = nn.Linear(configs.width, configs.depth)
`,
    "basic.py": `from others import first, \\
    model
class Basic:
    def __init__(self, args):
        self.args = args
        self.table = {"model": model}
        self.model = self.build()
`,
    "long.py": `from basic import Basic
class Long(Basic):
    def build(self):
        return self.table[self.args.model].Model(self.args).float()
`,
    "others/__init__.py": "import model\nfirst = None",
    "run.py": `import argparse
from long import Long
parser = argparse.ArgumentParser()
parser.add_argument("--model", type=str, required=True, default="model")
parser.add_argument("--width", type=int, default=8)
parser.add_argument("--depth", type=int, default=3)
args = parser.parse_args()
Experiment = Long
Experiment(args)
`,
  });
  assert.deepEqual(sizes(layers), [["up", [3, 8], 1]]);
});

test("from . import in the shown file of a package", () => {
  const layers = layersOf(
    {
      "nets/__init__.py": "",
      "nets/parts.py": "WIDTH = 8\ndef register(cls): return cls",
      "nets/net.py": `from torch import nn
from . import parts
from .parts import WIDTH
@parts.register
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Linear(parts.WIDTH, 2 * WIDTH)
`,
    },
    { file: "/project/nets/net.py" },
  );
  assert.deepEqual(sizes(layers), [["up", [16, 8], 1]]);
});

test("sizes come from a call in another file, its arguments from argparse's defaults", () => {
  const layers = layersOf({ "model.py": MODEL, "train.py": TRAIN });
  assert.deepEqual(sizes(layers), [
    ["up", [384, 96], 1],
    // What the call is given there is not known: it is not the default.
    ["head", ["classes", 96], 1],
  ]);
  const text = "for Net(Config(width=args.width, depth=3), classes=load()) in train.py";
  assert.deepEqual(layers.map(callsText), [text, text]);
});

test("a call elsewhere whose sizes nobody knows is worth less than defaults that say all of them", () => {
  const net = `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width=64, classes=10):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)
        self.head = nn.Linear(width, classes)
`;
  const load = (width: string) => `
import torch
from model import Net

def load(path):
    config = torch.load(path)
    return Net(width=${width}, classes=config.classes)
`;
  const layers = layersOf({ "model.py": net, "load.py": load("config.width") });
  assert.deepEqual(sizes(layers), [
    ["up", [256, 64], 1],
    ["head", [10, 64], 1],
  ]);
  assert.equal(callsText(layers[0]!), "for Net()");
  const [, other] = layers[0]!.calls!;
  const chosen = layersOf({ "model.py": net, "load.py": load("config.width") }, { chosen: [other!.key] });
  assert.deepEqual(sizes(chosen), [
    ["up", ["4*config.width", "config.width"], 1],
    ["head", ["config.classes", "config.width"], 1],
  ]);
  // Where the call says some sizes, the others are not the defaults.
  assert.deepEqual(sizes(layersOf({ "model.py": net, "load.py": load("96") })), [
    ["up", [384, 96], 1],
    ["head", ["config.classes", 96], 1],
  ]);
});

test("without callers, a definition that is not called is shown with its file's configuration", () => {
  const layers = layersOf({ "model.py": MODEL });
  assert.deepEqual(sizes(layers).at(-1), ["head", [10, 64], 1]);
  assert.deepEqual(layers.map(callsText).at(-1), "for Net(Config())");
});

test("several calls: every shape with how often it is built, and the one that is chosen alone", () => {
  const files = { "model.py": MODEL, "train.py": TRAIN, "wide.py": WIDE };
  const [up] = layersOf(files);
  assert.deepEqual(up?.variants, [
    { count: 3, shape: [384, 96] },
    { count: 2, shape: [2048, 512] },
  ]);
  assert.match(callsText(up!), /^for Net\(.* in train\.py and 1 other call$/);
  const wide = up?.calls?.find(({ site }) => site.file === "/project/wide.py");
  assert.equal(wide?.site.line, 5);
  const chosen = layersOf(files, { chosen: [wide.key] });
  assert.deepEqual(sizes(chosen), [
    ["up", [2048, 512], 1],
    ["head", ["classes", 512], 1],
  ]);
  assert.equal(
    callsText(chosen[0]!),
    "for model.Net(model.Config(width=512), classes=options.classes) in wide.py",
  );
});

test("layers are counted in one program: a second one that builds the same model does not double them", () => {
  const counts = (train: string, more: Readonly<Record<string, string>>) =>
    layersOf({ "model.py": MODEL, "train.py": train, "wide.py": WIDE, ...more })[0]?.variants?.map(
      ({ count }) => count,
    );
  assert.deepEqual(counts(TRAIN, { "evaluate.py": TRAIN.replace("net = Net", "tested = Net") }), [3, 2]);
  const twice = TRAIN.replace("    net =", "    frozen = Net(Config(width=96, depth=3))\n    net =");
  assert.deepEqual(counts(twice, {}), [6, 2]);
});

test("a call through another file is found, with what that one is given", () => {
  const layers = layersOf({
    "model.py":
      "import torch.nn as nn\nclass Block(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.fc = nn.Linear(n, 2 * n)\n",
    "net.py":
      "import torch.nn as nn\nfrom model import Block\nclass Net(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.block = Block(n + 1)\n",
    "train.py": "from net import Net\nnet = Net(31)\n",
  });
  assert.deepEqual(sizes(layers), [["fc", [64, 32], 1]]);
  assert.deepEqual(layers.map(callsText), ["for Block(n + 1) in net.py"]);
});

test("tests count only where nothing else calls", () => {
  const tiny = "from model import Net, Config\ndef test_net():\n    Net(Config(width=2, depth=1))\n";
  const files = { "model.py": MODEL, "tests/test_model.py": tiny };
  assert.deepEqual(sizes(layersOf(files))[0], ["up", [8, 2], 1]);
  assert.deepEqual(sizes(layersOf({ ...files, "train.py": TRAIN }))[0], ["up", [384, 96], 1]);
});

test("a notebook's cells call what a file defines", () => {
  const cells = [{ cell_type: "code", source: ["from model import *\n", "net = Net(Config(width=7))"] }];
  const notebook = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  assert.deepEqual(sizes(layersOf({ "model.py": MODEL, "demo.ipynb": notebook })), [
    ["up", [28, 7], 1],
    ["head", [10, 7], 1],
  ]);
});

test("a file that calls something else of that name is no caller", () => {
  const other = "from elsewhere import Net, Config\nnet = Net(Config(width=5))\n";
  assert.deepEqual(layersOf({ "model.py": MODEL, "other.py": other }), layersOf({ "model.py": MODEL }));
});

test("a call that fails, or that never ends, tells nothing", () => {
  const failing = "from model import Net\nwhile True:\n    pass\nNet(3)\n";
  const raising = "from model import Net\nNet(missing)\n";
  for (const text of [failing, raising]) {
    const [, head] = layersOf({ "model.py": MODEL, "train.py": text });
    assert.deepEqual(head?.parameters[0]?.shape, [10, 64]);
  }
});

test("an expression somebody asks for: the shapes of its model, no others", () => {
  const expression = "Net(Config(width=8, depth=1), 3)";
  const layers = layersOf({ "model.py": MODEL, "train.py": TRAIN }, { expressions: [expression] });
  const model = new ModelReader(document(MODEL), {
    reader: { read: () => null },
    roots: [],
    sitePackages: [],
    now: () => 0,
  }).read(expression);
  assert.ok("parameters" in model);
  const built = layers.flatMap(({ parameters }) => parameters.map(({ shape }) => shape));
  assert.deepEqual(
    built,
    model.parameters.map(({ shape }) => shape),
  );
  assert.equal(callsText(layers[0]!), `for ${expression}`);
});

test("an expression that has no value says why", () => {
  const { diagnostics } = analysisOf({ "model.py": MODEL }, { expressions: ["Nat(3)"] });
  assert.match(diagnostics.map(({ message }) => message).join(), /Nat\(3\): NameError/);
});

test("calls of one document: builders are told apart and can be chosen", () => {
  const text = `${MODEL}
def small():
    return Net(Config(width=16, depth=1))

def large():
    return Net(Config(width=32, depth=1))
`;
  const [up] = layersOf({ "model.py": text });
  assert.deepEqual(
    up?.variants?.map(({ shape }) => shape),
    [
      [64, 16],
      [128, 32],
    ],
  );
  const large = up?.calls?.find(({ call }) => call === "large()");
  assert.deepEqual(sizes(layersOf({ "model.py": text }, { chosen: [large!.key] })), [
    ["up", [128, 32], 1],
    ["head", [10, 32], 1],
  ]);
});

test("after edits, of the document or the caller, a session answers as the texts alone", () => {
  const texts = new Map([
    ["/project/model.py", MODEL],
    ["/project/train.py", TRAIN],
  ]);
  const reader = { read: (path: string) => texts.get(path) ?? null };
  const options = { roots: ["/project"], callers: ["/project/train.py"] };
  const kept = { ...options, session: new AnalysisSession(), cache: new ProgramCache() };
  const edits: readonly [string, string, string][] = [
    ["/project/model.py", "factor * width", "3 * factor * width"],
    ["/project/model.py", "import torch", "# moved\nimport torch"],
    ["/project/train.py", "default=96", "default=24"],
    ["/project/model.py", "width: int = 64", "width: int = 65"],
    ["/project/train.py", "depth=3", "depth=1"],
    ["/project/model.py", "classes)", "2 * classes)"],
  ];
  for (const [file, before, after] of edits) {
    texts.set(file, texts.get(file)!.replace(before, after));
    const model = document(texts.get("/project/model.py")!);
    assert.deepEqual(analyse(model, reader, kept), analyse(model, reader, options));
  }
});

const FACTORIES = `
from functools import partial
import torch.nn as nn
from model import Net, Config

def net_large():
    return _build(width=256, depth=3)

def net_small():
    return _build(width=128, depth=2)

def _build(width, depth):
    return Net(Config(width=width, depth=depth))
`;

test("functions of another file that need no arguments say the sizes of what they build through others", () => {
  const [up] = layersOf({ "model.py": MODEL, "build.py": FACTORIES });
  assert.deepEqual(up?.parameters[0]?.shape, [1024, 256]);
  assert.equal(up.shapes, 2);
  assert.equal(callsText(up), "for net_large() in build.py and 1 other call");
});

/** What the first parameter of each layer draws. */
const draws = (layers: readonly Layer[]) => layers.map(({ parameters }) => describe(parameters[0]!.current));

test("what one script gives to code that nobody knows is shown as another script makes it", () => {
  const model = `from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(64, width)
        nn.init.normal_(self.fc.weight, std=10)
`;
  const lost = "import nobody\nfrom model import Net\nnet = Net(10)\nnobody.change(net)\n";
  const kept = "from model import Net\nnet = Net(width=10)\n";
  const told = (files: Readonly<Record<string, string>>) => {
    const layers = layersOf({ "model.py": model, ...files });
    return [draws(layers), callsText(layers[0]!)];
  };
  assert.deepEqual(told({ "a.py": lost }), [["unknown"], "for Net(10) in a.py"]);
  assert.deepEqual(told({ "a.py": lost, "b.py": kept }), [
    ["N(0, 10²)"],
    "for Net(width=10) in b.py and 1 other call",
  ]);
});

test("a file that one script loads replaces what is drawn, and findings are about what stays", () => {
  const model = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(64, width)
        self.token = nn.Parameter(torch.empty(1, 64))
        nn.init.normal_(self.fc.weight, std=10)
`;
  const demo =
    "import torch\nfrom model import Net\nnet = Net(10)\nnet.load_state_dict(torch.load('net.pt'))\n";
  const train = "from model import Net\nnet = Net(10)\n";
  const told = (files: Readonly<Record<string, string>>) => {
    const { layers, findings } = analysisOf({ "model.py": model, ...files });
    const codes = findings.map(({ code, site }) => `${code} ${site.line}`);
    return [draws(layers), codes];
  };
  assert.deepEqual(told({ "demo.py": demo }), [["N(0, 10²)", "from a checkpoint"], []]);
  const both = told({ "demo.py": demo, "train.py": train });
  assert.deepEqual(both, [["N(0, 10²)", "unknown"], ["IL001 8"]]);
  assert.deepEqual(told({ "train.py": train }), both);
  const [, token] = layersOf({ "model.py": model, "demo.py": demo });
  assert.match(lensText(token!), /^64→1 · loaded from a checkpoint/);
});
