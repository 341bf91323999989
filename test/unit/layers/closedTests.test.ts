/** Layers under an `if` of the module that its constants close. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { AnalysisSession } from "../../../src/analysisSession.js";

const NO_FILES = { read: () => null };

const TEXT = `
from tensorflow import keras
from tensorflow.keras import layers
kind, deep = "cnn", False
if kind == "mlp":
    if deep:
        net = keras.Sequential([keras.Input((5,)), layers.Dense(100), layers.Dense(10)])
    else:
        net = keras.Sequential([keras.Input((28,)), layers.Dense(7)])
elif kind == "cnn":
    net = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(10, 3), layers.Flatten()])
    if deep:
        net.add(layers.Dense(13))
    net.add(layers.Dense(3))
`;

const documentOf = (text: string) => ({ file: "/w/m.py", cells: [{ index: null, text }] });
const shapesOf = ({ layers }: ReturnType<typeof analyse>) =>
  layers.map(({ site, parameters }) => `${site.line} ${parameters[0]?.shape.join("x")}`);

test("layers of a branch that a constant closes are told as if it were taken", () => {
  assert.deepEqual(shapesOf(analyse(documentOf(TEXT), NO_FILES)), [
    "7 5x100",
    "7 100x10",
    "9 28x7",
    "11 3x3x3x10",
    "13 360x13",
    "14 360x3",
  ]);
});

test("the branch that is taken is told as the program makes it", () => {
  const text = TEXT.replace("net.add(layers.Dense(3))", "net.add(layers.Dense(net.output_shape[-1]))");
  assert.equal(shapesOf(analyse(documentOf(text), NO_FILES)).at(-1), "14 360x360");
});

test("after an edit closed branches are told as those of the text alone", () => {
  const session = new AnalysisSession();
  const function_ = "\ndef scale(x):\n    return x * 2\n";
  for (const text of [TEXT + function_, TEXT + function_.replace("2", "3"), TEXT.replace("100", "50")]) {
    const alone = analyse(documentOf(text), NO_FILES);
    assert.deepEqual(shapesOf(analyse(documentOf(text), NO_FILES, { session })), shapesOf(alone));
  }
});
