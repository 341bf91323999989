/** What OmegaConf 2.3 gives for the same expressions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const PROGRAM = `
from dataclasses import dataclass, field
from omegaconf import MISSING, DictConfig, OmegaConf, open_dict
from omegaconf.listconfig import ListConfig

@dataclass
class Model:
    width: int = 8
    rates: list = field(default_factory=lambda: [1, 2])
    name: str = MISSING

@dataclass
class Config:
    model: Model = field(default_factory=Model)
    steps: int = 3

file = OmegaConf.load("configs/net.yaml")
base = OmegaConf.structured(Config)
merged = OmegaConf.merge(base, {"model": {"width": 16}}, OmegaConf.from_dotlist(["model.name=small", "steps=5"]))
OmegaConf.register_new_resolver("times", lambda a, b: a * b)
made = OmegaConf.create({"a": 3, "b": "\${times:\${a},2}", "c": {"d": "\${..a}", "e": "x\${a}y"}, "f": [1, "\${a}"]})

def takes(**options):
    return sorted(options)

def missing(config, name):
    try:
        return getattr(config, name)
    except AttributeError as error:
        return type(error).__name__

with open_dict(merged):
    merged.extra = 1
`;

const FILES = {
  "configs/net.yaml": `
model:
  target: nets.Net
  params: {width: 64, mult: [1, 2, 4], rate: 1e-3, depth: "\${model.params.mult[2]}"}
half: \${model.params.width}
text: "\${model.target}-\${half}"
`,
};

const CASES: readonly (readonly [expression: string, wanted: string])[] = [
  ["file.model.params.width", "64"],
  ["file['model']['params']['depth']", "4"],
  ["file.half, file.text", "(64, 'nets.Net-64')"],
  ["file.model.params.rate", "0.001"],
  ["takes(**file.model.params)", "['depth', 'mult', 'rate', 'width']"],
  ["list(file.model.params.mult), len(file.model.params.mult)", "([1, 2, 4], 3)"],
  ["isinstance(file.model.params.mult, list), isinstance(file, dict)", "(False, False)"],
  ["isinstance(file, DictConfig), isinstance(file.model.params.mult, ListConfig)", "(True, True)"],
  ["file.get('none', 7), 'half' in file, hasattr(file, 'none')", "(7, True, False)"],
  ["missing(file, 'none')", "'ConfigAttributeError'"],
  ["OmegaConf.to_container(file.model, resolve=True)['params']['depth']", "4"],
  ["OmegaConf.select(file, 'model.params.width'), OmegaConf.select(file, 'no.where')", "(64, None)"],
  ["merged.model.width, merged.model.name, merged.steps", "(16, 'small', 5)"],
  ["base.model.width, OmegaConf.is_missing(base.model, 'name')", "(8, True)"],
  ["type(OmegaConf.to_object(OmegaConf.structured(Model(name='n')))).__name__", "'Model'"],
  ["merged.extra, merged.model.rates", "(1, [1, 2])"],
  ["made.b, made.c.d, made.c.e, made.f[1]", "(6, 3, 'x3y', 3)"],
  ["[key for key in made]", "['a', 'b', 'c', 'f']"],
  ["made.c == {'d': 3, 'e': 'x3y'}", "True"],
  ["made.pop('a'), 'a' in made", "(3, False)"],
];

test("configurations of OmegaConf", async (t) => {
  const { show, messages } = run(PROGRAM, FILES);
  assert.deepEqual(messages, []);
  for (const [expression, wanted] of CASES) {
    await t.test(expression, () => assert.equal(show(expression), wanted));
  }
});

test("resolvers of OmegaConf itself, and what stands in quotes is one argument", () => {
  const { show, messages } = run(`
from omegaconf import OmegaConf
OmegaConf.register_new_resolver("eval", eval)
c = OmegaConf.create({
    "n": 4, "sizes": {"a": 1, "b": 2}, "most": "\${eval:'max(\${n}, 7, 2)'}", "list": "\${oc.create:[1, \${n}]}",
    "keys": "\${oc.dict.keys:sizes}", "values": "\${oc.dict.values:sizes}", "other": "\${oc.select:none,5}",
    "env": "\${oc.env:NOT_SET_ANYWHERE,small}", "late": "???",
})
OmegaConf.resolve(c)
`);
  assert.deepEqual(messages, []);
  assert.equal(
    show("c.most, list(c.list), list(c['keys']), list(c['values']), c.other, c.env"),
    "(7, [1, 4], ['a', 'b'], [1, 2], 5, 'small')",
  );
  assert.equal(show("OmegaConf.is_missing(c, 'late')"), "True");
});

test("what nobody knows in a configuration leaves the rest of it known", () => {
  const { show, messages } = run(`
from omegaconf import OmegaConf
c = OmegaConf.create({"when": "\${now:%Y}", "dir": "out/\${when}", "n": 4, "deep": {"m": "\${n}"}})
OmegaConf.resolve(c)
`);
  assert.deepEqual(messages, []);
  assert.equal(show("c.dir"), "?");
  assert.equal(show("c.deep.m"), "4");
});

test("a file that is not there is unknown, not empty", () => {
  const { show } = run(`
from omegaconf import OmegaConf
config = OmegaConf.merge({"a": 1}, OmegaConf.load("nowhere.yaml"))
resolved = OmegaConf.create({"a": "\${oc.env:HOME}/x"})
`);
  assert.equal(show("config.a"), "?");
  assert.equal(show("resolved.a"), "?");
});

test("parts of a structured configuration are objects of their classes after a merge", () => {
  const { show } = run(`
from dataclasses import dataclass, field
from typing import Dict, Optional
from omegaconf import MISSING, OmegaConf

@dataclass
class Part:
    size: int = MISSING
    widths: tuple[int, ...] = (8, 16)

@dataclass
class Whole:
    size: int = 3
    first: Part = field(default_factory=lambda: Part(size="\${..size}"))
    more: Optional[Part] = None
    rest: Dict[str, Part] = field(default_factory=dict)

given = OmegaConf.from_dotlist(["size=5", "first.widths=[1,2]"])
made = OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(Whole), given))
other = OmegaConf.to_object(OmegaConf.merge(Whole, {"more": {"size": 1}}))
`);
  assert.equal(show("made"), "Whole(size=5, first=Part(size=5, widths=[1, 2]), more=None, rest={})");
  assert.equal(
    show("other"),
    "Whole(size=3, first=Part(size=3, widths=[8, 16]), more=Part(size=1, widths=[8, 16]), rest={})",
  );
});
