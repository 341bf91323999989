import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  binaryFormula,
  type Formula,
  negativeFormula,
  rootFormula,
} from "../../../src/python/symbols/formula.js";

/** A formula with what it is at n = 7, m = 3. */
interface Known {
  readonly formula: Formula;
  readonly value: number;
}

const named = (text: string): Formula => ({ text, names: [text] });

const LEAF: fc.Arbitrary<Known> = fc.oneof(
  fc.constantFrom({ formula: named("n"), value: 7 }, { formula: named("m"), value: 3 }),
  fc.integer({ min: 1, max: 9 }).map((value) => ({ formula: { text: String(value), names: [] }, value })),
);

const OPERATIONS = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
} as const;

const { known } = fc.letrec<{ known: Known | null }>((tie) => ({
  known: fc.oneof(
    { depthSize: "small" },
    LEAF,
    tie("known").map((of) => made(of && rootFormula(of.formula), of && Math.sqrt(of.value))),
    tie("known").map((of) => made(of && negativeFormula(of.formula), of && -of.value)),
    fc
      .tuple(
        fc.constantFrom(...(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])),
        tie("known"),
        tie("known"),
      )
      .map(([op, a, b]) =>
        made(a && b && binaryFormula(op, a.formula, b.formula), a && b && OPERATIONS[op](a.value, b.value)),
      ),
  ),
}));

const made = (formula: Formula | null, value: number | null): Known | null =>
  formula === null || value === null ? null : { formula, value };

/** What a reader of the text computes: `√` binds as tightly as a name. */
function read(text: string): number {
  const roots = (part: string): string => {
    const at = part.lastIndexOf("√");
    if (at < 0) return part;
    const end = endOfOperand(part, at + 1);
    return roots(`${part.slice(0, at)}Math.sqrt(${part.slice(at + 1, end)})${part.slice(end)}`);
  };
  return new Function("n", "m", `return ${roots(text)}`)(7, 3) as number;
}

function endOfOperand(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
    if (depth === 0 && (text[at] === ")" || !/[\w.]/.test(text[at + 1] ?? " "))) return at + 1;
  }
  return text.length;
}

test("a formula read as it is written has the value it was computed with", () => {
  fc.assert(
    fc.property(known, (one) => {
      fc.pre(one !== null && Number.isFinite(one.value));
      const value = read(one!.formula.text);
      assert.ok(Math.abs(value - one!.value) <= 1e-5 * Math.max(1, Math.abs(one!.value)), one!.formula.text);
    }),
  );
});

test("powers that are roots and fractions are written so, others not at all", () => {
  const power = (exponent: string) =>
    binaryFormula("**", named("n + 1"), { text: exponent, names: [] })?.text ?? null;
  assert.deepEqual(["0.5", "-0.5", "-1", "2", "0.3"].map(power), [
    "√(n + 1)",
    "1/√(n + 1)",
    "1/(n + 1)",
    "(n + 1)²",
    null,
  ]);
});

test("a formula nobody would read is none, and keeps no other from being one", () => {
  const long = named("n".repeat(50));
  assert.equal(binaryFormula("*", long, long), null);
  assert.equal(binaryFormula("*", null, named("n")), null);
});
