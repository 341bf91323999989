import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { MentionedFiles } from "../../../src/source/mentionedFiles.js";
import { mentionsIn } from "../../../src/source/namesInText.js";

const names = fc.constantFrom("net", "Net", "torch", "utils");
const change = fc.record({
  file: fc.constantFrom("/w/a.py", "/w/b.py", "/w/c.py"),
  imported: fc.option(fc.array(names, { maxLength: 3 })),
});

test("after any changes, importers of a name are the files whose present text imports it", () =>
  fc.assert(
    fc.property(fc.array(change), names, names, (changes, one, other) => {
      const files = new MentionedFiles();
      for (const { file, imported } of changes) {
        if (imported === null) files.delete(file);
        else files.set(file, mentionsIn(file, imported.map((name) => `import ${name}\n`).join("")));
      }
      const wanted = [...files].filter(([, { imported }]) => imported.has(one) || imported.has(other));
      assert.deepEqual([...files.importersOf([one, other])].sort(), wanted.map(([file]) => file).sort());
      assert.deepEqual([...files.paths()].sort(), [...files].map(([file]) => file).sort());
    }),
  ));
