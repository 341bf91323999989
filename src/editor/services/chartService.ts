import type { Bundle } from "../../charts/bundle.js";
import type { Payload, PayloadInput } from "../../charts/payload.js";
import type { CloserLook } from "../../preview/closer.js";
import {
  type DrawingChoice,
  layerFacts,
  type Preview,
  previewPayload,
  sampleRequests,
} from "../../preview/preview.js";
import type { Redrawing } from "../../preview/redrawing.js";
import type { CallOptions, SamplerPool } from "../../sample/client.js";
import type { Layer } from "../../types.js";
import { type ModelRow, modelPayload } from "../../views/modelOverview.js";

/** Charts kept that were made ahead. */
const MOST_PREPARED = 32;

/** Draws weights and makes their charts, all of it in workers. */
export class ChartService {
  readonly #pool: SamplerPool;
  /** Charts made before anybody asked, by all that decides them, the newest at the end. */
  readonly #prepared = new Map<string, Promise<Bundle>>();

  constructor(pool: SamplerPool) {
    this.#pool = pool;
  }

  /** The data of a chart. */
  async payload(
    layer: Layer,
    preview: Preview,
    choice: DrawingChoice,
    options: CallOptions = {},
  ): Promise<Payload> {
    return this.#pool.call("makePayload", await this.#drawn(layer, preview, choice, options), options);
  }

  /** A chart as a notebook keeps it. */
  async bundle(
    layer: Layer,
    preview: Preview,
    choice: DrawingChoice,
    options: CallOptions = {},
  ): Promise<Bundle> {
    const prepared = this.#prepared.get(keyOf(layer, preview, choice));
    return (
      prepared ?? this.#pool.call("makeBundle", await this.#drawn(layer, preview, choice, options), options)
    );
  }

  /** Makes a chart before anybody asks for it. What goes wrong is told when somebody does. */
  async prepare(layer: Layer, preview: Preview, choice: DrawingChoice): Promise<void> {
    const key = keyOf(layer, preview, choice);
    if (this.#prepared.has(key)) return;
    const made = this.bundle(layer, preview, choice);
    this.#prepared.set(key, made);
    for (const oldest of [...this.#prepared.keys()].slice(0, -MOST_PREPARED)) this.#prepared.delete(oldest);
    await made.catch(() => this.#prepared.delete(key));
  }

  async #drawn(
    layer: Layer,
    preview: Preview,
    { seed, bins }: DrawingChoice,
    options: CallOptions,
  ): Promise<PayloadInput> {
    const choice = { seed, bins };
    const requests = sampleRequests(preview, choice);
    const results = await Promise.all(requests.map((request) => this.#pool.sample(request, options)));
    return previewPayload(layer, preview, results, choice);
  }

  /** A chart's data, checked. */
  made(parts: PayloadInput, options: CallOptions = {}): Promise<Payload> {
    return this.#pool.call("makePayload", parts, options);
  }

  /** The data of a closer look. */
  async closer(look: CloserLook, { seed, bins }: DrawingChoice, options: CallOptions = {}): Promise<Payload> {
    const drawn = await this.#pool.call("lookCloser", { look, seed, bins }, options);
    return this.#pool.call("makePayload", drawn, options);
  }

  /** The overview of several layers, with a small histogram of what each draws. */
  async model(
    rows: readonly ModelRow[],
    { seed }: DrawingChoice,
    options: CallOptions = {},
  ): Promise<Payload> {
    const drawn = await Promise.all(
      rows.map(async ({ request }) =>
        request ? (await this.#pool.sample({ ...request, seed }, options)).histogram : null,
      ),
    );
    return this.#pool.call("makePayload", modelPayload(rows, drawn), options);
  }

  /** A chart's data with other draws. */
  async redraw({ payload, draws, request }: Redrawing, options: CallOptions = {}): Promise<Payload> {
    const { shape, seed, bins } = request;
    const results = await Promise.all(
      draws.map(({ distribution }) => this.#pool.sample({ distribution, shape, seed, bins }, options)),
    );
    const drawn = draws.map((draw, index) => ({ ...draw, result: results[index]! }));
    return this.#pool.call("makePayload", { ...payload, request, draws: drawn }, options);
  }
}

/** All that decides a chart, as text. */
function keyOf(layer: Layer, preview: Preview, { seed, bins }: DrawingChoice): string {
  return JSON.stringify([layerFacts(layer), preview, seed, bins]);
}
