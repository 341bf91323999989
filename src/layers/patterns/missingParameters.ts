/** Weights and biases that a layer was made without, or that no layer of its class has. */
import type { Statement } from "../../python/syntax/ast.js";
import { noneGuard } from "../../python/syntax/noneGuard.js";
import { allBlocks } from "../../python/syntax/walk.js";
import type { Span } from "../../python/values.js";
import type { Change, Pattern } from "./pattern.js";

/** An exception that ended a statement, and the expression that raised it. */
export interface Failure {
  readonly raised: string;
  readonly span: Span;
}

/** `m.bias.data` of a layer made with `bias=False`. */
const NONE = /^AttributeError: ('NoneType' object has no attribute '\w+')$/;
const OF_PARAMETER = /^(.*\.(?:weight|bias))\.\w+$/s;
/** `m.weight` of an activation. */
const ABSENT = /^AttributeError: ('[A-Z]\w*' object has no attribute '(?:weight|bias)')$/;
/** `fc.weights` of a torch layer, whose parameter is `weight`. */
const MISNAMED =
  /^AttributeError: ('(?:Linear|Bilinear|Conv(?:Transpose)?[123]d|BatchNorm[123]d|LayerNorm)' object has no attribute '(?:weights|biases)')$/;
const PARAMETER = /\.(?:weights?|bias|biases)$/;

/** Initialisation that ended because there is no such parameter. */
export function missingParameters(
  failures: readonly Failure[],
  statements: readonly Statement[],
  text: string,
): Pattern[] {
  return failures.flatMap(({ raised, span: { start, end } }): Pattern[] => {
    const written = text.slice(start, end);
    const parameter = NONE.test(raised) ? OF_PARAMETER.exec(written)?.[1] : undefined;
    const absent = PARAMETER.test(written) ? (ABSENT.exec(raised) ?? MISNAMED.exec(raised)) : null;
    const message = (parameter === undefined ? absent : NONE.exec(raised))?.[1];
    if (message === undefined) return [];
    const what = { kind: "raises", exception: "AttributeError", message } as const;
    const change = parameter === undefined ? null : guard(parameter, start, statements, text);
    if (change === null) return [{ start, end, what }];
    return [{ start, end, what, fix: { title: "Leave out layers that have none", changes: [change] } }];
  });
}

/** A condition before the statement that stands alone on its lines; null where none does. */
function guard(
  parameter: string,
  place: number,
  statements: readonly Statement[],
  text: string,
): Change | null {
  const statement = simpleAt(place, statements);
  const newText = statement && noneGuard(parameter, statement, text);
  return newText ? { start: statement!.start, end: statement!.start, newText } : null;
}

/** The call or assignment in which a place is. */
function simpleAt(place: number, statements: readonly Statement[]): Statement | null {
  const around = statements.find(({ start, end }) => start <= place && place < end);
  if (around === undefined) return null;
  const inner = allBlocks(around);
  if (inner.length === 0) return /^(Expr|Assign|AugAssign)$/.test(around.kind) ? around : null;
  return simpleAt(
    place,
    inner.flatMap((block) => block.statements),
  );
}
