/** What argparse of CPython 3.11 gives for the same words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const PROGRAM = `
import argparse
def show(parser, argv):
    try:
        return sorted(vars(parser.parse_args(argv)).items())
    except SystemExit as error:
        return ("exit", error.args[0])
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default='0.1')
p.add_argument('-n', '--num-layers', type=int, default=3)
p.add_argument('--flag', action='store_true')
p.add_argument('--no-flag', dest='flag', action='store_false')
p.add_argument('--dims', nargs='+', type=int, default=[1, 2])
p.add_argument('--pair', nargs=2, type=float)
p.add_argument('--opt', nargs='?', const=7, type=int)
p.add_argument('-v', action='count', default=0)
p.add_argument('--app', action='append')
p.add_argument('--ext', action='extend', nargs='*', default=['z'])
p.add_argument('--bool', action=argparse.BooleanOptionalAction, default=True)
p.add_argument('--mode', action='store_const', const='fast', default='slow')
class Up(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values.upper())
p.add_argument('--up', action=Up, default='low')
p.set_defaults(extra=5, num_layers=4)
q = argparse.ArgumentParser()
q.add_argument('file'); q.add_argument('rest', nargs='*'); q.add_argument('-x', type=int)
g = q.add_argument_group('g'); g.add_argument('--gee', default=1.5)
r = argparse.ArgumentParser(parents=[], conflict_handler='resolve')
r.add_argument('--root', default='/'); r.add_argument('--root', default='./')
s = r.add_subparsers(dest='cmd')
a = s.add_parser('train'); a.add_argument('--epochs', type=int, default=2); a.set_defaults(func='t')
b = s.add_parser('eval'); b.add_argument('ckpt')
t = argparse.ArgumentParser(argument_default=argparse.SUPPRESS); t.add_argument('--k', type=int)
`;

const EXPECTED: readonly (readonly [string, string])[] = [
  [
    "show(p, [])",
    "[('app', None), ('bool', True), ('dims', [1, 2]), ('ext', ['z']), ('extra', 5), ('flag', False), ('lr', 0.1), ('mode', 'slow'), ('num_layers', 4), ('opt', None), ('pair', None), ('up', 'low'), ('v', 0)]",
  ],
  [
    "show(p, '--lr 1 -n5 --flag --dims 3 4 5 --pair -1 2.5 --opt -vv --app a --app b --ext c d --no-bool --mode --up abc'.split())",
    "[('app', ['a', 'b']), ('bool', False), ('dims', [3, 4, 5]), ('ext', ['z', 'c', 'd']), ('extra', 5), ('flag', True), ('lr', 1.0), ('mode', 'fast'), ('num_layers', 5), ('opt', 7), ('pair', [-1.0, 2.5]), ('up', 'ABC'), ('v', 2)]",
  ],
  [
    "show(p, ['--num=9', '--opt', '3', '--no-flag'])",
    "[('app', None), ('bool', True), ('dims', [1, 2]), ('ext', ['z']), ('extra', 5), ('flag', False), ('lr', 0.1), ('mode', 'slow'), ('num_layers', 9), ('opt', 3), ('pair', None), ('up', 'low'), ('v', 0)]",
  ],
  ["show(p, ['--bad'])", "('exit', 2)"],
  ["show(p, ['--pair', '1'])", "('exit', 2)"],
  ["show(q, ['f'])", "[('file', 'f'), ('gee', 1.5), ('rest', []), ('x', None)]"],
  [
    "show(q, ['f', 'a', 'b', '-x', '-3', '--gee', '2'])",
    "[('file', 'f'), ('gee', '2'), ('rest', ['a', 'b']), ('x', -3)]",
  ],
  ["show(q, ['-x', '1', 'f', '--', '-y'])", "[('file', 'f'), ('gee', 1.5), ('rest', ['-y']), ('x', 1)]"],
  ["show(r, [])", "[('cmd', None), ('root', './')]"],
  ["show(r, ['train', '--epochs', '9'])", "[('cmd', 'train'), ('epochs', 9), ('func', 't'), ('root', './')]"],
  ["show(r, ['--root', 'q', 'eval', 'c'])", "[('ckpt', 'c'), ('cmd', 'eval'), ('root', 'q')]"],
  ["show(t, [])", "[]"],
  ["show(t, ['--k', '3'])", "[('k', 3)]"],
  ["p.parse_known_args(['--bad', '1', '--lr', '2'])[1]", "['--bad', '1']"],
];

test("words that a program itself gives a parser", async (t) => {
  const { show, messages } = run(PROGRAM);
  assert.deepEqual(messages, []);
  for (const [expression, wanted] of EXPECTED) {
    await t.test(expression, () => assert.equal(show(expression), wanted));
  }
});

test("what a program is started with is not known: defaults, and nothing where there is none", () => {
  const { show } = run(`
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("file")
parser.add_argument("--width", type=int, default="8")
parser.add_argument("--depth", type=int, required=True)
args = parser.parse_args()
`);
  assert.equal(show("args.width"), "8");
  assert.equal(show("args.file"), "?");
  assert.equal(show("args.depth"), "?");
});

test("words that a program puts into sys.argv itself are those that it is started with", () => {
  const { show } = run(`
import argparse, sys
def options(*words):
    sys.argv = ["main.py", *words]
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=8)
    parser.add_argument("--deep", action="store_true")
    return vars(parser.parse_args())
given = options("--width", "16", "--deep")
nothing = options()
parser = argparse.ArgumentParser()
parser.add_argument("--rate"); parser.add_argument("file")
optional = [one.dest for one in parser._get_optional_actions() if one.dest != "help"]
from given import unknown
some = options("--width", unknown)
`);
  assert.equal(show("given"), "{'width': 16, 'deep': True}");
  assert.equal(show("nothing"), "{'width': 8, 'deep': False}");
  assert.equal(show("optional"), "['rate']");
  assert.equal(show("some['deep']"), "False");
  assert.notEqual(show("some['width']"), "8");
});

test("of words that are not known all together only what they name is unknown", () => {
  const { show } = run(`
import argparse
from given import unknown
parser = argparse.ArgumentParser()
parser.add_argument("--width", type=int, default=8)
parser.add_argument("--depth", type=int, default=2)
args = parser.parse_args(["--width", unknown])
`);
  assert.equal(show("args.depth"), "2");
  assert.notEqual(show("args.width"), "8");
});

test("configargparse reads options from files, and words of the command line go before them", () => {
  const { show, messages } = run(
    `
import configargparse
parser = configargparse.ArgumentParser()
parser.add_argument("--config", is_config_file=True)
parser.add_argument("--width", type=int, default=256)
parser.add_argument("--use_x", action="store_true")
parser.add_argument("--no_y", action="store_true")
parser.add_argument("--comp", type=int, action="append")
parser.add_argument("--dims", type=int, nargs="+", default=[1])
parser.add_argument("--lr", type=float, default=5e-4)
parser.add_argument("--text")
def read(*words):
    return list(vars(parser.parse_args(["--config", "net.txt", *words])).values())[1:]
`,
    {
      "net.txt":
        '# a net\nwidth = 128 # units\nuse_x = True\nno_y = False\ncomp = [16,16,32]\ndims = [3, 4]\nlr 1e-3\n\ntext: "a b"\n',
    },
  );
  assert.deepEqual(messages, []);
  assert.equal(show("read()"), "[128, True, False, [16, 16, 32], [3, 4], 0.001, 'a b']");
  assert.equal(show("read('--width', '64', '--comp', '1')"), "[64, True, False, [1], [3, 4], 0.001, 'a b']");
  assert.equal(show("parser.parse_args([]).width"), "256");
});

test("what only one of several commands sets has its default, for whoever reads it chose that command", () => {
  const { show, messages } = run(`
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=1)
commands = parser.add_subparsers(dest="mode")
train = commands.add_parser("train")
train.add_argument("--width", type=int, default=64)
train.add_argument("--data", default="small")
train.add_argument("--size", type=int, default=8)
test = commands.add_parser("test")
test.add_argument("--data", default="small")
test.add_argument("--size", type=int, default=9)
args = parser.parse_args()
lone = argparse.ArgumentParser()
lone.add_subparsers(dest="mode").add_parser("train").add_argument("--width", type=int, default=32)
only = lone.parse_args()
given = parser.parse_args(["test"])
`);
  assert.deepEqual(messages, []);
  assert.deepEqual(["args.seed", "args.width", "args.data"].map(show), ["1", "64", "'small'"]);
  assert.notEqual(show("args.size"), "8");
  assert.notEqual(show("args.mode"), "'train'");
  assert.deepEqual([show("only.mode"), show("only.width")], ["'train'", "32"]);
  assert.deepEqual([show("given.size"), show("hasattr(given, 'width')")], ["9", "False"]);
});
