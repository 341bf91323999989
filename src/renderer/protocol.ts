/**
 * What passes between a drawn chart and the extension, in both directions. Both sides validate what arrives.
 * `output` names the chart: all charts of a notebook share one channel. A `ticket` ties answers to questions.
 */
import * as v from "valibot";
import { payloadSchema, requestSchema } from "../charts/payload";

const output = v.pipe(v.string(), v.maxLength(200));
const ticket = v.pipe(v.number(), v.integer());
const choice = v.object({ id: v.string(), label: v.string() });
const choiceList = v.pipe(v.array(choice), v.readonly());

/** What a reader may choose from; an empty list takes the control away. */
const choices = v.object({
  schemes: choiceList,
  modes: choiceList,
  activations: choiceList,
  frameworks: choiceList,
  /** Whether a choice can be written into the source. */
  canApply: v.boolean(),
});

const toExtension = v.variant("type", [
  /** A chart is on screen; `welcome` answers, and only then does it show controls. */
  v.object({ type: v.literal("hello"), output }),
  /** Draw again; answered by `progress` … and `payload` or `failed` with the same ticket. */
  v.object({ type: v.literal("draw"), output, ticket, request: requestSchema, payload: payloadSchema }),
  /** The latest `draw` of this chart is no longer wanted. */
  v.object({ type: v.literal("cancel"), output, ticket }),
  /** The code of what the chart shows: onto the clipboard, or into the source. */
  v.object({ type: v.literal("copySnippet"), output, payload: payloadSchema }),
  v.object({ type: v.literal("apply"), output, payload: payloadSchema }),
  /** `data` is the SVG text, or a PNG in base64. */
  v.object({
    type: v.literal("save"),
    output,
    name: v.string(),
    format: v.picklist(["svg", "png"]),
    data: v.string(),
  }),
]);

const toRenderer = v.variant("type", [
  v.object({ type: v.literal("welcome"), output, choices }),
  v.object({
    type: v.literal("progress"),
    output,
    ticket,
    fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  /** The payload itself is checked by `parsePayload`, whose reasons are for people. */
  v.object({ type: v.literal("payload"), output, ticket, payload: v.unknown() }),
  v.object({ type: v.literal("failed"), output, ticket, message: v.string() }),
  /** One line for the reader: "Copied", "Applied to line 12". */
  v.object({ type: v.literal("notice"), output, message: v.string() }),
  /** To the preview panel only: what to show now. */
  v.object({ type: v.literal("show"), payload: v.unknown() }),
]);

export type Choices = v.InferOutput<typeof choices>;
export type ToExtension = v.InferOutput<typeof toExtension>;
export type ToRenderer = v.InferOutput<typeof toRenderer>;

/** A message from a chart, or `null` where it is none of ours. */
export function parseToExtension(message: unknown): ToExtension | null {
  const parsed = v.safeParse(toExtension, message);
  return parsed.success ? parsed.output : null;
}

/** A message from the extension, or `null` where it is none of ours. */
export function parseToRenderer(message: unknown): ToRenderer | null {
  const parsed = v.safeParse(toRenderer, message);
  return parsed.success ? parsed.output : null;
}
