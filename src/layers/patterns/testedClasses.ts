/** Classes that a program asks for by name, as functions that initialise a whole model do. */
import type { ClassDefinition, Expression, Statement } from "../../python/ast.js";
import { allBlocks, childExpressions, statementExpressions } from "../../python/walk.js";

/** Definitions of classes that the module names in the second argument of `isinstance`. */
export function testedClasses(statements: readonly Statement[]): readonly ClassDefinition[] {
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
  return [...defined].filter(({ name }) => tested.has(name));
}

/** `A`, `(A, B)` and `A | B`. */
const namesIn = (classes: Expression): readonly string[] =>
  classes.kind === "Name" ? [classes.id] : childExpressions(classes).flatMap(namesIn);
