/** The call that a layer is built for: `GPT(GPTConfig())` in train.py, for a layer that GPT makes in model.py. */
import { functionAt, type Outline } from "../../python/documents/outline.js";
import type { Span } from "../../python/values.js";

/** Files of code that stands for a library: `<_keras.layer>`. What is built for is no matter of theirs. */
const STUB = /^<[\w.]+>$/;

export interface BuildingCall {
  /** The call expression; of a call that is not there, the definition. */
  readonly span: Span;
  /** The text of a call that is not there: `GPT(config)`. */
  readonly text: string | null;
  /** Whether something was assumed for its arguments. */
  readonly isAssumed: boolean;
  /** Arguments that it must have were left out, so that it may raise what it would not. */
  readonly lacksArguments?: boolean;
}

/**
 * The call, outside of the functions of the document, by which these were entered; `assumed` where the
 * program has none. Null for a layer that is made outside of all functions. `calls` are those that made it,
 * innermost first.
 */
export function callOf(
  calls: readonly Span[],
  document: { readonly file: string; readonly text: string; readonly outline: Outline },
  assumed: BuildingCall | null,
): BuildingCall | null {
  const made = calls.filter(({ file }) => !STUB.test(file));
  const isOwn = (span: Span) => span.file === document.file;
  let entered = made.length - 1;
  while (
    entered >= 0 &&
    !(isOwn(made[entered]!) && functionAt(document.outline, made[entered]!.start) >= 0)
  ) {
    entered--;
  }
  if (entered < 0) return null;
  // Wrappers of another file may stand between what this analysis calls and the document's own functions.
  if (entered === made.length - 1 || assumed !== null) return assumed;
  // `main()` on a line of its own says nothing: what is called in it may.
  let index = entered + 1;
  while (index > 0 && isOwn(made[index]!) && isStatement(document.text, made[index]!)) index--;
  return index === 0 ? null : { span: made[index]!, text: null, isAssumed: false };
}

/** Whether a call stands alone on its lines, so that nobody uses its value. */
function isStatement(text: string, { start, end }: Span): boolean {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const [after = ""] = text.slice(end, end + 200).split("\n", 1);
  return before.trim() === "" && /^\s*(#|;|$)/.test(after);
}

/** No label is longer. */
const MAX_CHARACTERS = 60;

/** A call's text on one line. */
export function callText(
  { span, text: own }: BuildingCall,
  textOf: (file: string) => string | undefined,
): string {
  const text = own ?? textOf(span.file)?.slice(span.start, span.end) ?? "";
  const line = text
    .replace(/\s+/g, " ")
    .replace(/([([{]) /g, "$1")
    .replace(/,? ([)\]}])/g, "$1");
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1)}…` : line;
}
