/** What PyYAML 6.0 makes of the same texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const { show, complete } = run("import yaml\n");

const EXPECTED = `
yaml.safe_load("[y, n, Y, N, yes, No, on, OFF, True, ~]") -> ['y', 'n', 'Y', 'N', True, False, True, False, True, None]
yaml.safe_load("{y: 1, n: 2, x: {Y: 3}, yes: 4}") -> {'y': 1, 'n': 2, 'x': {'Y': 3}, True: 4}
yaml.safe_load("[1_000, 0o7, 07, 0b1, 1:30, +1, -0x1F, 09]") -> [1000, '0o7', 7, 1, 90, 1, -31, '09']
yaml.safe_load("[1e3, 1.0e3, 1.0e+3, .5, 1., .inf, 1e-5]") -> ['1e3', '1.0e3', 1000.0, 0.5, 1.0, inf, '1e-5']
`;

for (const line of EXPECTED.trim().split("\n")) {
  const [expression, wanted] = line.split(" -> ");
  test(expression!, () => assert.equal(show(expression!), wanted));
}

test("nothing of it is left out", () => assert.equal(complete, true));
