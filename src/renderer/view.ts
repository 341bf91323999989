/** One chart on screen: drawn from a payload, redrawn with theme and width, changed through the extension. */
import type * as vega from "vega";
import { chartAnswer, chartSpec, chartZooms } from "../charts/chart";
import { dataflow, makeView } from "../charts/drawing";
import { chartFacts, type FactTable } from "../charts/facts";
import { type DrawRequest, type Payload, parsePayload } from "../charts/payload";
import { subject } from "../charts/words";
import { controls } from "./controls";
import { make, notice } from "./elements";
import { type Frame, makeFrame, oncePerFrame } from "./frame";
import type { Host } from "./host";
import type { Choices, ToRenderer } from "./protocol";
import { download, pngFile, type SavedFile, svgFile } from "./save";
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
  private readonly form = make("details", { hidden: "" });
  private readonly facts = make("details");
  private readonly redraw = oncePerFrame(() => void this.draw());
  private payload: Payload;
  private zoom: Range | undefined;
  private drawn: vega.View | undefined;
  private undoDrawing: () => void = () => {};
  private choices: Choices | undefined;
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
    this.form.append(make("summary", {}, "Change what is drawn"));
    this.facts.append(make("summary", {}, "Figures"));
    this.facts.open = kept.open?.includes("facts") ?? false;
    this.form.open = kept.open?.includes("form") ?? false;
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
    const view = makeView(dataflow(spec), { renderer: "svg", container, tooltip: tooltip.handler });
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
    if (payload.chart !== this.payload.chart) this.zoom = undefined;
    this.payload = payload;
    this.fill();
    this.redraw.request();
  }

  private connect(): void {
    const { disposables } = this.frame;
    disposables.add(this.host.listen((message) => this.receive(message)));
    disposables.listen(this.chart, "keydown", (event) => this.key(event));
    disposables.listen(this.chart, "dblclick", () => this.zoomTo(undefined));
    disposables.listen(this.facts, "toggle", () => this.keep());
    disposables.listen(this.form, "toggle", () => this.keep());
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
    this.tools.replaceChildren(...this.buttons(zooms));
    const tables = make("div", { class: "tables" }, ...chartFacts(this.payload).map(table));
    this.facts.replaceChildren(
      this.facts.firstElementChild!,
      make("p", {}, chartAnswer(this.payload)),
      tables,
    );
    const { request } = this.payload;
    this.form.hidden = !this.choices || !request;
    if (!this.choices || !request) return;
    const form = controls(request, this.choices, (changed) => this.ask(changed));
    this.form.replaceChildren(this.form.firstElementChild!, form);
  }

  private buttons(zooms: boolean): Node[] {
    const { request, layer } = this.payload;
    const tell = this.host.send;
    const connected = this.choices && request && tell;
    const canApply = connected && this.choices?.canApply && layer?.site;
    return [
      ...(connected ? [button("Draw again", () => this.ask({ ...request, seed: newSeed() }), "main")] : []),
      ...(connected
        ? [button("Copy snippet", () => tell({ type: "copySnippet", output: this.output, request, layer }))]
        : []),
      ...(canApply
        ? [button("Apply to source", () => tell({ type: "apply", output: this.output, request, layer }))]
        : []),
      make("span", { class: "gap" }),
      ...(zooms
        ? [
            button("−", () => this.zoomKey("-"), "", "Zoom out"),
            button("+", () => this.zoomKey("+"), "", "Zoom in"),
            button("Whole axis", () => this.zoomTo(undefined)),
          ]
        : []),
      button("Save SVG", () => this.save("svg")),
      button("Save PNG", () => this.save("png")),
    ];
  }

  private ask(request: DrawRequest): void {
    if (this.ticket > 0) this.host.send?.({ type: "cancel", output: this.output, ticket: this.ticket });
    this.ticket++;
    this.say("Drawing …");
    this.host.send?.({
      type: "draw",
      output: this.output,
      ticket: this.ticket,
      request,
      payload: this.payload,
    });
  }

  private async save(format: "svg" | "png"): Promise<void> {
    if (!this.drawn) return;
    const name = `${subject(this.payload.layer)}-${this.payload.chart}`;
    const { font } = this.frame.theme();
    const file: SavedFile =
      format === "svg"
        ? await svgFile(this.drawn, name, subject(this.payload.layer), chartAnswer(this.payload), font)
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
    const open = [this.facts.open ? "facts" : "", this.form.open ? "form" : ""].filter(Boolean);
    const before = (this.host.recall(this.output) ?? {}) as Kept;
    const payload = redrawn ? this.payload : before.payload;
    this.host.remember(this.output, { zoom: this.zoom, open, payload } satisfies Kept);
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

function button(text: string, press: () => void, look = "", label = text): HTMLButtonElement {
  const element = make("button", { type: "button", class: look, "aria-label": label, title: label }, text);
  element.addEventListener("click", press);
  return element;
}

function table({ caption, columns, rows }: FactTable): HTMLTableElement {
  return make(
    "table",
    {},
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)))),
    make(
      "tbody",
      {},
      ...rows.map(([name = "", ...cells]) =>
        make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))),
      ),
    ),
  );
}

function newSeed(): string {
  return String(crypto.getRandomValues(new Uint32Array(1))[0]);
}
