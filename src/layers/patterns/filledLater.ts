/** Classes whose weights may be drawn after an object of them is made, by whoever made it. */
import type { ClassDefinition, Expression, Statement } from "../../python/ast.js";
import { allBlocks, childExpressions, statementExpressions } from "../../python/walk.js";
import { callSome, changesWeights } from "./changes.js";

/**
 * Definitions of classes that the module names in the second argument of `isinstance`, as functions do that
 * initialise a whole model; and of those with a public method that draws and that none of their own calls.
 */
export function filledLater(statements: readonly Statement[]): readonly ClassDefinition[] {
  const [defined, tested] = [new Set<ClassDefinition>(), new Set<string>()];
  const look = (node: Expression): void => {
    if (node.kind === "Call" && node.func.kind === "Name" && node.func.id === "isinstance") {
      const [, classes] = node.args;
      if (classes !== undefined) for (const name of namesIn(classes)) tested.add(name);
    }
    childExpressions(node).forEach(look);
  };
  const visit = (node: Statement): void => {
    if (node.kind === "ClassDef") defined.add(node);
    statementExpressions(node).forEach(look);
    for (const block of allBlocks(node)) block.statements.forEach(visit);
  };
  statements.forEach(visit);
  return [...defined].filter((one) => tested.has(one.name) || hasOpenDraw(one));
}

/** `A`, `(A, B)` and `A | B`. */
const namesIn = (classes: Expression): readonly string[] =>
  classes.kind === "Name" ? [classes.id] : childExpressions(classes).flatMap(namesIn);

/** `reset_parameters` that the constructor leaves to others. */
function hasOpenDraw({ body }: ClassDefinition): boolean {
  return body.statements.some(
    (method) =>
      method.kind === "FunctionDef" &&
      !method.name.startsWith("_") &&
      changesWeights(method.body.statements) &&
      !callSome(body.statements, (func) => func.kind === "Attribute" && func.attr === method.name),
  );
}
