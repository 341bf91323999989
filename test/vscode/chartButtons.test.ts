import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, next, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const STATUS = ".status";
const SUBTITLE = ".role-title-subtitle";

/** The chart of the first layer of mlp.py, in the panel, with its form open. */
async function openChart(): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(file("mlp.py"));
  await window.click(LENS, "784→256");
  await window.click(".tools button", "Change");
  return editor;
}

export const chartButtonTests: readonly Test[] = [
  {
    name: "a chart's form draws any scheme in any framework; its code is copied",
    async run() {
      await openChart();
      await window.select(".view form .field", "Scheme", "glorot_uniform");
      await window.waitFor(SUBTITLE, "Glorot uniform");
      await window.select(".view form .field", "Framework", "keras");
      await window.select(".view form .field", "Activation after it", "tanh");
      await window.screenshot("panel-form");
      await window.select(".view form .field", "Framework", "torch");
      await window.select(".view form .field", "Activation after it", "");
      await window.waitFor(SUBTITLE, "Glorot uniform, U(±0.0759");
      await window.click(".tools button", "Copy snippet");
      await window.waitFor(STATUS, "Copied");
      assert.match(await vscode.env.clipboard.readText(), /nn\.init\.xavier_uniform_\(fc1\.weight\)/);
    },
  },
  {
    name: "a refused choice says why in its chart",
    async run() {
      await openChart();
      await window.select(".view form .field", "Scheme", "glorot_uniform");
      await window.select(".view form .field", "Mode", "fan_out");
      await window.waitFor(".status.failed", "takes no mode");
      await window.waitFor(".chart .mark-rect path");
    },
  },
  {
    name: "a chosen scheme is applied to the source, once, and undone in one step",
    async run() {
      const editor = await openChart();
      const before = editor.document.getText();
      await window.click(".tools button", "Apply to source");
      await window.waitFor(STATUS, "Choose a scheme");
      assert.equal(editor.document.getText(), before);
      for (const [scheme, name] of [
        ["he_uniform", "He uniform"],
        ["orthogonal", "Orthogonal"],
      ] as const) {
        const changed = next(
          vscode.workspace.onDidChangeTextDocument,
          ({ document }) => document === editor.document,
        );
        await window.select(".view form .field", "Scheme", scheme);
        await window.waitFor(SUBTITLE, name);
        await window.click(".tools button", "Apply to source");
        await changed;
      }
      await window.waitFor(STATUS, "Applied to line 3");
      const applied = editor.document.getText();
      assert.match(applied, /784, 256\)\nnn\.init\.orthogonal_\(fc1\.weight\)\n/);
      assert.doesNotMatch(applied, /kaiming_uniform_/);
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand("undo");
      await vscode.commands.executeCommand("undo");
      assert.equal(editor.document.getText(), before);
    },
  },
];
