import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

export const tests: readonly Test[] = [
  {
    name: "a lens stands above each layer of a .py file",
    async run() {
      await vscode.window.showTextDocument(file("numpy_layer.py"));
      const lenses = await window.waitFor(".codelens-decoration", "64×32");
      assert.ok(lenses.length > 0);
      await window.screenshot("py-lens");
    },
  },
  {
    name: "a lens stands above each layer of a notebook cell, a click inserts the chart",
    async run() {
      await vscode.commands.executeCommand("vscode.open", file("tour.ipynb"));
      await window.waitFor(".codelens-decoration a", "64×32");
      await window.screenshot("notebook-lens");
      await window.click(".codelens-decoration a", "64×32");
      await window.waitFor(".code-cell-row", "rng");
      await window.screenshot("notebook-preview");
    },
  },
];
