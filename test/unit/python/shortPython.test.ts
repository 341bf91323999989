import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { parseModule } from "../../../src/python/parse/parse.js";
import { treeText } from "./treeText.js";

const { shortened } = (await import(pathToFileURL(path.resolve("scripts/package/shortPython.mjs")).href)) as {
  shortened(source: string): string;
};

const tree = (source: string) => {
  const { body, errors } = parseModule(source).module;
  assert.deepEqual(errors, []);
  return body.statements.map(treeText).join("\n");
};

test("the bundled Python says what its files say", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".py"),
  );
  assert.ok(files.length > 100);
  for (const file of files) {
    const source = readFileSync(path.join("src", file), "utf8");
    assert.equal(tree(shortened(source)), tree(source), file);
  }
});

test("strings over several lines stay as they are, comments and empty lines go", () => {
  const source = 'def f():\n    """One\n\n    # two\n    """\n\n    # three\n    return "#"  \n';
  assert.equal(shortened(source), 'def f():\n """One\n\n    # two\n    """\n return "#"\n');
});
