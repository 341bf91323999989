/** Python expressions in strings: `eval` and `ast.literal_eval`. They are evaluated as any other. */

import { Frame } from "../calls/frame.js";
import { expression } from "../compile/expressions.js";
import type { Engine } from "../engine.js";
import { Program } from "../modules/topLevel.js";
import { frameNamespace } from "../operations/introspection.js";
import { parseModule } from "../parse/parse.js";
import type { Expression } from "../syntax/ast.js";
import { NamespaceDict, PyDict, PyModule, Unknown, type Value } from "../values.js";

/** Written by hand, an expression is a line; what is longer was made by a program. */
const MAX_LENGTH = 10_000;

/** `eval(text, globals, locals)`. What it does is not followed where text or names are not known. */
export function evalText(machine: Engine, text: Value, globals: Value, locals: Value): Value {
  if (typeof text !== "string" || text.length > MAX_LENGTH || !isNamespace(globals) || !isNamespace(locals)) {
    machine.incomplete("eval: code made at run time is not followed");
    return machine.unknown("the value of eval");
  }
  const module = globals instanceof NamespaceDict && globals.owner instanceof PyModule ? globals.owner : null;
  const implied = globals === null ? frameNamespace(machine.frame!) : null;
  const local = [locals, implied, module === null ? globals : null].filter((one) => one instanceof PyDict);
  parsedExpression(machine, text);
  return withNames(machine, text.trim(), local, module ?? machine.frame!.globals);
}

const isNamespace = (value: Value): value is PyDict | null => value === null || value instanceof PyDict;

/** `ast.literal_eval(text)`. */
export function literalOf(machine: Engine, text: Value): Value {
  if (text instanceof Unknown) return machine.unknown(`a literal: ${text.reason}`);
  if (typeof text !== "string") return machine.raise("ValueError", "malformed node or string");
  if (text.length > MAX_LENGTH) return machine.unknown("a long literal");
  if (!isLiteral(parsedExpression(machine, text))) machine.raise("ValueError", "malformed node or string");
  return withNames(machine, text.trim(), [], machine.frame!.globals);
}

function parsedExpression(machine: Engine, text: string): Expression {
  const { errors, body } = parseModule(text.trim()).module;
  const [statement] = body.statements;
  if (errors.length > 0 || statement?.kind !== "Expr" || body.statements.length !== 1) {
    return machine.raise("SyntaxError", "invalid syntax");
  }
  return statement.value;
}

function isLiteral(node: Expression): boolean {
  switch (node.kind) {
    case "Constant":
      return true;
    case "UnaryOp":
      return (node.op === "-" || node.op === "+") && node.operand.kind === "Constant";
    case "Tuple":
    case "List":
    case "Set":
      return node.elements.every(isLiteral);
    case "Dict":
      return node.keys.every((key) => key !== null && isLiteral(key)) && node.values.every(isLiteral);
    default:
      return false;
  }
}

/** The expression as the body of a function that takes the local names it mentions. */
function withNames(machine: Engine, text: string, namespaces: readonly PyDict[], globals: PyModule): Value {
  const given = new Map<string, Value>();
  for (const name of text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) {
    const value = namespaces.find((one) => one.has(name))?.get(name);
    if (value !== undefined) given.set(name, value);
  }
  const source = `lambda ${[...given.keys()].join(", ")}: (\n${text}\n)`;
  const ast = parseModule(source).module;
  const [statement] = ast.body.statements;
  if (statement?.kind !== "Expr") return machine.raise("SyntaxError", "invalid syntax");
  const { unit } = new Program(ast, source, { file: `<${text}>`, isTraced: false });
  const makeFunction = expression(statement.value, unit);
  const body = makeFunction(new Frame(machine, unit.scope, globals, [], null));
  return machine.call(body, [...given.values()]);
}
