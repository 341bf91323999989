/** What a module's statements left out of a model is told where the model is asked for by its name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelReader } from "../../../src/layers/reading/model.js";

const SOURCE = `
import keras
from somewhere import extra, data
stem = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
stem.add(extra())
net = keras.Sequential([stem, keras.layers.Dense(2)])
other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
x = data(*extra())
other.fit(x)
`;

function isComplete(call: string): boolean {
  const reader = new ModelReader(
    { file: "/w/m.py", cells: [{ index: null, text: SOURCE }] },
    {
      reader: { read: () => null },
      roots: ["/w"],
      sitePackages: [],
      now: () => 0,
    },
  );
  const outcome = reader.read(call);
  assert.ok(!("error" in outcome));
  return outcome.complete;
}

test("a layer that is not known makes a named model incomplete, and what is made of it", () => {
  assert.equal(isComplete("stem"), false);
  assert.equal(isComplete("net"), false);
});

test("what nobody knows of the data says nothing against the model", () => {
  assert.equal(isComplete("other"), true);
});
