/** Each kind of mistake, in each framework where it can be made, beside the code that was meant; fixes mend it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { RULES } from "../../../src/init/rules.js";
import { mergedEdits } from "../../../src/source/fixes.js";
import type { Finding } from "../../../src/types.js";
import { applied } from "../appliedEdits.js";

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

/** What is found of a rule after its fixes, and what else harms then that did not before. */
function leftByFixes(source: string, code: string): readonly string[] {
  const before = found(source);
  const fixed = before.filter((one) => one.code === code && one.fix !== null);
  if (fixed.length === 0) return [];
  const after = found(applied(source, mergedEdits(fixed)));
  const count = (findings: readonly Finding[], wanted: string) =>
    findings.filter((one) => one.code === wanted).length;
  return RULES.filter(({ severity, code: other }) => other === code || severity !== "information").flatMap(
    ({ code: other }) => {
      const allowed = count(before, other) - (other === code ? fixed.length : 0);
      return count(after, other) > allowed ? [other] : [];
    },
  );
}

const files = readdirSync(FOLDER).sort();

for (const file of files) {
  const code = path.basename(file, ".py");
  const pairs = [...readFileSync(path.join(FOLDER, file), "utf8").matchAll(PAIR)];

  test(`${file} has pairs of wrong and right code`, () => assert.notEqual(pairs.length, 0));

  for (const [, framework, title, wrong, right] of pairs) {
    test(`${code} in ${framework}: ${title}; not what was meant`, () => {
      const imports = IMPORTS[framework!]!;
      const codes = found(imports + wrong).map((one) => one.code);
      assert.ok(codes.includes(code), `found ${codes.join(", ") || "nothing"} in\n${wrong}`);
      const mistaken = found(imports + right).filter(
        (one) => one.code === code || one.severity !== "information",
      );
      assert.deepEqual(mistaken, [], right);
      assert.deepEqual(leftByFixes(imports + wrong, code), [], "after its fixes");
    });
  }
}

test("every rule has wrong and right code", () => {
  assert.deepEqual(
    files,
    RULES.map(({ code }) => `${code}.py`),
  );
});
