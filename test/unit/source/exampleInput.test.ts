import assert from "node:assert/strict";
import { test } from "node:test";
import { inputPlaceAt } from "../../../src/source/exampleInput.js";

/** The text after the input of the model at `$0` is set. */
function set(marked: string, shapes: string): string {
  const at = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const { start, end, text: written } = inputPlaceAt(text, at).edit(shapes);
  return text.slice(0, start) + written + text.slice(end);
}

const NET = "class Net(nn.Module):\n    def forward(self, x):\n        return $0x\n";

test("above the class around the cursor", () => {
  assert.equal(
    set(`import torch\n\n${NET}`, "N, 3"),
    `import torch\n\n# init-lens: input (N, 3)\n${NET.replace("$0", "")}`,
  );
  assert.equal(
    set(`@final\n${NET}`, "(N, 3)"),
    `# init-lens: input (N, 3)\n@final\n${NET.replace("$0", "")}`,
  );
});

test("in place of the comment that is there", () => {
  const marked = `# init-lens: input (1, 3)\n${NET}`;
  assert.equal(inputPlaceAt(marked.replace("$0", ""), marked.indexOf("$0")).present, "(1, 3)");
  assert.equal(set(marked, "8,3"), `# init-lens: input (8, 3)\n${NET.replace("$0", "")}`);
});

test("for the whole file outside of all classes, below its first lines", () => {
  assert.equal(
    set("#!/usr/bin/env python\nx$0 = 1\n", "1"),
    "#!/usr/bin/env python\n# init-lens: input (1)\nx = 1\n",
  );
  assert.equal(set("# init-lens: input (1)\nx$0 = 1\n", "2"), "# init-lens: input (2)\nx = 1\n");
  assert.equal(set("$0", "2"), "# init-lens: input (2)\n");
});

test("with the file's own ends of lines", () => {
  assert.equal(
    set("class A:\r\n    x$0 = 1\r\n", "2, 3"),
    "# init-lens: input (2, 3)\r\nclass A:\r\n    x = 1\r\n",
  );
});
