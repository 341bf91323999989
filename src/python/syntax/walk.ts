/** The parts of a syntax node, in the order they are evaluated. Nested functions are not entered. */
import type { Block, Definition, Expression, Parameters, Statement } from "./ast.js";

export function childExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "Attribute":
    case "Starred":
    case "Await":
    case "YieldFrom":
    case "NamedExpr":
      return [node.value];
    case "Yield":
      return node.value === null ? [] : [node.value];
    case "Subscript":
      return [node.value, node.index];
    case "Slice":
      return [node.lower, node.upper, node.step].filter((one) => one !== null);
    case "Call":
      return [node.func, ...node.args, ...node.keywords.map(({ value }) => value)];
    case "BinOp":
      return [node.left, node.right];
    case "UnaryOp":
      return [node.operand];
    case "BoolOp":
      return node.values;
    case "Compare":
      return [node.left, ...node.comparators];
    case "IfExp":
      return [node.test, node.body, node.orElse];
    case "Tuple":
    case "List":
    case "Set":
      return node.elements;
    case "Dict":
      return [...node.keys.filter((key) => key !== null), ...node.values];
    case "ListComp":
    case "SetComp":
    case "DictComp":
      return [
        ...node.clauses.flatMap(({ iterable, conditions }) => [iterable, ...conditions]),
        node.element,
        ...(node.value === null ? [] : [node.value]),
      ];
    case "GeneratorExp":
      return [node.clauses[0]!.iterable];
    case "JoinedStr":
    case "TemplateStr":
      return node.parts.flatMap((part) =>
        typeof part === "string" ? [] : part.format === null ? [part.value] : [part.value, part.format],
      );
    default:
      return [];
  }
}

/** The expressions a statement evaluates itself; those of its blocks are not among them. */
export function statementExpressions(node: Statement): readonly Expression[] {
  switch (node.kind) {
    case "Expr":
      return [node.value];
    case "Assign":
      return [node.value, ...node.targets];
    case "AugAssign":
      return [node.target, node.value];
    case "AnnAssign":
      return node.value === null ? [node.target] : [node.value, node.target];
    case "Return":
      return node.value === null ? [] : [node.value];
    case "Delete":
      return node.targets;
    case "For":
      return [node.iterable, node.target];
    case "While":
    case "If":
      return [node.test];
    case "With":
      return node.items.flatMap(({ context, target }) => (target === null ? [context] : [context, target]));
    case "Match":
      return [node.subject, ...node.cases.flatMap(({ guard }) => (guard === null ? [] : [guard]))];
    case "Raise":
      return [node.exception, node.cause].filter((one) => one !== null);
    case "Try":
      return node.handlers.flatMap(({ type }) => (type === null ? [] : [type]));
    case "Assert":
      return node.message === null ? [node.test] : [node.test, node.message];
    case "ClassDef":
      return [...node.decorators, ...node.bases, ...node.keywords.map(({ value }) => value)];
    case "FunctionDef":
      return node.decorators;
    default:
      return [];
  }
}

/** Every expression within this one, itself first. */
export function eachWithin(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  for (const one of childExpressions(node)) eachWithin(one, visit);
}

/** Every statement of these and of all that stands inside them, definitions included, outer ones first. */
export function eachStatement(statements: readonly Statement[], visit: (node: Statement) => void): void {
  for (const node of statements) {
    visit(node);
    for (const block of allBlocks(node)) eachStatement(block.statements, visit);
  }
}

/** Every expression of a statement and of all that stands inside it, definitions included. */
export function eachExpression(statement: Statement, visit: (node: Expression) => void): void {
  eachStatement([statement], (node) => {
    for (const one of statementExpressions(node)) eachWithin(one, visit);
  });
}

/** Whether some expression of it, or of the statements inside it, satisfies the test. */
export function someExpression(node: Statement, test: (node: Expression) => boolean): boolean {
  const inExpression = (one: Expression): boolean => test(one) || childExpressions(one).some(inExpression);
  return (
    statementExpressions(node).some(inExpression) ||
    innerBlocks(node).some((block: Block) => block.statements.some((inner) => someExpression(inner, test)))
  );
}

/** In the order of the slots they get. */
export function parameterNames(parameters: Parameters): string[] {
  const { positionalOnly, positional, star, keywordOnly, doubleStar } = parameters;
  return [
    ...positionalOnly,
    ...positional,
    ...keywordOnly,
    ...(star === null ? [] : [star]),
    ...(doubleStar === null ? [] : [doubleStar]),
  ].map(({ name }) => name);
}

/** `class …:` or `def …:`. */
export const isDefinition = (node: Statement): node is Definition =>
  node.kind === "ClassDef" || node.kind === "FunctionDef";

/** The blocks directly inside a statement, the body of a definition included. */
export const allBlocks = (node: Statement): readonly Block[] =>
  isDefinition(node) ? [node.body] : innerBlocks(node);

/** `a.b.c`: names and attributes alone. */
export const isDotted = (node: Expression): boolean =>
  node.kind === "Name" || (node.kind === "Attribute" && isDotted(node.value));

/** `a.b.c`, or null for any other expression. */
export function dottedName(node: Expression): string | null {
  if (node.kind === "Name") return node.id;
  if (node.kind !== "Attribute") return null;
  const owner = dottedName(node.value);
  return owner === null ? null : `${owner}.${node.attr}`;
}

/** The blocks of a compound statement that run in the same scope. */
export function innerBlocks(node: Statement): readonly Block[] {
  switch (node.kind) {
    case "For":
    case "While":
    case "If":
      return [node.body, node.orElse];
    case "With":
      return [node.body];
    case "Try":
      return [node.body, ...node.handlers.map(({ body }) => body), node.orElse, node.finalBody];
    case "Match":
      return node.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** The text that the statements of a module, class or function begin with; null where they begin otherwise. */
export function docstring([first]: readonly Statement[]): string | null {
  const isText = first?.kind === "Expr" && first.value.kind === "Constant" && first.value.type === "str";
  return isText ? (first.value.value as string) : null;
}
