import type * as vscode from "vscode";
import { CHOICES, redrawing } from "../../preview/redrawing.js";
import { parseToExtension, type ToExtension, type ToRenderer } from "../../renderer/protocol.js";
import type { AnalysisService } from "../services/analysisService.js";
import type { ChartService } from "../services/chartService.js";
import { applyToSource, copySnippet, savePicture } from "./chartActions.js";

/** How a chart gets its answers: those of one notebook editor, or the panel's. */
export type Reply = (message: ToRenderer) => void;

type MessageOf<T extends ToExtension["type"]> = Extract<ToExtension, { type: T }>;

/** Answers what charts ask for, be they notebook outputs or the preview panel. */
export class ChartMessages {
  readonly #charts: ChartService;
  readonly #analyses: AnalysisService;
  readonly #log: vscode.LogOutputChannel;
  /** What ends the drawing under way, by chart. */
  readonly #drawing = new Map<string, AbortController>();

  constructor(charts: ChartService, analyses: AnalysisService, log: vscode.LogOutputChannel) {
    this.#charts = charts;
    this.#analyses = analyses;
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
        return notify(message, reply, await savePicture(message));
      case "copySnippet":
        return notify(message, reply, await copySnippet(message.payload));
      case "apply":
        return notify(message, reply, await applyToSource(message.payload, this.#analyses));
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

/** A line for the reader of a chart, where there is one. */
function notify({ output }: ToExtension, reply: Reply, message: string | undefined): void {
  if (message !== undefined) reply({ type: "notice", output, message });
}
