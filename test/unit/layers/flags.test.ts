/** Flags that a program declares with absl or TensorFlow have their defaults. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";

for (const imports of [
  "from absl import app, flags, logging",
  "import tensorflow as tf\nflags, app, logging = tf.flags, tf.app, tf.logging",
]) {
  test(`sizes from flags: ${imports}`, () => {
    const text = `${imports}
import torch
FLAGS = flags.FLAGS
flags.DEFINE_integer("hidden", 50, "Units.")
flags.DEFINE_string("given", None, "Nobody knows.")
_OUT = flags.DEFINE_integer("out", 7, "Outputs.")
def make():
    logging.info("now")
    return torch.nn.Linear(FLAGS.hidden, _OUT.value), torch.nn.Linear(FLAGS.given, FLAGS["out"].value)
if __name__ == "__main__":
    app.run(make)
`;
    const { layers } = analyse({ file: "/m.py", cells: [{ index: null, text }] }, { read: () => null });
    assert.deepEqual(
      layers.map(({ parameters }) => parameters[0]!.shape),
      [
        [7, 50],
        [7, "FLAGS.given"],
      ],
    );
  });
}
