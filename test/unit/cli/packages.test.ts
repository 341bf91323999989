import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { analyseFile } from "../../../src/cli/analyseFile.js";
import { modelFile } from "../../../src/cli/modelReader.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-packages-"));
after(() => rmSync(folder, { recursive: true }));

const NET = `
import torch.nn as nn
from ..sizes import WIDTH
from .other import HIDDEN
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(WIDTH, HIDDEN)
`;

/** The path of a module inside a package of its own, with everything it imports around it. */
function written(name: string, packages: readonly string[]): string {
  const files = {
    "app/sizes.py": "WIDTH = 32",
    "app/models/sizes.py": "WIDTH = 5",
    "app/models/other.py": "HIDDEN = 7",
    "app/models/net.py": NET,
    ...Object.fromEntries(packages.map((one) => [`${one}/__init__.py`, ""])),
  };
  mkdirSync(path.join(folder, name, "app/models"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, name, file), text);
  return path.join(folder, name, "app/models/net.py");
}

for (const [name, packages] of [
  ["a package in a package", ["app", "app/models"]],
  ["a folder in a package", ["app"]],
  ["folders alone", []],
] as const) {
  const file = written(name, packages);
  for (const root of [undefined, path.join(folder, name), path.join(folder, name, "app")]) {
    const where = root === undefined ? "" : ` below ${path.basename(root)}`;
    test(`relative imports of a shown file in ${name} are followed${where}`, () => {
      const [layer] = analyseFile(file, { root, sitePackages: [] }).layers;
      assert.deepEqual(layer?.parameters[0]?.shape, [7, 32]);
    });
    test(`relative imports of the file of a model in ${name} are followed${where}`, () => {
      const outcome = modelFile(file, { ...(root === undefined ? {} : { root }) })
        .open()
        .read("Net()");
      assert.deepEqual("error" in outcome ? outcome.error : outcome.parameters[0]?.shape, [7, 32]);
    });
  }
}

/** A script in a folder of a project, which imports the project's package. */
function script(name: string, files: Readonly<Record<string, string>>): string {
  const file = path.join(folder, name, "tools/train/run.py");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "import torch.nn as nn\nfrom app.sizes import WIDTH\nlayer = nn.Linear(WIDTH, 2)\n");
  for (const [one, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name, one)), { recursive: true });
    writeFileSync(path.join(folder, name, one), text);
  }
  return file;
}

const SIZES = { "app/sizes.py": "WIDTH = 32" };

for (const [name, files, expected] of [
  ["the project's folder", { "pyproject.toml": "", ...SIZES }, 32],
  ["the project's src", { "setup.py": "", "src/app/sizes.py": "WIDTH = 33" }, 33],
  [
    "a folder below the project's",
    { "requirements.txt": "", "tools/app/sizes.py": "WIDTH = 34", ...SIZES },
    34,
  ],
] as const) {
  test(`a script's imports resolve in ${name}`, () => {
    const [layer] = analyseFile(script(name, files), { root: undefined, sitePackages: [] }).layers;
    assert.deepEqual(layer?.parameters[0]?.shape, [2, expected]);
  });
}

test("the folders above a script count only where no root is given, and up to the project", () => {
  const file = script("outer", { ...SIZES, "tools/setup.cfg": "", "pyproject.toml": "" });
  for (const root of [undefined, path.dirname(file)]) {
    const [layer] = analyseFile(file, { root, sitePackages: [] }).layers;
    assert.deepEqual(layer?.parameters[0]?.shape, [2, "WIDTH"]);
  }
});

test("a package that imports all its parts does not define the shown one a second time", () => {
  const file = script("registered", {
    "tools/nets/registry.py": `
MADE = {}
def register(cls):
    assert cls.__name__ not in MADE, "registered twice"
    MADE[cls.__name__] = cls
    return cls
`,
    "tools/nets/archs/__init__.py": `
import importlib
for name in ["other", "net"]:
    importlib.import_module(f"nets.archs.{name}")
`,
    "tools/nets/archs/other.py": "from nets.archs.net import Net\nNAME = Net.__name__\n",
    "tools/nets/__init__.py": "",
    "tools/nets/archs/net.py": `
import torch.nn as nn
from nets.registry import register
import nets.archs.other
@register
class Net(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.layer = nn.Linear(width, 4)
print(nets.archs.other.NAME)
`,
  });
  const net = path.join(path.dirname(file), "../nets/archs/net.py");
  const { layers, diagnostics } = analyseFile(net, { root: undefined, sitePackages: [] });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(layers[0]?.parameters[0]?.shape, [4, 16]);
});
