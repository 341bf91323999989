/** Shapes at places of the source, noted while models run on inputs that are known. */
import type { Machine } from "../../../python/machine.js";
import { isStub } from "../../../python/modules/stubs.js";
import type { PyInstance, Span } from "../../../python/values.js";
import type { ShapeNote } from "../../../types.js";
import { traceOf } from "../../flow/trace.js";
import type { Size } from "../../tensors/tensor.js";

export interface FoundNote {
  readonly kind: ShapeNote["kind"];
  readonly span: Span;
  readonly shapes: FoundPair[];
}

interface FoundPair {
  readonly input: readonly Size[] | null;
  readonly output: readonly Size[];
}

/** More different shapes at one place tell a reader nothing. */
export const MOST_SHAPES = 8;
/** Places with a note in one document. */
const MOST_NOTES = 5000;

const records = new WeakMap<Machine, Map<string, FoundNote>>();

/** Every note since it was last asked, in the order the places were first reached. */
export function takeNotes(machine: Machine): readonly FoundNote[] {
  const notes = records.get(machine);
  records.delete(machine);
  return [...(notes?.values() ?? [])];
}

/** Stubs and the expression that is evaluated are no places of the user's. */
const isUserCode = (span: Span | undefined): span is Span => span !== undefined && !isStub(span);

/** Notes a pair of shapes at a place, unless the sizes of the model's input are not known. */
export function noteShapes(
  machine: Machine,
  kind: ShapeNote["kind"],
  span: Span | undefined,
  pair: { readonly input: readonly Size[] | null; readonly output: readonly Size[] | null },
): void {
  const { isRecording, hasKnownSizes } = traceOf(machine);
  const { input, output } = pair;
  if (!isRecording || !hasKnownSizes || !isUserCode(span) || output === null) return;
  const notes = records.get(machine) ?? new Map<string, FoundNote>();
  records.set(machine, notes);
  const key = `${kind} ${span.file} ${span.start} ${span.end}`;
  const note = notes.get(key) ?? { kind, span, shapes: [] };
  if (notes.size >= MOST_NOTES && !notes.has(key)) return;
  notes.set(key, note);
  const isKnown = note.shapes.some((one) => same(one.input, input) && same(one.output, output));
  if (!isKnown && note.shapes.length < MOST_SHAPES) note.shapes.push({ input, output });
}

const same = (one: readonly Size[] | null, other: readonly Size[] | null): boolean =>
  one === other || (one !== null && other !== null && one.map(String).join() === other.map(String).join());

/** Notes a module's call: where it is called, or for what a container calls where it was made. */
export function noteCall(
  machine: Machine,
  module: PyInstance,
  made: readonly Span[],
  pair: { readonly input: readonly Size[] | null; readonly output: readonly Size[] | null },
): void {
  // Innermost is the stub's own call of `forward`, then comes whoever called the module.
  const [, caller] = machine.callStack();
  noteShapes(machine, "call", caller, pair);
  if (module.cls.module.startsWith("torch.")) noteShapes(machine, "layer", made.find(isUserCode), pair);
}
