/** What a condition says of one visited module or parameter, as far as its text tells. */
import type { Expression } from "../../python/syntax/ast.js";
import type { Visited } from "../visits.js";

/** The variables that hold what is visited. */
export interface Variables {
  /** Of the module or the parameter. */
  readonly item: string;
  /** Of its name; null where the loop gives none. */
  readonly name: string | null;
  /** Others that hold the name of its class: `classname = m.__class__.__name__`. */
  readonly classNames: ReadonlySet<string>;
}

/** True, false, or null where it hangs on more than names and classes. */
type Answer = boolean | null;

/** Whether the condition holds for the visited one. */
export function holds(test: Expression, visited: Visited, variables: Variables, text: string): Answer {
  const textOf = ({ start, end }: Expression): string => text.slice(start, end);
  const ask = (node: Expression): Answer => {
    switch (node.kind) {
      case "UnaryOp":
        return node.op === "not" ? negated(ask(node.operand)) : null;
      case "BoolOp":
        return node.op === "and"
          ? all(node.values.map(ask))
          : negated(all(node.values.map((one) => negated(ask(one)))));
      case "Compare":
        return node.ops.length === 1 ? compared(node.left, node.ops[0]!, node.comparators[0]!) : null;
      case "Call":
        return called(node);
      default:
        return null;
    }
  };
  const isItem = (node: Expression | undefined): boolean =>
    node?.kind === "Name" && node.id === variables.item;
  const called = (node: Extract<Expression, { kind: "Call" }>): Answer => {
    const [first, second] = node.args;
    if (node.func.kind === "Name" && node.func.id === "isinstance" && isItem(first))
      return second === undefined ? null : isOneOf(second, visited.classes);
    const words = first === undefined ? null : textsIn(first);
    if (node.func.kind !== "Attribute" || node.args.length !== 1 || words === null) return null;
    const whole = wholeText(node.func.value);
    if (whole === null) return null;
    if (node.func.attr === "endswith") return words.some((word) => whole.endsWith(word));
    if (node.func.attr === "startswith") return words.some((word) => whole.startsWith(word));
    return null;
  };
  const compared = (left: Expression, op: string, right: Expression): Answer => {
    const isNegated = op.startsWith("not ") || op === "is not" || op === "!=";
    const answer = plainly(left, op, right);
    return isNegated ? negated(answer) : answer;
  };
  const plainly = (left: Expression, op: string, right: Expression): Answer => {
    if (op === "in" || op === "not in") {
      const whole = wholeText(right);
      const [word] = textsIn(left) ?? [];
      if (whole !== null && word !== undefined && left.kind === "Constant") return whole.includes(word);
      const words = right.kind === "Constant" ? null : textsIn(right);
      const one = wholeText(left);
      if (one !== null && words !== null) return words.includes(one);
    }
    const isType = isTypeOf(left);
    if (isType && right.kind !== "Constant") return isOneOf(right, visited.classes.slice(0, 1));
    if (op === "==" || op === "!=") {
      const whole = wholeText(left);
      if (whole !== null && right.kind === "Constant" && right.type === "str") return whole === right.value;
      if (isFind(left) && textOf(right) === "-1") return negated(isFound(left));
    }
    if (op === ">=" && isFind(left) && textOf(right) === "0") return isFound(left);
    return null;
  };
  const isTypeOf = (node: Expression): boolean =>
    (node.kind === "Call" && textOf(node.func) === "type" && isItem(node.args[0])) ||
    (node.kind === "Attribute" && node.attr === "__class__" && isItem(node.value));
  const isFind = (node: Expression): node is Extract<Expression, { kind: "Call" }> =>
    node.kind === "Call" &&
    node.func.kind === "Attribute" &&
    node.func.attr === "find" &&
    node.args.length === 1;
  const isFound = (node: Extract<Expression, { kind: "Call" }>): Answer => {
    const whole = node.func.kind === "Attribute" ? wholeText(node.func.value) : null;
    const [word] = textsIn(node.args[0]!) ?? [];
    return whole === null || word === undefined ? null : whole.includes(word);
  };
  /** The visited one's name, or that of its class, where the expression is it. */
  const wholeText = (node: Expression): string | null => {
    if (node.kind === "Name" && node.id === variables.name) return visited.name;
    const isClassName =
      (node.kind === "Name" && variables.classNames.has(node.id)) ||
      isClassNameOf(node, variables.item, text);
    return isClassName ? (visited.classes[0] ?? null) : null;
  };
  const isOneOf = (node: Expression, classes: readonly string[]): Answer => {
    const wanted =
      node.kind === "Tuple" || node.kind === "List" || node.kind === "Set" ? node.elements : [node];
    return negated(all(wanted.map((one) => negated(isClass(textOf(one), classes)))));
  };
  return ask(test);
}

/** `m.__class__.__name__` or `type(m).__name__`. */
export function isClassNameOf(node: Expression, item: string, text: string): boolean {
  const written = text.slice(node.start, node.end);
  return written === `${item}.__class__.__name__` || written === `type(${item}).__name__`;
}

/** A class of torch.nn, whose name tells which it is. */
const CLASS = /^(?:torch\.)?nn\.([A-Z]\w*)$/;

const isClass = (written: string, classes: readonly string[]): Answer => {
  const name = CLASS.exec(written)?.[1];
  return name === undefined ? null : classes.includes(name);
};

const negated = (answer: Answer): Answer => (answer === null ? null : !answer);

const all = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;

/** One text, or those of a tuple or list; null where one is not written out. */
function textsIn(node: Expression): readonly string[] | null {
  if (node.kind === "Constant") return node.type === "str" ? [String(node.value)] : null;
  if (node.kind !== "Tuple" && node.kind !== "List" && node.kind !== "Set") return null;
  const texts = node.elements.map(textsIn);
  return texts.every((one) => one !== null) ? texts.flat() : null;
}
