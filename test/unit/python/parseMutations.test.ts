// Whatever the text, the parser ends, with a tree that lies within the text.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import seedrandom from "seedrandom";
import { withoutMagics } from "../../../src/python/documents/magics.js";
import { CELL_BOUNDARY, parseModule } from "../../../src/python/parse/parse.js";
import type { Block } from "../../../src/python/syntax/ast.js";

const MUTANTS = 10_000;

/** Our own stubs and fixtures, as real as any Python. */
const SOURCES = ["src", "test", "scripts"]
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => `${root}/${name}`),
  )
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => readFileSync(name, "utf8").slice(0, 6_000));

const ODD = [
  "\0",
  "\ufeff",
  "\u2028",
  "\ud800",
  "\u{1F600}",
  "é",
  "ﬁ",
  "\u0301",
  "\x0c",
  "\r",
  "\t",
  "\\",
  "\\\n",
  CELL_BOUNDARY,
  "\ufdd1",
  "'",
  '"',
  '"""',
  "f'{",
  "rb'",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ":",
  ";",
  "@",
  "=",
  "->",
  ":=",
  "...",
  "!",
  "?",
  "$",
  "0x",
  "1e",
  "0_",
  "lambda ",
  "not ",
  "yield ",
  "async ",
  "await ",
  "match ",
  "case ",
  "type ",
  "else:",
  "except",
  "finally:",
  "def ",
  "class ",
  "import ",
  "from . ",
  "*",
  "**",
  "\n  ",
  "\n",
  "\n\n        ",
];

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;

const MUTATIONS: ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, below(random, text.length)),
  (text, random) => text.slice(below(random, text.length)),
  (text, random) => {
    const lines = text.split("\n");
    for (let i = 0; i < 10; i++) {
      const [a, b] = [below(random, lines.length), below(random, lines.length)];
      [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    }
    return lines.join("\n");
  },
  (text, random) => {
    const from = below(random, text.length);
    const piece = text.slice(from, from + below(random, 300));
    return text.slice(0, from) + piece + text.slice(from);
  },
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + pick(random, ODD) + text.slice(at + below(random, 3));
  },
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + pick(random, ODD).repeat(below(random, 400)) + text.slice(at);
  },
  (text, random) =>
    text.replaceAll(pick(random, ["    ", ":", ")", "(", "\n", '"', "'", ","]), pick(random, ODD)),
];

/** Lowers everything; problems and statements lie within the text, statements in its order. */
function check(text: string): void {
  const { module } = parseModule(text);
  for (const { start, end, message } of module.errors) {
    assert.ok(0 <= start && start <= end && end <= text.length && message.length > 0);
  }
  checkBlock(module.body, text.length);
}

function checkBlock({ statements }: Block, length: number): void {
  let last = 0;
  for (const { start, end } of statements) {
    assert.ok(last <= start && start <= end && end <= length, `${last} ${start} ${end} ${length}`);
    last = start;
  }
}

test(`${MUTANTS} mutated sources`, () => {
  const random = seedrandom("mutations");
  for (let i = 0; i < MUTANTS; i++) {
    let text = pick(random, SOURCES);
    for (let n = 1 + below(random, 4); n > 0; n--)
      text = pick(random, MUTATIONS)(text, random).slice(0, 20_000);
    try {
      check(text);
      withoutMagics(text);
    } catch (error) {
      assert.fail(
        `mutant ${i}: ${error instanceof Error ? error.stack : String(error)}\n${JSON.stringify(text)}`,
      );
    }
  }
});

const DEEP = 100_000;
const MEGABYTE = 1_000_000;
const fill = (piece: string, length = MEGABYTE): string => piece.repeat(Math.ceil(length / piece.length));

/** Texts that would cost a careless parser its stack, or time quadratic in their length. */
const HUGE: Record<string, string> = {
  "open parentheses": "(".repeat(DEEP),
  "nested parentheses": `x = ${"(".repeat(DEEP)}${")".repeat(DEEP)}\ny = 1\n`,
  "nested lists of calls": `${"f([".repeat(DEEP)}`,
  "open brackets on lines of their own": fill("(\n"),
  "unclosed brackets under a statement": fill("x = (\n    y\n"),
  "wrong brackets": fill("(]\n", MEGABYTE / 2),
  "closing brackets": fill(")\n"),
  "unary operators": `x = ${"-".repeat(DEEP)}1\n`,
  nots: `x = ${"not ".repeat(DEEP)}1\n`,
  powers: `x = ${"2 ** ".repeat(DEEP)}1\n`,
  awaits: `x = ${"await ".repeat(DEEP)}1\n`,
  lambdas: `x = ${"lambda: ".repeat(DEEP)}1\n`,
  conditionals: `x = ${"1 if 1 else ".repeat(DEEP)}1\n`,
  sums: `x = ${"1 + ".repeat(DEEP)}1\n`,
  attributes: `x${".a".repeat(DEEP)}\n`,
  calls: `x${"()".repeat(DEEP)}\n`,
  subscripts: `x${"[0]".repeat(DEEP)}\n`,
  "assignments in a row": `${"x = ".repeat(DEEP)}1\n`,
  elifs: `if a: pass\n${"elif b: pass\n".repeat(DEEP)}`,
  decorators: fill("@d\n"),
  "nested blocks": Array.from({ length: 3_000 }, (_, i) => `${" ".repeat(i)}if a:\n`).join(""),
  "open f-strings": "f'{".repeat(DEEP),
  "f-strings in f-strings": `${"f'{".repeat(DEEP)}1${"}'".repeat(DEEP)}`,
  "format specifications": `f'${"{a:".repeat(DEEP)}${"}".repeat(DEEP)}'`,
  patterns: `match a:\n  case ${"[".repeat(DEEP)}${"]".repeat(DEEP)}: pass\n`,
  "an f-string of many comments": `f'''{x = ${"#".repeat(DEEP)}\n!y}'''`,
  "a long string": `x = "${"a".repeat(5 * MEGABYTE)}"\n`,
  "an open triple quote": `x = """${fill("a\n", 5 * MEGABYTE)}`,
  "many open strings": fill("x = 'a\n"),
  "a long number": `x = 0x${"f".repeat(5 * MEGABYTE)}\ny = ${"9".repeat(5 * MEGABYTE)}\nz = ${"1_".repeat(DEEP)}\n`,
  "a long name": `${"a".repeat(5 * MEGABYTE)} = 1\n`,
  "a long list": `x = [${fill("1, ")}]\n`,
  "many statements": fill("x = f(1)\n", 5 * MEGABYTE),
  "line continuations": fill("\\\n"),
  "blank lines": fill(" \n"),
  "odd characters": fill("\ud83d\u0301?", MEGABYTE / 2),
  cells: fill(`x${CELL_BOUNDARY}`, MEGABYTE / 10),
};
for (const [name, text] of Object.entries(HUGE)) {
  test(`huge: ${name}`, () => {
    check(text);
    withoutMagics(text);
  });
}
