import * as vscode from "vscode";
import type { ChartMessages } from "../editor/charts/chartMessages.js";

const RENDERER = "init-lens";

/** Connects the charts in notebook outputs with what answers them. */
export function answerOutputs(messages: ChartMessages): vscode.Disposable {
  const channel = vscode.notebooks.createRendererMessaging(RENDERER);
  return channel.onDidReceiveMessage(({ editor, message }) => {
    void messages.receive(message, (reply) => void channel.postMessage(reply, editor));
  });
}
