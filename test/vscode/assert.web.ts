// In a browser, where `node:assert/strict` is not: the npm package `assert`, which is the same code.
import assert from "assert";

export default assert.strict;
