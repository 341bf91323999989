import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../src/cli/commands.js";

test("every command has a one-line summary", () => {
  for (const [name, { summary }] of COMMANDS) assert.match(summary, /^[^\n]+$/, name);
});
