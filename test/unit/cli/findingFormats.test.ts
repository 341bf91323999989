import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMATS } from "../../../src/cli/check/formats.js";
import { RULES } from "../../../src/init/rules.js";
import type { Finding } from "../../../src/types.js";

const finding = (site: Partial<Finding["site"]>): Finding => ({
  code: "IL003",
  severity: "warning",
  message: "100 % too large",
  site: { file: "/a b/mödel.py", line: 3, column: 5, ...site },
  fix: null,
});

const written = (format: string, ...findings: Finding[]): string => FORMATS.get(format)!(findings);

test("text and GitHub's commands name file, cell, line and column", () => {
  assert.equal(
    written("text", finding({}), finding({ cell: 1 })),
    "/a b/mödel.py:3:5: IL003 100 % too large\n/a b/mödel.py:cell 2:3:5: IL003 100 % too large\n2 findings\n",
  );
  assert.equal(written("text"), "0 findings\n");
  assert.equal(
    written("github", finding({})),
    "::warning file=/a b/mödel.py,line=3,col=5,title=IL003::100 %25 too large\n",
  );
});

test("SARIF 2.1.0: every rule, an address for each file, a region where lines are those of the file", () => {
  const log = JSON.parse(written("sarif", finding({ endLine: 3, endColumn: 9 }), finding({ cell: 1 })));
  const [{ tool, columnKind, results }] = log.runs;
  assert.equal(log.version, "2.1.0");
  assert.equal(columnKind, "utf16CodeUnits");
  assert.deepEqual(
    tool.driver.rules.map(({ id }: { id: string }) => id),
    RULES.map(({ code }) => code),
  );
  for (const { helpUri } of tool.driver.rules) assert.equal(new URL(helpUri).protocol, "https:");
  assert.deepEqual(results[0], {
    ruleId: "IL003",
    level: "warning",
    message: { text: "100 % too large" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "/a%20b/m%C3%B6del.py" },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
        },
      },
    ],
  });
  assert.deepEqual(results[1].locations, [
    {
      physicalLocation: { artifactLocation: { uri: "/a%20b/m%C3%B6del.py" } },
      message: { text: "cell 2, line 3" },
    },
  ]);
});
