/** Files nobody wrote on purpose: one clear refusal, or an analysis of what can be read; never a crash. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { analyseFile } from "../../../src/cli/analyseFile.js";
import { UsageError } from "../../../src/cli/usage.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-broken-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** How many layers are found in a file of this text; `null` where it is refused in words. */
function layersIn(name: string, text: string): number | null {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  try {
    return analyseFile(file, { root: undefined, sitePackages: [] }).layers.length;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    assert.match(error.message, /^[^\n]+$/);
    return null;
  }
}

const LAYER = "from torch import nn\nfc = nn.Linear(4, 2)\n";
const notebook = (cells: unknown, nbformat: unknown = 4) =>
  JSON.stringify({ cells, metadata: {}, nbformat, nbformat_minor: 5 });
const code = (source: unknown) => ({ cell_type: "code", source, metadata: {}, outputs: [] });

/** Cases that once were, or well might be, mishandled: text → layers found, `null` for refused. */
const NOTEBOOKS: readonly (readonly [why: string, text: string, layers: number | null])[] = [
  ["sound", notebook([code(LAYER)]), 1],
  ["source as lines", notebook([code(["from torch import nn\n", "fc = nn.Linear(4, 2)\n"])]), 1],
  ["empty", "", null],
  ["cut off", notebook([code(LAYER)]).slice(0, -20), null],
  ["another kind of JSON", "[]", null],
  ["null", "null", null],
  ["no cells", "{}", null],
  ["cells that are no list", notebook({ 0: code(LAYER) }), null],
];

for (const [why, text, layers] of NOTEBOOKS) {
  test(`a notebook: ${why}`, () => assert.equal(layersIn("case.ipynb", text), layers));
}

test("any JSON as a notebook is analysed or refused", () => {
  const cell = fc.oneof(
    fc.jsonValue(),
    fc.record({ cell_type: fc.constant("code"), source: fc.jsonValue() }),
  );
  fc.assert(
    fc.property(fc.array(cell), fc.jsonValue(), (cells, nbformat) => {
      layersIn("any.ipynb", notebook(cells, nbformat));
    }),
    { numRuns: 200 },
  );
});

test("any text as Python or a net is analysed", () => {
  fc.assert(
    fc.property(fc.constantFrom("any.py", "any.prototxt"), fc.string(), (name, text) => {
      assert.notEqual(layersIn(name, text), null);
    }),
    { numRuns: 200 },
  );
});
