import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const BARS = ".chart .mark-rect path";
const MESSAGE = ".notification-list-item-message";

export const sizeTests: readonly Test[] = [
  {
    name: "impossible sizes are told in place, and every other layer keeps its lens",
    async run() {
      const editor = await vscode.window.showTextDocument(file("sizes.py"));
      const lenses = await window.waitFor(LENS, "64→32 · draws U(±0.125)");
      assert.ok(lenses.includes("32×0 · no values: one size is 0"), lenses.join("\n"));
      assert.ok(lenses.includes("-3×32 · no such size: -3"), lenses.join("\n"));
      assert.ok(lenses.some((lens) => lens.startsWith("?×32 · draws N(0, 0.05²)")));
      const told = vscode.languages.getDiagnostics(editor.document.uri).map(({ message, range }) => {
        return `${editor.document.lineAt(range.start).text.split(" ")[0]}: ${message}`;
      });
      assert.ok(
        told.some((one) => /^negative: .*negative dimension -3/.test(one)),
        told.join("\n"),
      );
      assert.ok(
        told.some((one) => /^fraction: .*must be an int/.test(one)),
        told.join("\n"),
      );
      await window.hover(".view-line span", "-0.05");
      await window.waitFor(".monaco-hover .rendered-markdown", "cannot be drawn: no such size: -3");
      await window.screenshot("sizes");
    },
  },
  {
    name: "a click on the lens of an impossible size says why nothing is drawn",
    async run() {
      await vscode.window.showTextDocument(file("sizes.py"));
      for (const [lens, reason] of [
        ["32×0", "one size is 0"],
        ["-3×32", "no such size: -3"],
        ["?×32", "Not all sizes are known"],
      ]) {
        await window.click(LENS, lens);
        // While tests run the editor shows no toasts.
        await vscode.commands.executeCommand("notifications.showList");
        await window.waitFor(MESSAGE, reason);
        await vscode.commands.executeCommand("notifications.clearAll");
      }
    },
  },
  {
    name: "10¹² weights are drawn as their histogram alone",
    async run() {
      await vscode.window.showTextDocument(file("sizes.py"));
      await window.click(LENS, "1000000→1000000");
      await window.waitFor(".role-title-subtitle", "1,000,000,000,000 values");
      assert.ok((await window.waitFor(BARS)).length >= 10);
      await window.screenshot("vast-size");
    },
  },
];
