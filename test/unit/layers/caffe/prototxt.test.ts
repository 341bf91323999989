import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Message, parsePrototxt } from "../../../../src/layers/caffe/prototxt.js";

/** Fields as `name=value`, messages in braces. */
const plain = ({ fields }: Message): string =>
  fields
    .map(({ name, value }) => (typeof value === "object" ? `${name}{${plain(value)}}` : `${name}=${value}`))
    .join(" ");

/** A text and its fields. */
const CASES: [text: string, fields: string][] = [
  [
    'name: "net" # comment\nlayer { type: "Data"; top: "a", top: "b" }',
    "name=net layer{type=Data top=a top=b}",
  ],
  ["dim: [1, 3, 224]\nshape < dim: 2 >", "dim=1 dim=3 dim=224 shape{dim=2}"],
  ["pool: MAX std: 1e-2 lr: 0.5f bias: false", "pool=MAX std=0.01 lr=0.5 bias=false"],
  ["param { a: 1 } param: { b: 2 }", "param{a=1} param{b=2}"],
  [
    "name: constructor type: toString layer { __proto__: 1 }",
    "name=constructor type=toString layer{__proto__=1}",
  ],
  ["layer { a: 1", "layer{a=1}"],
  ["a: 1 } b: 2", "a=1 b=2"],
  ["a: b: 2", "a=b"],
];
for (const [text, fields] of CASES) {
  test(`prototxt: ${text.split("\n")[0]}`, () => assert.equal(plain(parsePrototxt(text)), fields));
}

test("what is wrong is told with its place", () => {
  const { problems } = parsePrototxt("a: 1\n} b");
  assert.deepEqual(
    problems.map(({ start, end }) => [start, end]),
    [
      [5, 6],
      [7, 8],
    ],
  );
  assert.deepEqual(parsePrototxt("layer { a: 1 }").problems, []);
});

test("fields lie within the text, in its order, whatever the text", () => {
  const piece = fc.constantFrom(
    "a",
    " ",
    ":",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    '"',
    "'",
    "\\",
    ",",
    ";",
    "#",
    "\n",
    "1",
    "\0",
    "é",
  );
  const check = ({ fields }: Message, from: number, to: number): void => {
    let last = from;
    for (const { start, end, value } of fields) {
      assert.ok(last <= start && start <= end && end <= to);
      if (typeof value === "object") check(value, start, end);
      last = start;
    }
  };
  const property = fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
    const text = pieces.join("");
    check(parsePrototxt(text), 0, text.length);
  });
  fc.assert(property, { seed: 5, numRuns: 2_000 });
  for (const text of ["a{".repeat(100_000), "a:[".repeat(100_000), "}".repeat(100_000)]) {
    check(parsePrototxt(text), 0, text.length);
  }
});
