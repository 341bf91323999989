/** Each kind of mistake, in each framework where it can be made, beside the code that was meant. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { RULES } from "../../../src/init/rules.js";
import type { Finding } from "../../../src/types.js";

const FOLDER = path.resolve("test/fixtures/rules");

/** What a program of each framework begins with. */
const IMPORTS: Readonly<Record<string, string>> = {
  torch: "import copy\nimport math\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n",
  keras: "import keras\nfrom keras import layers, initializers\n",
  tensorflow: "import tensorflow as tf\n",
  flax: "import jax, jax.numpy as jnp\nimport flax.linen as nn\n",
  nnx: "import jax, jax.numpy as jnp\nfrom flax import nnx\n",
  jax: "import jax, jax.numpy as jnp\n",
  numpy: "import numpy as np\n",
};

/** `# %% framework: title`, the wrong code, `# %% right`, the right code. */
const PAIR = /^# %% (\w+): (.*)\n([\s\S]*?)^# %% right\n([\s\S]*?)(?=^# %%|(?![\s\S]))/gm;

function found(source: string): readonly Finding[] {
  return analyse({ file: "/program.py", cells: [{ index: null, text: source }] }, { read: () => null })
    .findings;
}

const files = readdirSync(FOLDER).sort();

for (const file of files) {
  const code = path.basename(file, ".py");
  for (const [, framework, title, wrong, right] of readFileSync(path.join(FOLDER, file), "utf8").matchAll(
    PAIR,
  )) {
    test(`${code} in ${framework}: ${title}; not what was meant`, () => {
      const imports = IMPORTS[framework!]!;
      const codes = found(imports + wrong).map((one) => one.code);
      assert.ok(codes.includes(code), `found ${codes.join(", ") || "nothing"} in\n${wrong}`);
      const mistaken = found(imports + right).filter(
        (one) => one.code === code || one.severity !== "information",
      );
      assert.deepEqual(mistaken, [], right);
    });
  }
}

test("every rule has wrong and right code", () => {
  assert.deepEqual(
    files,
    RULES.map(({ code }) => `${code}.py`),
  );
});
