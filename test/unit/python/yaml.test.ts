/** What PyYAML 6.0 makes of the same texts, in Python 3.12. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const { show, complete } = run(`
import re
import yaml
from collections import OrderedDict


def ordered():
    class Own(yaml.SafeLoader):
        pass
    Own.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, lambda loader, node: OrderedDict(loader.construct_pairs(node)))
    yaml.Dumper.add_representer(OrderedDict, lambda dumper, data: dumper.represent_dict(data.items()))
    return Own


class Joining(yaml.SafeLoader):
    def __init__(self, stream):
        self.root = "here"
        super().__init__(stream)

    def include(self, node):
        return (self.root, self.construct_scalar(node))


Joining.add_constructor("!include", Joining.include)
Joining.add_constructor("!join", lambda loader, node: "/".join(loader.construct_sequence(node)))


class Floats(yaml.FullLoader):
    pass


Floats.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+[eE][-+]?[0-9]+$"), list("-+0123456789."))


class Scale:
    def __init__(self, by):
        self.by = by


yaml.add_multi_constructor("!scale/", lambda loader, suffix, node: Scale((suffix, loader.construct_mapping(node)["by"])), Loader=yaml.FullLoader)
`);

const EXPECTED = `
yaml.safe_load("[y, n, Y, N, yes, No, on, OFF, True, ~]") -> ['y', 'n', 'Y', 'N', True, False, True, False, True, None]
yaml.safe_load("{y: 1, n: 2, x: {Y: 3}, yes: 4}") -> {'y': 1, 'n': 2, 'x': {'Y': 3}, True: 4}
yaml.safe_load("[1_000, 0o7, 07, 0b1, 1:30, +1, -0x1F, 09]") -> [1000, '0o7', 7, 1, 90, 1, -31, '09']
yaml.safe_load("[1e3, 1.0e3, 1.0e+3, .5, 1., .inf, 1e-5]") -> ['1e3', '1.0e3', 1000.0, 0.5, 1.0, inf, '1e-5']
yaml.load("{a: 1, b: {c: [2, {d: 3}]}}", Loader=ordered()) -> OrderedDict({'a': 1, 'b': OrderedDict({'c': [2, OrderedDict({'d': 3})]})})
type(yaml.safe_load("{a: 1}")).__name__ -> 'dict'
yaml.load("[!include a.yaml, !join [a, b], 1]", Loader=Joining) -> [('here', 'a.yaml'), 'a/b', 1]
yaml.load("[1e-3, '1e-3', yes]", Loader=Floats) -> [0.001, '1e-3', True]
yaml.load("[1e-3]", Loader=yaml.FullLoader) -> ['1e-3']
yaml.load("!scale/two {by: 3}", Loader=yaml.FullLoader).by -> ('two', 3)
yaml.full_load("!!python/tuple [1, 2]") -> (1, 2)
yaml.safe_load("[!include a.yaml, 1]")[1] -> 1
yaml.safe_load("[!include a.yaml, 1]")[0] -> ?
`;

for (const line of EXPECTED.trim().split("\n")) {
  const [expression, wanted] = line.split(" -> ");
  test(expression!, () => assert.equal(show(expression!), wanted));
}

test("nothing of it is left out", () => assert.equal(complete, true));
