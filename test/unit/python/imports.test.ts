import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

test("relative imports, re-exports, star imports and submodules", () => {
  const { show, messages } = run(
    `
import pkg
import pkg.deep.leaf as leaf
from pkg import exported, deep
from pkg.stars import *
from pkg.deep import leaf as again
`,
    {
      "pkg/__init__.py": "from .core import value as exported\nfrom . import stars\n__version__ = '1'",
      "pkg/core.py": "from .deep.leaf import name\nvalue = name + '!'",
      "pkg/stars.py": "__all__ = ['shown']\nshown = 1\nhidden = 2\n_private = 3",
      "pkg/deep/__init__.py": "",
      "pkg/deep/leaf.py": "from ..core import value as later\nname = 'leaf'\ndef use(): return later",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("exported"), "'leaf!'");
  assert.equal(show("leaf.use()"), "'leaf!'");
  assert.equal(show("pkg.__version__"), "'1'");
  assert.equal(show("again is leaf"), "True");
  assert.equal(show("shown"), "1");
  assert.equal(show("deep.leaf.name"), "'leaf'");
  assert.equal(show("'hidden' in globals()"), "False");
  assert.equal(show("pkg.stars.hidden"), "2");
});

test("folders without __init__.py are packages", () => {
  const { show, messages } = run(
    `
from models import first, second as other
import layers.deep.one
import layers.deep.two
try:
    from absent import again
except ImportError:
    again = None
`,
    {
      "models/first.py": "from . import second\nfrom models import second as same\nx = second.x",
      "models/second.py": "x = 2",
      "layers/deep/one.py": "y = 1",
      "layers/deep/two.py": "y = 2",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("first.x"), "2");
  assert.equal(show("first.same is other"), "True");
  assert.equal(show("(layers.deep.one.y, layers.deep.two.y)"), "(1, 2)");
  assert.equal(show("again"), "None");
});

test("a folder without an __init__.py is a package of the modules in it", () => {
  const { show, messages } = run(
    `
from nets import base
import nets.deep.head
import nets.deep.tail as tail
from nets.deep import head as again
from . import beside
from nets import nothing
`,
    {
      "nets/base.py": "width = 3",
      "nets/deep/head.py": "from nets.base import width\nfrom ..base import width as same\nsize = 2 * width",
      "nets/deep/tail.py": "from . import head\nsize = head.size",
      "beside.py": "name = 'beside'",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("base.width"), "3");
  assert.equal(show("nets.deep.head.size"), "6");
  assert.equal(show("nets.base is base"), "True");
  assert.equal(show("(again is nets.deep.head, nets.deep.head.same)"), "(True, 3)");
  assert.equal(show("tail.size"), "6");
  assert.equal(show("beside.name"), "'beside'");
  assert.equal(show("nothing"), "?");
});

test("modules that import each other", () => {
  const { show, messages } = run("import a\nimport b\n", {
    "a.py": "import b\nclass Base:\n    def other(self): return b.Derived\nX = 1",
    "b.py": "from a import Base, X\nclass Derived(Base):\n    x = X",
  });
  assert.deepEqual(messages, []);
  assert.equal(show("b.Derived.x"), "1");
  assert.equal(show("a.Base().other() is b.Derived"), "True");
});

test("a package attribute wins over a submodule of the same name", () => {
  const { show } = run("from net import net\n", {
    "net/__init__.py": "from .net import net",
    "net/net.py": "def net(): return 'function'",
  });
  assert.equal(show("net()"), "'function'");
});

test("ImportError decides only inside try", () => {
  const { show, messages } = run(`
try:
    import nowhere
    has = True
except ImportError:
    has = False
try:
    from typing import NoSuchThing
except ImportError:
    other = "fallback"
import missing_module
value = missing_module.SIZE
try:
    import json
    std = True
except ImportError:
    std = False
`);
  assert.deepEqual(messages, []);
  assert.equal(show("has"), "False");
  assert.equal(show("std"), "True");
  assert.equal(show("2 * value"), "2*SIZE");
});

test("a statement that fails ends alone", () => {
  const { show, messages, complete } = run(`
a = 1
b = undefined_name + 1
c = a + 1
def f(): return b
`);
  assert.equal(show("c"), "2");
  assert.equal(show("f()"), "?");
  assert.deepEqual(messages, ["This statement failed: NameError: name 'undefined_name' is not defined"]);
  assert.equal(complete, true, "what it binds is unknown, nothing else is");
  assert.equal(run("l = []\nl.append(undefined_name)").complete, false);
});

test("definitions are evaluated when asked for, effects in order", () => {
  const files: string[] = [];
  const sources: Record<string, string> = {
    "/project/registry.py": "entries = {}\ndef register(f):\n    entries[f.__name__] = f\n    return f",
    "/project/models.py":
      "from registry import register\nimport heavy\n@register\ndef one(): return 1\n@register\ndef two(): return heavy.x\nclass Unused(heavy.Base): pass",
    "/project/heavy.py": "x = 2\nclass Base: pass",
  };
  const { show } = run(
    "import models\nfrom registry import entries\n",
    {},
    {
      reader: {
        read(path) {
          if (path in sources) files.push(path);
          return sources[path] ?? null;
        },
      },
    },
  );
  assert.equal(show("models.one()"), "1");
  assert.equal(show("sorted(entries)"), "['one', 'two']");
  assert.ok(!files.includes("/project/heavy.py"), "nobody asked for heavy");
  assert.equal(show("entries['two']()"), "2");
  assert.ok(files.includes("/project/heavy.py"));
});

test("a file that is not loaded yet is reported as missing", () => {
  const { evaluator, show } = run(
    "import later\nx = later.y",
    {},
    {
      reader: { read: (path) => (path.endsWith("later.py") ? undefined : null) },
    },
  );
  assert.equal(show("x"), "?");
  assert.deepEqual(evaluator.missing, ["/project/later.py"]);
});

test("module __getattr__ and sys.modules", () => {
  const { show } = run("import lazy\nimport sys\n", {
    "lazy.py":
      "import sys\ndef __getattr__(name):\n    if name == 'made':\n        return 'on demand'\n    raise AttributeError(name)\nme = sys.modules[__name__]",
  });
  assert.equal(show("lazy.made"), "'on demand'");
  assert.equal(show("hasattr(lazy, 'other')"), "False");
  assert.equal(show("lazy.me is lazy"), "True");
});

test("a module whose import was put off is in sys.modules by its name", () => {
  const { show } = run("import sys\nimport pack.late\nlate = sys.modules['pack.late']\n", {
    "pack/__init__.py": "import sys\nfrom .early import x\nsetattr(sys.modules['pack.early'], 'y', 2)",
    "pack/early.py": "x = 1",
    "pack/late.py": "from .early import x, y\nz = x + y",
  });
  assert.equal(show("late.z"), "3");
  assert.equal(show("'pack.never' in sys.modules, sys.modules.get('pack.never')"), "(False, None)");
});

test("what Python keeps of a module is known, so that a search through its names is", () => {
  const { show } = run("import inspect, parts", {
    "parts.py": "from shapes import Square\nside = 2\nclass Cube: pass",
    "shapes.py": "class Square: pass",
  });
  assert.equal(
    show("sorted(one.__name__ for one in vars(parts).values() if inspect.isclass(one))"),
    "['Cube', 'Square']",
  );
  assert.equal(show("parts.__spec__.name, parts.__loader__.path"), "('parts', '/project/parts.py')");
});

test("the arguments of an object that can be called are those of its call", () => {
  const { show } = run(`
import inspect

class Scale:
    def __init__(self, factor): self.factor = factor
    def __call__(self, x, *, times=1): return x * self.factor * times

of_class, of_object = inspect.getfullargspec(Scale), inspect.getfullargspec(Scale(2))
`);
  assert.equal(
    show("of_class.args, of_object.args, of_object.kwonlyargs"),
    "(['self', 'factor'], ['self', 'x'], ['times'])",
  );
});

test("a pattern with an escape that Python refuses is refused", () => {
  const { show } = run(
    "import re\ndef refused():\n    try:\n        return re.compile(r'\\p{L}+')\n    except re.error:\n        return 'refused'",
  );
  assert.equal(show("refused()"), "'refused'");
});

test("the version of what is installed, from its metadata or from itself", () => {
  const program = `
import importlib.metadata as metadata
def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
`;
  const files: Record<string, string> = { "/site/net_tools/__init__.py": "__version__ = '2.1'" };
  const read = (path: string) => files[path] ?? null;
  const list = (folder: string) =>
    folder === "/site" ? ["net_tools/", "Deep.Parts-1.4rc1.dist-info/"] : null;
  const asked = "version('net-tools'), version('deep_parts'), version('other')";
  const { show } = run(program, {}, { reader: { read, list }, sitePackages: ["/site"] });
  assert.equal(show(asked), "('2.1', '1.4rc1', None)");
  const { show: unlisted } = run(program, {}, { reader: { read }, sitePackages: ["/site"] });
  assert.equal(unlisted(asked), "('2.1', None, None)");
});

test("annotations written as text are what they name", () => {
  const { show } = run(`
import typing
from typing import Optional

class Size: pass

class Shape:
    size: "Optional[Size]"
    name: str

def area(shape: "Shape", scale: int = 1) -> "int": ...

hints = typing.get_type_hints(Shape)
`);
  assert.equal(show("hints['size'] == Optional[Size], hints['name']"), "(True, <class 'str'>)");
  assert.equal(show("typing.get_type_hints(area)['shape'] is Shape"), "True");
  assert.equal(show("typing._eval_type(typing.ForwardRef('Size'), globals(), None) is Size"), "True");
});

test("a package that puts a module class of its own in its place", () => {
  const { show, messages } = run("import shop\nfrom shop import Apple, fruit\n", {
    "shop/__init__.py": `
import importlib
import sys
from types import ModuleType

class OnDemand(ModuleType):
    def __init__(self, name, places, extra=None):
        super().__init__(name)
        self._places = places
        self._extra = extra

    def __getattr__(self, name):
        if name not in self._places:
            raise AttributeError(name)
        return getattr(importlib.import_module("." + self._places[name], self.__name__), name)

sys.modules[__name__] = OnDemand(__name__, {"Apple": "fruit"}, extra=1)
`,
    "shop/fruit.py": "class Apple:\n    price = 3",
  });
  assert.deepEqual(messages, []);
  assert.equal(show("Apple.price, shop.Apple is Apple, fruit.Apple is Apple"), "(3, True, True)");
  assert.equal(show("hasattr(shop, 'Pear')"), "False");
});

test("of a package that declares hundreds of parts for type checkers, only those with the name are read", () => {
  const parts = Array.from({ length: 40 }, (_, i) => `part${String.fromCharCode(97 + (i % 26))}${i}`);
  const files: Record<string, string> = {
    "big/__init__.py": `
import sys
from typing import TYPE_CHECKING
if TYPE_CHECKING:
${parts.map((part) => `    from .${part} import *`).join("\n")}
else:
    sys.modules[__name__] = object()
`,
    "big/tools.py": "value = 7",
  };
  for (const part of parts) {
    files[`big/${part}.py`] =
      `"""Says tools, ${part.toUpperCase()} and Other."""\nclass ${part.toUpperCase()}: pass`;
  }
  const sources: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) sources[`/project/${path}`] = text;
  const read = new Set<string>();
  const { show } = run(
    "from big import tools, PARTC28",
    {},
    {
      reader: {
        read(path) {
          if (path in sources) read.add(path);
          return sources[path] ?? null;
        },
      },
    },
  );
  assert.equal(show("tools.value, PARTC28.__name__"), "(7, 'PARTC28')");
  assert.deepEqual([...read].sort(), [
    "/project/big/__init__.py",
    "/project/big/partc28.py",
    "/project/big/tools.py",
  ]);
});

test("files are read only under the roots", () => {
  const asked: string[] = [];
  run(
    "from ...etc import passwd\nimport a.b.c\nfrom .. import x\n",
    {},
    {
      reader: {
        read(path) {
          asked.push(path);
          return null;
        },
      },
    },
  );
  for (const path of asked) assert.match(path, /^\/root\/(?!.*\.\.)/);
});

test("what an unused import registers is found in a second, eager evaluation", () => {
  const { show } = run("from zoo import create\n", {
    "zoo/__init__.py": "from .registry import create\nfrom .cats import *\nfrom . import dogs",
    "zoo/registry.py":
      "known = {}\ndef register(f):\n    known[f.__name__] = f\n    return f\ndef create(name):\n    return known[name]()",
    "zoo/cats.py": "from .registry import register\n@register\ndef cat(): return 'meow'",
    "zoo/dogs.py": "from .registry import register\n@register\ndef dog(): return 'woof'",
  });
  assert.equal(show("create('cat')"), "'meow'");
  assert.equal(show("create('dog')"), "'woof'");
});

test("first the modules of a package alone that raised are run whole, also where another raises for it", () => {
  const { show } = run(
    "from app import make\nimport endless\n",
    {
      "app/__init__.py":
        "import zoo\ndef make(name):\n    try:\n        return zoo.create(name)\n    except KeyError as error:\n        raise ValueError(name) from error",
      "zoo/__init__.py": "from .registry import create\nfrom .cats import *",
      "zoo/registry.py": "known = {}\ndef create(name):\n    return known[name]()",
      "zoo/cats.py": "from .registry import known\nknown['cat'] = lambda: 'meow'",
      "endless.py": "while True: pass",
    },
    { budgets: { steps: 100_000 } },
  );
  assert.equal(show("make('cat')"), "'meow'");
});

test("then all modules of the program itself, before those of installed packages", () => {
  const { show } = run(
    "from models import build",
    {
      "models/__init__.py": "from utils.registry import TABLE\nimport models.cats\nbuild = TABLE.build",
      "models/cats.py": "import large\nfrom utils.registry import TABLE\nTABLE.known['cat'] = 'meow'",
      "utils/registry.py":
        "class Table:\n    known = {}\n    def build(self, name):\n        return self.known[name]\nTABLE = Table()",
      "site/large.py": "#".repeat(8_000_000),
    },
    { sitePackages: ["/project/site"] },
  );
  assert.equal(show("build('cat')"), "'meow'");
});

test("modules of temporary files that the program copies or writes", () => {
  const { show, messages } = run(
    `
import os.path as osp, shutil, sys, tempfile
from importlib import import_module
def copied(filename):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(filename, osp.join(folder, "_config.py"))
        sys.path.insert(0, folder)
        module = import_module("_config")
        sys.path.pop(0)
        values = {k: v for k, v in module.__dict__.items() if not k.startswith("__")}
        del sys.modules["_config"]
    return values
def written(filename):
    with tempfile.TemporaryDirectory() as folder:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".py") as file:
            name = osp.basename(file.name)
        with open(filename) as source:
            text = source.read().replace("WIDTH", "32")
        with open(file.name, "w") as target:
            target.write(text)
        sys.path.insert(0, folder)
        module = import_module(osp.splitext(name)[0])
        sys.path.pop(0)
    return module.model
first, second = copied("configs/a.py"), copied("configs/b.py")
third = written("configs/c.py")
`,
    {
      "configs/a.py": "model = dict(depth=1)",
      "configs/b.py": "model = dict(depth=2)\nlr = 0.1",
      "configs/c.py": "model = dict(width=WIDTH)",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("first"), "{'model': {'depth': 1}}");
  assert.equal(show("second"), "{'model': {'depth': 2}, 'lr': 0.1}");
  assert.equal(show("third"), "{'width': 32}");
  assert.equal(show("open('configs/a.py').read()"), "'model = dict(depth=1)'");
});

test("configuration that is plainly loaded", () => {
  const { show, messages } = run(
    `
import json
import yaml
from pathlib import Path
with open("config.json") as f:
    config = json.load(f)
settings = yaml.safe_load(open("settings.yaml"))
text = Path("config.json").read_text()
nothing = open("absent.json").read()
`,
    {
      "config.json": '{"width": 64, "rate": 1.0, "layers": [1, {"k": null}]}',
      "settings.yaml":
        "base: &b {depth: 3, on: yes}\nmodel:\n  <<: *b\n  rate: 1e-3\n  scale: 0.5\n  size: 0x10\n  name: 'x'\nlist: [1, 2.0]\nempty:\n",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("config"), "{'width': 64, 'rate': 1.0, 'layers': [1, {'k': None}]}");
  assert.equal(
    show("settings"),
    "{'base': {'depth': 3, True: True}, 'model': {'depth': 3, True: True, 'rate': '1e-3', 'scale': 0.5, 'size': 16, 'name': 'x'}, 'list': [1, 2.0], 'empty': None}",
  );
  assert.equal(show("len(text) > 10"), "True");
  assert.equal(show("f.name"), "'config.json'");
  assert.equal(show("nothing"), "?");
});

test("a path that goes up from a folder of imports stays inside them", () => {
  const files: Record<string, string> = { "/project/config/net.json": "[64]", "/net.json": "[666]" };
  const reader = { read: (path: string) => files[path] ?? null };
  const { show } = run(
    "import json\nwithin = json.load(open('../config/net.json'))\nbeyond = open('../../net.json').read()",
    {},
    { reader, roots: ["/project/src", "/project"] },
  );
  assert.equal(show("within"), "[64]");
  assert.equal(show("beyond"), "?");
});

test("a pattern in a folder that is not there finds nothing, in one that may not be read nobody knows what", () => {
  const folders: Record<string, string[]> = {
    "/project": ["nets/", "linked"],
    "/project/nets": ["__init__.py", "small.py"],
  };
  const files = ["__init__.py", "small.py"].map((name) => `/project/nets/${name}`);
  const reader = {
    read: (file: string) => (files.includes(file) ? "" : null),
    list: (folder: string) => folders[folder] ?? null,
  };
  const { show } = run("from pathlib import Path\nroot = Path('/project')", {}, { reader });
  assert.equal(show("[p.name for p in root.glob('nets/**/[!_]*.py')]"), "['small.py']");
  assert.equal(show("list(root.glob('own/nets/*.py'))"), "[]");
  assert.equal(show("list(root.glob('own/*/nets/**/*.py'))"), "[]");
  assert.equal(show("list(root.glob('linked/*.py'))"), "?");
});

test("a text of a program that is in none of its folders is not there, unless the program writes files", () => {
  const options = {
    reader: { read: () => null, list: (folder: string) => (folder === "/project" ? [] : null) },
  };
  const { show } = run("import os", {}, options);
  assert.equal(show('os.path.exists("net.yaml")'), "False");
  assert.equal(show('os.path.exists("net.bin")'), "?");
  for (const write of [
    'open("net.yaml", "w").write("depth: 3")',
    'Path("net.yaml").write_text("depth: 3")',
  ]) {
    const writing = run(`from pathlib import Path\ndef write():\n    ${write}\n`, {}, options);
    assert.equal(writing.show('(write(), Path("net.yaml").exists())[1]'), "?");
    assert.equal(writing.show('(write(), Path("other.yaml").exists())[1]'), "False");
  }
});

test("what a package writes to a place nobody knows is none of the program's texts", () => {
  const library = { "package.py": "import os\nfrom given import unknown\nopen(unknown, 'w').write('')\n" };
  const texts = new Map(Object.entries(library).map(([path, text]) => [`/packages/${path}`, text]));
  const reader = {
    read: (path: string) => texts.get(path) ?? null,
    list: (folder: string) => (folder === "/project" ? [] : null),
  };
  const exists = (text: string) =>
    run(text, {}, { reader, sitePackages: ["/packages"] }).show('os.path.exists("net.yaml")');
  assert.equal(exists("import os, package\npackage.__name__"), "False");
  assert.equal(exists("import os\nfrom given import unknown\nopen(unknown, 'w').write('')\n"), "?");
});

test("ruamel.yaml reads YAML 1.2", () => {
  const { show } = run(
    `
import ruamel.yaml
from pathlib import Path
config = ruamel.yaml.YAML(typ="safe").load(Path("net.yaml"))
`,
    { "net.yaml": "a: &a {on: yes, rate: 1e-3}\nb:\n  <<: *a\n  n: 010\n" },
  );
  assert.equal(
    show("config"),
    "{'a': {'on': 'yes', 'rate': 0.001}, 'b': {'on': 'yes', 'rate': 0.001, 'n': 10}}",
  );
});

test("of YAML entries with one name PyYAML keeps the last", () => {
  const files = { "net.yaml": "a: &a {width: 1}\nb:\n  <<: *a\n  width: 2\n  depth: 3\n  depth: 4\n" };
  const { show } = run(
    "import ruamel.yaml, yaml\nc = yaml.safe_load(open('net.yaml'))\nd = ruamel.yaml.YAML().load(open('net.yaml'))",
    files,
  );
  assert.equal(show("c['b']"), "{'width': 2, 'depth': 4}");
  assert.equal(show("d"), "?");
});

test("of what a YAML file tags in its own way nothing is known, of the rest everything", () => {
  const text = "width: 64\nflag: !bool True\nnet: !new:Net\n  depth: 3\nall: !join [a, b]\n";
  for (const load of ["yaml.safe_load", "ruamel.yaml.YAML().load"]) {
    const { show } = run(`import ruamel.yaml, yaml\nc = ${load}(open('net.yaml'))`, { "net.yaml": text });
    assert.equal(show("c['width'], len(c)"), "(64, 4)");
    for (const name of ["flag", "net", "all"]) assert.equal(show(`c['${name}']`), "?");
  }
});

test("a number whose kind is written beside it", () => {
  const { show } = run("import yaml\nconfig = yaml.safe_load(open('net.yaml'))", {
    "net.yaml": "rate: !!float 1e-3\nsteps: !!int 2\nmost: !!float 200\nname: !!str 4\nnone: !!null\n",
  });
  assert.equal(show("config"), "{'rate': 0.001, 'steps': 2, 'most': 200.0, 'name': '4', 'none': None}");
});

test("inside brackets YAML may be indented in any way", () => {
  const { show } = run("import yaml\nconfig = yaml.safe_load(open('net.yaml'))", {
    "net.yaml": "include: [\n  'a.yml',\n]\nnet:\n  widths: [1,\n2,\n  3]\n  next: {\n    a: 1\n}\n",
  });
  assert.equal(show("config"), "{'include': ['a.yml'], 'net': {'widths': [1, 2, 3], 'next': {'a': 1}}}");
});

test("modules of files that the program names, and of finders it adds", () => {
  const { show, messages } = run(
    `
import importlib.util, os, sys
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
spec = importlib.util.spec_from_file_location("chosen", "configs/small.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
again = SourceFileLoader("again", os.path.join(os.path.dirname(__file__), "configs", "small.py")).load_module()
class Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.startswith("virtual."):
            return importlib.util.spec_from_file_location(name, f"configs/{name.split('.')[-1]}.py")
sys.meta_path.append(Finder())
import virtual.small as offered
absent = importlib.util.module_from_spec(importlib.util.spec_from_file_location("absent", "configs/none.py"))
import pkg
same = importlib.util.module_from_spec(importlib.util.spec_from_file_location("pkg", pkg.__file__))
other = importlib.util.module_from_spec(importlib.util.spec_from_file_location("pkg", "configs/small.py"))
import pkg as still
`,
    {
      "configs/small.py": "width = 8\nname = __name__",
      "pkg/__init__.py": "from .inner import value",
      "pkg/inner.py": "value = 3",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("module.width, module.name"), "(8, 'chosen')");
  assert.equal(show("again.width, again.name"), "(8, 'again')");
  assert.equal(show("offered.name"), "'virtual.small'");
  assert.equal(show("absent.width"), "?");
  assert.equal(show("same.value, other.width, still.value"), "(3, 8, 3)");
});

test("relative paths: from a folder, else from where imports are looked up", () => {
  const { show } = run(`
import os
from pathlib import Path
here = Path(__file__).resolve().parents[0]
same = Path(os.path.relpath(here, Path.cwd()))
cases = [os.path.relpath("/a/b/c", "/a/d"), os.path.relpath("a/b", "a"), os.path.relpath("/x/y", "/x/y")]
elsewhere = os.path.relpath("/somewhere/else")
`);
  assert.equal(show("str(same)"), "'.'");
  assert.equal(show("cases"), "['../b/c', 'b', '.']");
  assert.equal(show("elsewhere"), "?");
});

test("the modules of a package, listed", () => {
  const files: Record<string, string> = {
    "/project/zoo/__init__.py": "",
    "/project/zoo/cat.py": "",
    "/project/zoo/deep/__init__.py": "",
    "/project/zoo/deep/dog.py": "",
    "/project/zoo/data/x.txt": "",
  };
  const list = (folder: string) => {
    const below = Object.keys(files).filter((one) => one.startsWith(`${folder}/`));
    const names = below.map((one) => one.slice(folder.length + 1).replace(/\/.*/, "/"));
    return names.length === 0 ? null : [...new Set(names)].sort();
  };
  const { show } = run(
    `
import pkgutil, zoo
flat = [(one.name, one.ispkg) for one in pkgutil.iter_modules(zoo.__path__)]
deep = [name for _, name, _ in pkgutil.walk_packages(zoo.__path__, "zoo.")]
`,
    {},
    { reader: { read: (path) => files[path] ?? null, list } },
  );
  assert.equal(show("flat"), "[('cat', False), ('deep', True)]");
  assert.equal(show("deep"), "['zoo.cat', 'zoo.deep', 'zoo.deep.dog']");
});

test("a folder that the program adds to sys.path, relative or from __file__", () => {
  const { show, messages } = run(
    `
import os, sys
sys.path.append("core")
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools", "..", "more"))
from inner import name
from chosen import where
`,
    {
      "core/inner.py": "from sibling import name",
      "core/sibling.py": "name = 'beside'",
      "more/chosen.py": "where = 'more'",
      "core/chosen.py": "where = 'core'",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("name"), "'beside'");
  assert.equal(show("where"), "'more'");
});

test("what is not found is looked for again once sys.path has grown", () => {
  const { show } = run(
    `
import sys
try:
    import inner
    first = True
except ImportError:
    first = False
    sys.path += ["core"]
import inner as again
`,
    { "core/inner.py": "name = 'found'" },
  );
  assert.equal(show("first"), "False");
  assert.equal(show("again.name"), "'found'");
});

test("a module has the text that its file begins with", () => {
  const { show } = run('"""Two words"""\nimport other, plain\n', {
    "other.py": "'''Three more words'''\n",
    "plain.py": "x = 1\n",
  });
  assert.deepEqual(["__doc__", "other.__doc__", "plain.__doc__"].map(show), [
    "'Two words'",
    "'Three more words'",
    "None",
  ]);
});

test("a name that both ways of an unknown branch import is the same where they import the same", () => {
  const { show, messages } = run(
    `
from absent import flag
if flag:
    from first import shared, own, only
else:
    from second import shared, own
`,
    {
      "base.py": "class Shared: pass",
      "first.py": "from base import Shared as shared\nown = 1\nonly = 3",
      "second.py": "from base import Shared as shared\nown = 2",
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("shared.__name__"), "'Shared'");
  assert.equal(show("own"), "?");
  assert.equal(show("only"), "3");
});

test("a module has the methods that every module has", () => {
  const { show, messages } = run(
    `
import importlib
found = importlib.import_module("nets." + "small").__getattribute__("Net")
`,
    { "nets/small.py": "Net = 5" },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("found"), "5");
});

test("a name that every module has may be bound to something else", () => {
  const { show, messages } = run("import pkg.models as models\n", {
    "pkg/__init__.py": "from pkg import models\nmade = 3",
    "pkg/models.py": "import pkg as __package__\n__doc__ = 'other'\ndef made():\n    return __package__.made",
  });
  assert.deepEqual(messages, []);
  assert.equal(show("models.made()"), "3");
  assert.equal(show("models.__doc__"), "'other'");
});

test("the parts of a package that a stub beside it lists are imported when they are asked for", () => {
  const { show, messages } = run("import nets\nimport lazy_loader\n", {
    "nets/__init__.py":
      "import lazy_loader as lazy\n__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)\n",
    "nets/__init__.pyi":
      "from . import layers  # noqa\nfrom .sizes import (\n    WIDTH,\n    depth as depth,\n)\nfrom .sizes import FACTOR\n",
    "nets/sizes.py": "WIDTH = 64\nFACTOR = 4\ndef depth():\n    return 3\n",
    "nets/layers.py": "COUNT = 2\n",
  });
  assert.equal(show("(nets.WIDTH, nets.depth(), nets.FACTOR, nets.layers.COUNT)"), "(64, 3, 4, 2)");
  assert.equal(show("sorted(nets.__all__)"), "['FACTOR', 'WIDTH', 'depth', 'layers']");
  assert.equal(show('lazy_loader.load("nets.sizes").WIDTH'), "64");
  assert.deepEqual(messages, []);
});

test("a check of instances may be a class method, and asking for a type makes none", () => {
  const { show } = run(`
class Integers:
    @classmethod
    def __instancecheck__(cls, other):
        return type(other) is int

class Meta(type):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
    def __instancecheck__(cls, other):
        return other == cls.wanted

class Three(metaclass=Meta):
    wanted = 3
`);
  assert.equal(show("[isinstance(x, (Integers(), str)) for x in (3, 'a', 2.5)]"), "[True, True, False]");
  assert.equal(show("[isinstance(x, Three) for x in (3, 4)]"), "[True, False]");
  assert.equal(show("(type(Three()).__name__, type(Three).__name__)"), "('Three', 'Meta')");
});
