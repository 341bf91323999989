/** What configparser of CPython 3.11 gives for the same expressions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const FILE = `
; a comment
[DEFAULT]
base = 16

[cnn]
N_filt=80,60,60
Act : relu
use_norm = Yes
wide = %(base)s0
drop = 0.5 # no comment
many =
    one
    two
[out]
base = 4
rate = 50%%
`;

const PROGRAM = `
import configparser
p = configparser.ConfigParser()
found = p.read(["net.cfg"])
raw = configparser.RawConfigParser()
raw.read("net.cfg")
inline = configparser.ConfigParser(inline_comment_prefixes="#", interpolation=configparser.ExtendedInterpolation())
inline.read_string("[a]\\nx = 1 # one\\n[b]\\ny = \${a:x}5")
p["made"] = {"Width": 7}
p.set("out", "base", "9")
def error(body):
    try:
        return body()
    except (configparser.Error, KeyError, ValueError) as e:
        return type(e).__name__
`;

const EXPECTED: readonly (readonly [string, string])[] = [
  ["found", "['net.cfg']"],
  ["p.sections()", "['cnn', 'out', 'made']"],
  ["[int(n) for n in p.get('cnn', 'n_filt').split(',')]", "[80, 60, 60]"],
  ["p['cnn']['ACT'], p['cnn'].get('none'), p['cnn'].get('none', 'x')", "('relu', None, 'x')"],
  ["p.getboolean('cnn', 'use_norm'), p['cnn'].getboolean('use_norm')", "(True, True)"],
  ["p.getint('cnn', 'wide'), raw.get('cnn', 'wide')", "(160, '%(base)s0')"],
  ["p['cnn']['drop']", "'0.5 # no comment'"],
  ["p['cnn']['many']", "'\\none\\ntwo'"],
  ["p.getint('out', 'base'), p.get('out', 'rate'), p.getfloat('made', 'width')", "(9, '50%', 7.0)"],
  ["dict(p['out'])", "{'base': '9', 'rate': '50%'}"],
  ["p.items('made')", "[('base', '16'), ('width', '7')]"],
  [
    "list(p), 'cnn' in p, 'x' in p, 'Act' in p['cnn']",
    "(['DEFAULT', 'cnn', 'out', 'made'], True, False, True)",
  ],
  [
    "p.has_option('cnn', 'base'), p.has_section('DEFAULT'), p.options('made')",
    "(True, False, ['width', 'base'])",
  ],
  ["inline.getint('a', 'x'), inline['b']['y']", "(1, '15')"],
  ["p.getint('cnn', 'no', fallback=3), p.get('no', 'no', fallback=None)", "(3, None)"],
  [
    "error(lambda: p.get('no', 'x')), error(lambda: p.get('cnn', 'x')), error(lambda: p['no'])",
    "('NoSectionError', 'NoOptionError', 'KeyError')",
  ],
  ["error(lambda: p.getint('cnn', 'act')), error(lambda: p['cnn']['no'])", "('ValueError', 'KeyError')"],
];

test("sections and options of a file", async (t) => {
  const { show, messages } = run(PROGRAM, { "net.cfg": FILE });
  assert.deepEqual(messages, []);
  for (const [expression, wanted] of EXPECTED) {
    await t.test(expression, () => assert.equal(show(expression), wanted));
  }
});

test("a file that nobody can read may set anything", () => {
  const { show } = run(
    `
import configparser
p = configparser.ConfigParser()
p.read(["net.cfg", "given.cfg"])
`,
    { "net.cfg": FILE },
  );
  assert.equal(show("p.get('out', 'base')"), "?");
  assert.equal(show("p['cnn'].getint('n_filt', 3)"), "?");
  assert.equal(show("'cnn' in p"), "?");
});
