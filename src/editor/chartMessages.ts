import * as vscode from "vscode";
import { redrawing } from "../redrawing.js";
import { parseToExtension, type ToExtension, type ToRenderer } from "../renderer/protocol.js";
import type { ChartService } from "./chartService.js";

/** How a chart gets its answers: those of one notebook editor, or the panel's. */
export type Reply = (message: ToRenderer) => void;

type MessageOf<T extends ToExtension["type"]> = Extract<ToExtension, { type: T }>;

/** Answers what charts ask for, be they notebook outputs or the preview panel. */
export class ChartMessages {
  readonly #charts: ChartService;
  readonly #log: vscode.LogOutputChannel;
  /** What ends the drawing under way, by chart. */
  readonly #drawing = new Map<string, AbortController>();

  constructor(charts: ChartService, log: vscode.LogOutputChannel) {
    this.#charts = charts;
    this.#log = log;
  }

  /** One message of unknown origin. */
  async receive(raw: unknown, reply: Reply): Promise<void> {
    const message = parseToExtension(raw);
    if (!message) return;
    try {
      await this.#answer(message, reply);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#log.error(`${message.type}: ${text}`);
      reply({ type: "notice", output: message.output, message: text });
    }
  }

  async #answer(message: ToExtension, reply: Reply): Promise<void> {
    switch (message.type) {
      case "hello":
        return reply({ type: "welcome", output: message.output, choices: CHOICES });
      case "draw":
        return this.#draw(message, reply);
      case "cancel":
        return this.#drawing.get(message.output)?.abort();
      case "save":
        return save(message, reply);
      default:
        return;
    }
  }

  /** A newer question of the same chart ends the one before. */
  async #draw({ output, ticket, request, payload }: MessageOf<"draw">, reply: Reply): Promise<void> {
    this.#drawing.get(output)?.abort();
    const abort = new AbortController();
    this.#drawing.set(output, abort);
    const onProgress = (fraction: number) => reply({ type: "progress", output, ticket, fraction });
    try {
      const wanted = redrawing(request, payload);
      const drawn = await this.#charts.redraw(wanted, { signal: abort.signal, onProgress });
      reply({ type: "payload", output, ticket, payload: drawn });
    } catch (error) {
      if (abort.signal.aborted) return;
      reply({
        type: "failed",
        output,
        ticket,
        message: error instanceof Error ? error.message : String(error),
      });
    } finally {
      if (this.#drawing.get(output) === abort) this.#drawing.delete(output);
    }
  }
}

/** What a reader may choose from. */
const CHOICES = { schemes: [], modes: [], activations: [], frameworks: [], canApply: false };

async function save({ output, name, format, data }: MessageOf<"save">, reply: Reply): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\w.-]+/g, "-")}.${format}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, file) } : {}),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (!target) return;
  const bytes =
    format === "svg" ? new TextEncoder().encode(data) : Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  await vscode.workspace.fs.writeFile(target, bytes);
  reply({ type: "notice", output, message: vscode.l10n.t("Saved {0}", target.path.replace(/.*\//, "")) });
}
