/** One chart on screen: drawn from a payload, redrawn with theme and width, changed through the extension. */
import type * as vega from "vega";
import { chartAnswer, chartFacts, chartSpec, chartZooms } from "../charts/chart";
import { chartView } from "../charts/form";
import { type DrawRequest, type Payload, parsePayload } from "../charts/payload";
import { subject } from "../charts/words";
import { controls } from "./controls";
import { button, make, notice, table } from "./elements";
import { type Frame, makeFrame, oncePerFrame } from "./frame";
import type { Host } from "./host";
import type { Choices, ToRenderer } from "./protocol";
import { download, pngFile, svgFile } from "./save";
import { textTooltip } from "./tooltip";
import { onBrush, type Range, shownRange, zoomByKey } from "./zoom";

/** What is kept of a view that scrolls away and comes back. */
interface Kept {
  readonly zoom?: Range | undefined;
  readonly open?: readonly string[];
  /** Drawn since the output was saved. */
  readonly payload?: unknown;
}

const PLOT_HEIGHT = 220;

export class ChartView {
  private readonly frame: Frame;
  private readonly chart = make("div", { class: "chart", tabindex: "0", role: "group" });
  private readonly tools = make("div", { class: "tools" });
  private readonly status = make("div", { class: "status", role: "status" });
  private readonly form = make("section", { hidden: "", "aria-label": "What is drawn" });
  private readonly facts = make("section", { hidden: "", "aria-label": "Figures" });
  private readonly redraw = oncePerFrame(() => void this.draw());
  private payload: Payload;
  /** Names of the sections that the reader has opened. */
  private readonly open: Set<string>;
  private zoom: Range | undefined;
  private drawn: vega.View | undefined;
  private undoDrawing: () => void = () => {};
  private choices: Choices | undefined;
  /** What the tools and the form were made from. */
  private offered = "";
  private said = "";
  private ticket = 0;
  private generation = 0;

  constructor(
    element: HTMLElement,
    private readonly output: string,
    payload: Payload,
    private readonly host: Host,
  ) {
    const kept = (host.recall(output) ?? {}) as Kept;
    const redrawn = kept.payload === undefined ? null : parsePayload(kept.payload);
    this.payload = redrawn?.ok ? redrawn.value : payload;
    this.zoom = kept.zoom;
    this.frame = makeFrame(element, () => this.redraw.request());
    this.open = new Set(kept.open);
    this.frame.view.append(this.chart, this.status, this.tools, this.form, this.facts);
    this.fill();
    this.connect();
  }

  /** Settles when the chart stands; the page may measure it then. */
  async draw(): Promise<void> {
    const width = this.frame.width();
    if (width === 0) return;
    const generation = ++this.generation;
    const theme = this.frame.theme();
    const zoom = chartZooms(this.payload) ? this.zoom : undefined;
    const spec = chartSpec(this.payload, { theme, width, height: PLOT_HEIGHT, zoom, interactive: true });
    const container = make("div");
    const tooltip = textTooltip(this.frame.view);
    const view = chartView(spec, { renderer: "svg", container, tooltip: tooltip.handler });
    const undo = () => {
      view.finalize();
      tooltip.dispose();
    };
    await view.runAsync();
    if (generation !== this.generation) return undo();
    this.undoDrawing();
    const unbrush = chartZooms(this.payload) ? onBrush(view, (range) => this.zoomTo(range)) : () => {};
    this.undoDrawing = () => {
      unbrush();
      undo();
    };
    this.drawn = view;
    this.chart.replaceChildren(container);
  }

  dispose(): void {
    this.generation++;
    this.redraw.cancel();
    this.undoDrawing();
    this.frame.disposables.dispose();
  }

  /** Another payload in the same place: a new drawing, or what the panel shows next. */
  show(payload: Payload): void {
    this.zoom = undefined;
    this.payload = payload;
    this.fill();
    this.redraw.request();
  }

  private connect(): void {
    const { disposables } = this.frame;
    disposables.add(this.host.listen((message) => this.receive(message)));
    disposables.listen(this.chart, "keydown", (event) => this.key(event));
    disposables.listen(this.chart, "dblclick", () => this.zoomTo(undefined));
    this.host.send?.({ type: "hello", output: this.output });
  }

  private receive(message: ToRenderer): void {
    if (!("output" in message) || message.output !== this.output) return;
    if ("ticket" in message && message.ticket !== this.ticket) return;
    switch (message.type) {
      case "welcome":
        this.choices = message.choices;
        this.fill();
        break;
      case "progress": {
        const percent = Math.round(message.fraction * 100);
        this.say(make("progress", { max: "100", value: String(percent) }), ` ${percent} %`);
        break;
      }
      case "payload":
        this.replace(message.payload);
        break;
      case "failed":
        this.fail(message.message);
        break;
      case "notice":
        this.say(message.message);
        break;
    }
  }

  private replace(drawn: unknown): void {
    const parsed = parsePayload(drawn);
    if (!parsed.ok) {
      this.fail(parsed.reason);
      return;
    }
    this.say();
    this.show(parsed.value);
    this.keep(true);
  }

  /** Everything around the chart, from the payload. */
  private fill(): void {
    const zooms = chartZooms(this.payload);
    const keys = zooms ? " Keys: plus and minus zoom, arrows move, 0 shows all." : "";
    this.chart.setAttribute("aria-label", `Chart. ${chartAnswer(this.payload)}${keys}`);
    const tables = make("div", { class: "tables" }, ...chartFacts(this.payload).map(table));
    this.facts.replaceChildren(make("p", {}, chartAnswer(this.payload)), tables);
    this.facts.hidden = !this.open.has("facts");
    this.fillForm();
    // A button that has the focus must not be replaced by its like.
    const offered = JSON.stringify([zooms, this.connected(), this.applicable()]);
    if (offered !== this.offered) this.tools.replaceChildren(...this.buttons(zooms));
    this.offered = offered;
  }

  /** The form, made anew only where it does not say already what is drawn: it may have the focus. */
  private fillForm(): void {
    const { request } = this.payload;
    const said = JSON.stringify([request, this.choices]);
    if (said !== this.said) {
      const form =
        request && this.choices ? [controls(request, this.choices, (changed) => this.ask(changed))] : [];
      this.form.replaceChildren(...form);
    }
    this.said = said;
    this.form.hidden = !this.connected() || !this.open.has("form");
  }

  /** Whether someone listens who can draw again. */
  private connected(): boolean {
    return this.choices !== undefined && this.payload.request !== null && this.host.send !== undefined;
  }

  private applicable(): boolean {
    return this.connected() && this.choices?.canApply === true && this.payload.layer?.site != null;
  }

  private buttons(zooms: boolean): Node[] {
    const connected = [
      button("Draw again", () => this.ask({ seed: newSeed() }), "main"),
      button("Copy snippet", () => this.tell("copySnippet")),
      ...(this.applicable() ? [button("Apply to source", () => this.tell("apply"))] : []),
      this.disclosure("Change", "form", this.form),
    ];
    const zooming = [
      button("−", () => this.zoomKey("-"), "", "Zoom out"),
      button("+", () => this.zoomKey("+"), "", "Zoom in"),
      button("Whole axis", () => this.zoomTo(undefined)),
    ];
    return [
      ...(this.connected() ? connected : []),
      this.disclosure("Figures", "facts", this.facts),
      make("span", { class: "gap" }),
      ...(zooms ? zooming : []),
      button("Save SVG", () => this.save("svg")),
      button("Save PNG", () => this.save("png")),
    ];
  }

  /** A button that opens and closes a section. */
  private disclosure(text: string, name: string, section: HTMLElement): HTMLButtonElement {
    const element = button(text, () => {
      section.hidden = !section.hidden;
      if (section.hidden) this.open.delete(name);
      else this.open.add(name);
      element.setAttribute("aria-expanded", String(!section.hidden));
      this.keep();
    });
    element.setAttribute("aria-expanded", String(this.open.has(name)));
    return element;
  }

  private ask(changes: Partial<DrawRequest>): void {
    const { payload, output } = this;
    if (!payload.request) return;
    const request = { ...payload.request, ...changes };
    if (this.ticket > 0) this.host.send?.({ type: "cancel", output, ticket: this.ticket });
    this.ticket++;
    this.said = JSON.stringify([request, this.choices]);
    this.say("Drawing …");
    this.host.send?.({ type: "draw", output, ticket: this.ticket, request, payload });
  }

  private tell(type: "copySnippet" | "apply"): void {
    this.host.send?.({ type, output: this.output, payload: this.payload });
  }

  private async save(format: "svg" | "png"): Promise<void> {
    if (!this.drawn) return;
    const name = `${subject(this.payload.layer)}-${this.payload.chart}`;
    const texts = { title: subject(this.payload.layer), description: chartAnswer(this.payload) };
    const { font } = this.frame.theme();
    const file =
      format === "svg"
        ? await svgFile(this.drawn, name, { ...texts, font })
        : await pngFile(this.drawn, name);
    if (this.choices && this.host.send) this.host.send({ type: "save", output: this.output, ...file });
    else download(file);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !chartZooms(this.payload)) return;
    if (this.zoomKey(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private zoomKey(key: string): boolean {
    const shown = this.drawn ? shownRange(this.drawn) : null;
    const range = shown ? zoomByKey(key, shown) : null;
    if (range === null) return false;
    this.zoomTo(range);
    return true;
  }

  private zoomTo(range: Range | undefined): void {
    this.zoom = range;
    this.keep();
    this.redraw.request();
  }

  private keep(redrawn = false): void {
    const before = (this.host.recall(this.output) ?? {}) as Kept;
    const payload = redrawn ? this.payload : before.payload;
    this.host.remember(this.output, { zoom: this.zoom, open: [...this.open], payload } satisfies Kept);
  }

  private say(...parts: (Node | string)[]): void {
    this.status.classList.remove("failed");
    this.status.replaceChildren(...parts);
  }

  private fail(reason: string): void {
    this.say(reason);
    this.status.classList.add("failed");
  }
}

/** A readable sentence in place of a chart, in the theme's colours. */
export function showNotice(element: HTMLElement, reason: string): { dispose(): void } {
  const frame = makeFrame(element, () => {});
  frame.view.append(notice(reason));
  return { dispose: () => frame.disposables.dispose() };
}

function newSeed(): string {
  return String(crypto.getRandomValues(new Uint32Array(1))[0]);
}
